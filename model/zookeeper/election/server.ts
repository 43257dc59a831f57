import { z } from 'zod';
import type { DeepReadonly } from '../../../checker/language/index.ts';
import { NO_ZXID } from '../zxid.ts';
import { initialVote, learningState, type Peer } from './ensemble.ts';
import { CurrentVote, ServerState, Vote, VoteSet } from './vote.ts';

/**
 * Where the main thread stands (QuorumPeer.run, FastLeaderElection.lookForLeader):
 * `enter` before the election is called, `poll` in its loop, `finalize` in the 200 ms wait, `publish` between setting the new
 * state and storing the new vote (others may get the new state with the old vote), `out` doing what was elected.
 */
export const Step = z.enum(['enter', 'poll', 'finalize', 'publish', 'out']);
export type Step = z.infer<typeof Step>;

/** One server's election; all of it is volatile. */
export const ElectionServer = z.strictObject({
  state: ServerState,
  step: Step,
  /** The round. Survives elections, not restarts; joining an existing leader may set it back. */
  logicalclock: z.int(),
  proposal: Vote,
  /** What the election returned, until `publish` stores it as the current vote; null at other times. */
  endVote: CurrentVote.nullable(),
  currentVote: CurrentVote,
  /** Votes of this round. Empty outside an election. */
  recvset: VoteSet,
  /** The last vote of each sender that has left its election, whatever its round. Empty outside an election. */
  outofelection: VoteSet,
});
export type ElectionServer = DeepReadonly<z.infer<typeof ElectionServer>>;

/** A server process that has just started (QuorumPeer.startLeaderElection, FastLeaderElection.starter). */
export const startedServer = (peer: Pick<Peer, 'sid' | 'lastZxid' | 'currentEpoch'>): ElectionServer => ({
  state: 'LOOKING',
  step: 'enter',
  logicalclock: 0,
  proposal: { leader: -1, zxid: NO_ZXID, peerEpoch: 0 },
  endVote: null,
  currentVote: { leader: peer.sid, zxid: peer.lastZxid, electionEpoch: -1, peerEpoch: peer.currentEpoch },
  recvset: [],
  outofelection: [],
});

/** A server that left its election in round `electionEpoch` and has published the vote that it left with. */
export const electedServer = (peer: Peer, vote: Vote, electionEpoch: number): ElectionServer => ({
  ...startedServer(peer),
  state: vote.leader === peer.sid ? 'LEADING' : learningState(peer),
  step: 'out',
  logicalclock: electionEpoch,
  proposal: vote,
  currentVote: { ...vote, electionEpoch },
});

/** The beginning of lookForLeader: a new round with a vote for myself. The proposal is then broadcast. */
export const enterElection = (server: ElectionServer, peer: Peer): ElectionServer => ({
  ...server,
  step: 'poll',
  logicalclock: server.logicalclock + 1,
  proposal: initialVote(peer),
});

/** QuorumPeer.setCurrentVote with what lookForLeader returned. */
export const publishVote = (server: ElectionServer): ElectionServer =>
  server.endVote === null ? server : { ...server, step: 'out', currentVote: server.endVote, endVote: null };

/** The end of leading, following or observing (QuorumPeer.updateServerState). */
export const lookAgain = (server: ElectionServer): ElectionServer => ({
  ...server,
  state: 'LOOKING',
  step: 'enter',
});

/**
 * QuorumPeer.updateElectionVote, after synchronisation: the current vote gets the new epoch and keeps its zxid and round
 * (ZOOKEEPER-1732).
 */
export const updateElectionVote = (server: ElectionServer, newEpoch: number): ElectionServer => ({
  ...server,
  currentVote: { ...server.currentVote, peerEpoch: newEpoch },
});
