import type { Verifiers } from './ensemble.ts';
import { type QuorumVerifier, type Sid, votingMembers } from './quorum-verifier.ts';
import type { FleRules } from './rules.ts';
import type { CountedVote, VoteSet } from './vote.ts';

/** SyncedLearnerTracker: for each verifier that must agree, which of its voters have acked. */
export type VoteTracker = readonly { readonly verifier: QuorumVerifier; readonly acked: readonly Sid[] }[];

/** FastLeaderElection.getVoteTracker: whose votes equal `vote`, for the current verifier and, if one is pending, the next. */
export function getVoteTracker(
  votes: VoteSet,
  vote: CountedVote,
  verifiers: Verifiers,
  rules: Pick<FleRules, 'votesEqual'>,
): VoteTracker {
  const sids = votes.filter((other) => rules.votesEqual(vote, other)).map((other) => other.sid);
  const pairs = verifiers.next === undefined ? [verifiers.current] : [verifiers.current, verifiers.next];
  return pairs.map((verifier) => {
    const voters = votingMembers(verifier);
    return { verifier, acked: sids.filter((sid) => voters.includes(sid)) };
  });
}

/** SyncedLearnerTracker.hasAllQuorums. */
export const hasAllQuorums = (tracker: VoteTracker, rules: Pick<FleRules, 'containsQuorum'>): boolean =>
  tracker.every(({ verifier, acked }) => rules.containsQuorum(verifier, acked));

/**
 * FastLeaderElection.checkLeader: another server must itself have said that it is LEADING, or a dead leader would be elected
 * again on hearsay; and I become leader only by votes of my own round (ZOOKEEPER-1514).
 */
export function checkLeader(
  votes: VoteSet,
  leader: Sid,
  electionEpoch: number,
  self: Sid,
  logicalclock: number,
): boolean {
  if (leader === self) return logicalclock === electionEpoch;
  return votes.some((vote) => vote.sid === leader && vote.state === 'LEADING');
}
