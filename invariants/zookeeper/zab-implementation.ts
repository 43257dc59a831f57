import { properties, type StateOf, type Taken } from '../../checker/language/index.ts';
import { containsQuorum, type Sid } from '../../model/zookeeper/election/quorum-verifier.ts';
import {
  type ImplementationParams,
  serversOf,
  verifierOf,
} from '../../model/zookeeper/zab/implementation/params.ts';
import { epochsAtStart } from '../../model/zookeeper/zab/implementation/shutdown.ts';
import { zabImplementation } from '../../model/zookeeper/zab-implementation.ts';
import { broadcastPromises, isEstablishedWithoutAll } from './zab/broadcast.ts';
import { isBest } from './zab/leader-is-best.ts';

type State = StateOf<typeof zabImplementation>;

/** What ZooKeeper's broadcast promises. Ghosts remember what servers forget when they crash. */
export default properties(zabImplementation)
  .include(broadcastPromises)
  .reachable('appliedEverywhere', {
    about: 'A transaction of this run is seen by clients of every server',
    applies: (p) => p.transactions > 0,
    when: (s, p) => serversOf(p).every((i) => s.delivered(i).value.some((txn) => txn.value > 0)),
  })
  .reachable('truncated', {
    about: 'A follower is told to truncate its log',
    applies: (p) =>
      p.servers > 2 &&
      p.transactions > 0 &&
      p.disconnects > 0 &&
      p.start !== 'fresh' &&
      p.snapshots === 'asNeeded',
    when: (s, p) => serversOf(p).some((i) => s.sync(i).value?.mode === 'TRUNC'),
  })
  .reachable('nextEpochServes', {
    about: 'A new epoch is established after the first',
    applies: (p) => p.epochs > 1 && p.crashes > 0,
    when: (s) => s.established.value.length > 1,
  })
  .reachable('establishedWithoutAll', {
    about: 'An epoch is established while a server is down that has not accepted it',
    source: 'DSN 2011: a quorum is enough',
    applies: (p) =>
      p.servers > 2 && p.weights.length === 0 && p.crashes > 0 && (p.start === 'fresh' || p.epochs > 1),
    when: isEstablishedWithoutAll,
  })
  .reachable('temporaryEpochAdopted', {
    about: 'A server that is down, its log ahead of its epoch, will start with that of the temporary file',
    source: 'QuorumPeer.loadDataBase',
    applies: (p) => p.discovery === 'byMessage' && p.transactions > 0 && p.crashes > 1 && p.epochs > 1,
    when: (s, p, rules) =>
      serversOf(p).some((i) => {
        const { currentEpoch } = s.epochs(i).value;
        const tmp = s.epochTmp(i).value;
        if (tmp === null || tmp === currentEpoch || s.process(i).value === 'up') return false;
        const loaded = epochsAtStart(s, i, rules);
        return !('refused' in loaded) && loaded.currentEpoch === tmp;
      }),
  })
  .step('leaderIsBest', {
    about: 'Who begins an epoch has the most recent history of those that it has counted for it',
    source: 'Leader.waitForEpochAck',
    on: ['elect', 'ackEpoch'],
    premise: (before, after, taken, p) => countedIn(before, after, taken, p).length > 0,
    holds: (before, after, taken, p) => isBest(before, leaderIn(taken), countedIn(before, after, taken, p)),
  })
  .temporal('leaderServes', {
    about: 'Who is elected serves sooner or later, or leads no longer (ZL1)',
    source: 'Leader.lead: it waits for a quorum of acks of NEWLEADER, and gives up where there is none',
    applies: isAboutLiveness,
    each: serversOf,
    from: (s, l) => s.peer(l).get('state') === 'LEADING',
    leadsTo: (s, l) => s.peer(l).get('state') !== 'LEADING' || s.peer(l).get('phase') === 'broadcast',
  })
  .temporal('proposalsEnd', {
    about: 'What a leader has proposed is committed sooner or later, or it leads no longer (ZL2)',
    source: 'DSN 2011, liveness; Leader.processAck',
    applies: (p) => isAboutLiveness(p) && p.transactions > 0,
    each: serversOf,
    from: (s, l) => (s.leading(l).value?.outstandingProposals.length ?? 0) > 0,
    leadsTo: (s, l) => (s.leading(l).value?.outstandingProposals.length ?? 0) === 0,
  })
  .temporal('learnersServe', {
    about: 'Who follows a leader serves sooner or later, or follows it no longer (ZL3)',
    source: 'Learner.syncWithLeader ends with UPTODATE',
    applies: isAboutLiveness,
    each: serversOf,
    from: (s, j) => s.peer(j).get('state') === 'FOLLOWING',
    leadsTo: (s, j) => s.peer(j).get('state') !== 'FOLLOWING' || s.peer(j).get('phase') === 'broadcast',
  })
  .temporal('someLeaderServes', {
    about:
      'Once faults have stopped and a quorum is up, one leads and serves, a quorum with it, and so it stays (ZL4)',
    source: 'what an ensemble is for',
    applies: isAboutLiveness,
    eventuallyAlways: (s, _, p) =>
      serversOf(p).some((l) => s.peer(l).get('state') === 'LEADING' && servesWithQuorum(s, l, p)),
  });

/**
 * A minority may be down for good; each fault may cost an epoch, and where those run out nobody can be elected. A discovery by
 * message costs them without a fault: initLimit may pass at any time.
 */
function isAboutLiveness(p: ImplementationParams): boolean {
  if (p.discovery === 'byMessage' || p.weights.length > 0) return false;
  const faults = p.crashes + p.disconnects + p.diskErrors;
  return p.crashes * 2 < p.servers && p.epochs > faults && p.maxCounter > p.transactions + 2;
}

const servesWithQuorum = (s: State, l: Sid, p: ImplementationParams): boolean =>
  containsQuorum(
    verifierOf(p),
    serversOf(p).filter(
      (i) => s.peer(i).get('phase') === 'broadcast' && (i === l || s.handler(l, i).value.stage === 'serving'),
    ),
  );

const leaderIn = ({ instance }: Taken): Sid => Number(Array.isArray(instance) ? instance[0] : instance);

/** Followers that the leader of this step registers, and counts for its epoch: not who comes later, or answers -1. */
function countedIn(before: State, after: State, taken: Taken, p: ImplementationParams): readonly Sid[] {
  const leader = leaderIn(taken);
  if (before.discovery(leader).value?.acks.finished) return [];
  return serversOf(p).filter((i) => {
    const was = before.handler(leader, i).value;
    if (was.stage === 'registered' || (was.stage === 'accepted' && was.ackEpoch === -1)) return false;
    return after.handler(leader, i).value.stage === 'registered';
  });
}
