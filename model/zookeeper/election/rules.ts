import type { Peer } from './ensemble.ts';
import type { QuorumVerifier, Sid } from './quorum-verifier.ts';
import type { CountedVote, Vote, VoteSet } from './vote.ts';

/**
 * The rules of an election that a design change may replace. Whatever uses one of them takes it from here, so that a change is
 * `{ ...fleRules, checkLeader: another }`.
 */
export interface FleRules {
  /** Whether `candidate` succeeds `current`. */
  readonly totalOrderPredicate: (candidate: Vote, current: Vote, verifier: QuorumVerifier) => boolean;
  /** Whether two votes are counted as one and the same. */
  readonly votesEqual: (a: CountedVote, b: CountedVote) => boolean;
  readonly containsQuorum: (config: QuorumVerifier, sids: readonly Sid[]) => boolean;
  /** Whether `leader`, which has a quorum, may be joined; `self` asks, in its round `logicalclock`. */
  readonly checkLeader: (
    votes: VoteSet,
    leader: Sid,
    electionEpoch: number,
    self: Sid,
    logicalclock: number,
  ) => boolean;
  /** What to propose on meeting a higher round, whose notification proposes `offered`. */
  readonly proposalForHigherRound: (offered: Vote, proposal: Vote, peer: Peer, rules: FleRules) => Vote;
  /** Whether the votes of this round for `mine` are enough, and if so whether to wait for a better one first. */
  readonly termPredicate: (recvset: VoteSet, mine: CountedVote, peer: Peer, rules: FleRules) => Termination;
  /** Whether a notification that arrives in the finalize wait ends the wait (any state, any round). */
  readonly interruptsFinalizeWait: (offered: Vote, proposal: Vote, peer: Peer, rules: FleRules) => boolean;
}

export type Termination = 'keep looking' | 'finalize wait' | 'leave';
