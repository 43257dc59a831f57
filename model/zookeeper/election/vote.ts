import { z } from 'zod';
import type { DeepReadonly } from '../../../checker/language/index.ts';
import { Zxid } from '../zxid.ts';
import { type QuorumVerifier, Sid, weightOf } from './quorum-verifier.ts';

export const ServerState = z.enum(['LOOKING', 'FOLLOWING', 'LEADING', 'OBSERVING']);
export type ServerState = z.infer<typeof ServerState>;

/** Notification.CURRENTVERSION: the format that servers send since 3.5. Version 0 means "before ZOOKEEPER-1732's repair". */
export const CURRENT_VERSION = 2;

/** What a server proposes: a leader, that leader's last zxid and its epoch (proposedLeader, proposedZxid, proposedEpoch). */
export const Vote = z.strictObject({ leader: Sid, zxid: Zxid, peerEpoch: z.int() });
export type Vote = DeepReadonly<z.infer<typeof Vote>>;

/** What a server that is not LOOKING reports (QuorumPeer.currentVote); round -1 before its first election is over. */
export const CurrentVote = z.strictObject({ ...Vote.shape, electionEpoch: z.int() });
export type CurrentVote = DeepReadonly<z.infer<typeof CurrentVote>>;

/** A vote as it is counted (Vote.java): also with the round, the sender's state and the format version of its message. */
export const CountedVote = z.strictObject({ ...CurrentVote.shape, state: ServerState, version: z.int() });
export type CountedVote = DeepReadonly<z.infer<typeof CountedVote>>;

/** Java's `Map<Long, Vote>`: the last vote of each sender, sorted by sender. */
export const VoteSet = z.array(z.strictObject({ sid: Sid, ...CountedVote.shape }));
export type VoteSet = DeepReadonly<z.infer<typeof VoteSet>>;

/** Map.put: the sender's entry is replaced, never merged. */
export function putVote(votes: VoteSet, sid: Sid, vote: CountedVote): VoteSet {
  const { leader, zxid, peerEpoch, electionEpoch, state, version } = vote;
  const entry = { sid, leader, zxid, peerEpoch, electionEpoch, state, version };
  const at = votes.findIndex((other) => other.sid >= sid);
  if (at < 0) return [...votes, entry];
  return votes[at]?.sid === sid ? votes.with(at, entry) : votes.toSpliced(at, 0, entry);
}

/**
 * FastLeaderElection.totalOrderPredicate: whether `candidate` succeeds `current`. The order is (peerEpoch, zxid, leader), and
 * a candidate without weight never succeeds. `verifier` is the current one, even while a reconfiguration is pending.
 */
export function totalOrderPredicate(candidate: Vote, current: Vote, verifier: QuorumVerifier): boolean {
  if (weightOf(verifier, candidate.leader) === 0) return false;
  if (candidate.peerEpoch !== current.peerEpoch) return candidate.peerEpoch > current.peerEpoch;
  if (candidate.zxid !== current.zxid) return candidate.zxid > current.zxid;
  return candidate.leader > current.leader;
}

/**
 * Vote.equals. While either is LOOKING all fields must agree. Between servers that have left the election only leader and
 * peerEpoch count, because zxid and round may differ for one and the same leader (ZOOKEEPER-1805); and if just one of the
 * two comes from a server without ZOOKEEPER-1732 (version 0), only the leader does.
 */
export function votesEqual(a: CountedVote, b: CountedVote): boolean {
  if (a.leader !== b.leader) return false;
  if (a.state === 'LOOKING' || b.state === 'LOOKING') {
    return a.zxid === b.zxid && a.electionEpoch === b.electionEpoch && a.peerEpoch === b.peerEpoch;
  }
  return a.version > 0 !== b.version > 0 || a.peerEpoch === b.peerEpoch;
}
