import { initialVote, type Peer } from '../election/ensemble.ts';
import type { Sid } from '../election/quorum-verifier.ts';
import { electedServer, startedServer } from '../election/server.ts';
import { summaryOf } from '../zab/implementation/election.ts';
import { verifierOf } from '../zab/implementation/params.ts';
import { startingState } from '../zab/implementation/start.ts';
import { lastZxid } from '../zab/txn.ts';
import type { EnsembleView as View } from './components.ts';
import type { EnsembleParams as Params } from './params.ts';

const voter = (sid: Sid, p: Params, lastZxid: number, currentEpoch: number): Peer => ({
  sid,
  learnerType: 'PARTICIPANT',
  verifiers: { current: verifierOf(p) },
  lastZxid,
  currentEpoch,
});

/** What a server brings into an election: the last zxid in memory, and the epoch on disk. */
export function peerOf(s: View, sid: Sid, p: Params): Peer {
  const { lastZxid, currentEpoch } = summaryOf(s, sid);
  return voter(sid, p, lastZxid, currentEpoch);
}

/** What it will bring when its process has died and starts again: what is on disk. */
export const restartedPeer = (s: View, sid: Sid, p: Params): Peer =>
  voter(sid, p, lastZxid(s.log(sid).value), s.epochs(sid).get('currentEpoch'));

/** Where a run begins: as that of zookeeper/zab-implementation, the leader having been elected in round 1 and epoch 0. */
export function ensembleStart(p: Params) {
  const fresh = p.start === 'fresh';
  const leader = p.servers;
  const vote = { ...initialVote(voter(leader, p, 0, 0)), peerEpoch: 1 }; // updateElectionVote
  return {
    ...startingState(p),
    server: (sid: Sid) =>
      fresh ? startedServer(voter(sid, p, 0, 0)) : electedServer(voter(sid, p, 0, 1), vote, 1),
    lastSent: null,
    link: 'connected' as const,
    timeoutBudget: p.timeouts,
    giveUpBudget: p.giveUps,
    restartBudget: p.restarts,
    stood: (sid: Sid) => (!fresh && sid === leader ? [1] : []),
  };
}
