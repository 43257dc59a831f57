import type { QuorumVerifier, Sid } from '../election/quorum-verifier.ts';
import type { Zxid } from '../zxid.ts';
import type { Acked, Outstanding, Proposal } from './commit.ts';
import type { Electorate, EpochAcks, EpochProposal, LeaderInfoAnswer } from './epoch-agreement.ts';
import type { StateSummary } from './state-summary.ts';
import type { LeaderDatabase, SyncDecision } from './sync-decision.ts';
import type { Txn } from './txn.ts';

/**
 * The rules of Zab that a design change may replace. Whatever uses one of them takes it from here, so that a change is
 * `{ ...zabRules, mayCommit: another }`.
 */
export interface ZabRules {
  readonly containsQuorum: (verifier: QuorumVerifier, sids: readonly Sid[]) => boolean;
  /** Whether `sid` counts when acks are counted: observers do not. */
  readonly isParticipant: (electorate: Electorate, sid: Sid) => boolean;
  /** Whether those who have answered so far end one of the leader's waits for an epoch. */
  readonly isQuorumOfLeader: (electorate: Electorate, sids: readonly Sid[], rules: ZabRules) => boolean;
  /** The epoch that a leader proposes, having heard of one more accepted epoch. */
  readonly candidateEpoch: (epoch: number, lastAcceptedEpoch: number) => number;
  readonly getEpochToPropose: (
    proposal: EpochProposal,
    sid: Sid,
    lastAcceptedEpoch: number,
    electorate: Electorate,
    rules: ZabRules,
  ) => EpochProposal;
  /** What a learner makes of the leader's epoch. */
  readonly acceptLeaderInfo: (
    newEpoch: number,
    epochs: { readonly acceptedEpoch: number; readonly currentEpoch: number },
  ) => LeaderInfoAnswer;
  /** Whether history `a` is more recent than `b`: in the election, and when a leader compares itself with a follower. */
  readonly isMoreRecentThan: (a: StateSummary, b: StateSummary) => boolean;
  readonly waitForEpochAck: (
    acks: EpochAcks,
    sid: Sid,
    summary: StateSummary,
    leaderSummary: StateSummary,
    electorate: Electorate,
    rules: ZabRules,
  ) => EpochAcks | 'follower is ahead';
  readonly waitForNewLeaderAck: (
    acks: readonly Sid[],
    sid: Sid,
    electorate: Electorate,
    rules: ZabRules,
  ) => readonly Sid[];
  readonly syncDecision: (db: LeaderDatabase<Txn>, peer: Zxid) => SyncDecision<Txn>;
  readonly addAck: (acks: readonly Sid[], sid: Sid) => readonly Sid[];
  readonly processAck: <O extends Outstanding>(
    leader: O,
    sid: Sid,
    zxid: Zxid,
    verifier: QuorumVerifier,
    rules: ZabRules,
  ) => Acked<O>;
  readonly mayCommit: (
    leader: Outstanding,
    proposal: Proposal,
    verifier: QuorumVerifier,
    rules: ZabRules,
  ) => boolean;
  readonly zxidOfNewEpoch: (epoch: number) => Zxid;
  /** The zxid of the next transaction; null: the counters of this epoch are used up and the leader steps down. */
  readonly nextZxid: (last: Zxid, maxCounter?: number) => Zxid | null;
}
