import { LONG_MIN_VALUE } from '../zxid.ts';
import type { QuorumVerifier, Sid } from './quorum-verifier.ts';
import { votingMembers } from './quorum-verifier.ts';
import type { Vote } from './vote.ts';

/** Who votes: the quorum verifier in force, and the next one while a reconfiguration is pending (lastSeenQuorumVerifier, newer). */
export interface Verifiers {
  readonly current: QuorumVerifier;
  readonly next?: QuorumVerifier;
}

/** What an election finds in its server and does not change: FastLeaderElection.self. */
export interface Peer {
  readonly sid: Sid;
  readonly learnerType: 'PARTICIPANT' | 'OBSERVER';
  readonly verifiers: Verifiers;
  /** QuorumPeer.getLastLoggedZxid: the in-memory tree's last processed zxid, not the end of the log. */
  readonly lastZxid: number;
  /** QuorumPeer.getCurrentEpoch, from disk. */
  readonly currentEpoch: number;
}

/** QuorumPeer.getCurrentAndNextConfigVoters, sorted. */
export function currentAndNextConfigVoters(verifiers: Verifiers): readonly Sid[] {
  const voters = votingMembers(verifiers.current);
  const next = verifiers.next === undefined ? [] : votingMembers(verifiers.next);
  return [...voters, ...next.filter((sid) => !voters.includes(sid))].sort((a, b) => a - b);
}

/** FastLeaderElection.validVoter. */
export const validVoter = (verifiers: Verifiers, sid: Sid): boolean =>
  votingMembers(verifiers.current).includes(sid) ||
  (verifiers.next !== undefined && votingMembers(verifiers.next).includes(sid));

/** A server's first vote of a round: itself (getInitId, getInitLastLoggedZxid, getPeerEpoch); an observer's is below any other. */
export function initialVote(peer: Peer): Vote {
  const participant = peer.learnerType === 'PARTICIPANT';
  return {
    leader: votingMembers(peer.verifiers.current).includes(peer.sid) ? peer.sid : LONG_MIN_VALUE,
    zxid: participant ? peer.lastZxid : LONG_MIN_VALUE,
    peerEpoch: participant ? peer.currentEpoch : LONG_MIN_VALUE,
  };
}

/** FastLeaderElection.learningState. */
export const learningState = (peer: Peer): 'FOLLOWING' | 'OBSERVING' =>
  peer.learnerType === 'PARTICIPANT' ? 'FOLLOWING' : 'OBSERVING';
