import { properties, type StateOf } from '../../checker/language/index.ts';
import type { Sid } from '../../model/zookeeper/election/quorum-verifier.ts';
import { ensemble } from '../../model/zookeeper/ensemble.ts';
import { serversOf } from '../../model/zookeeper/zab/implementation/params.ts';
import { broadcastPromises, isEstablishedWithoutAll } from './zab/broadcast.ts';
import { describe, isAhead, isBest } from './zab/leader-is-best.ts';

type State = StateOf<typeof ensemble>;

/** What an ensemble promises from end to end: all that the broadcast does, with leaders that were really elected. */
export default properties(ensemble)
  .include(broadcastPromises)
  .step('electedIsBest', {
    about:
      'Who goes LEADING by votes of its round has the most recent history of all who vote for it in that round',
    source: 'FastLeaderElection.totalOrderPredicate: the vote order is that of histories, then of ids',
    on: ['quiet'],
    premise: (_, after, { instance }) => after.server(Number(instance)).get('state') === 'LEADING',
    holds(_, after, { instance }, p) {
      const leader = Number(instance);
      if (after.server(leader).get('state') !== 'LEADING') return true;
      const better = serversOf(p).find(
        (i) => i !== leader && supports(after, i, leader) && isAhead(after, i, leader),
      );
      return better === undefined || `${describe(after, leader)} is elected by ${describe(after, better)}`;
    },
  })
  .step('leaderIsBest', {
    about: 'Who begins an epoch has the most recent history of the quorum that accepts it',
    source: 'Leader.waitForEpochAck',
    on: ['discover'],
    premise: (_, after, { instance }) => after.peer(first(instance)).get('state') === 'LEADING',
    holds(before, after, { instance }, p) {
      const leader = first(instance);
      if (after.peer(leader).get('state') !== 'LEADING') return true;
      const followers = serversOf(p).filter((i) => after.handler(leader, i).value.stage === 'registered');
      return isBest(before, leader, followers);
    },
  })
  .reachable('establishedWithoutAll', {
    about: 'An epoch is established while a server is down that has not accepted it',
    source: 'DSN 2011: a quorum is enough',
    applies: (p) => p.servers > 2 && p.crashes > 0 && p.rounds > 1 && (p.start === 'fresh' || p.epochs > 1),
    when: isEstablishedWithoutAll,
  })
  .reachable('electedLeaderServes', {
    about:
      'A leader that was elected in this run serves, and clients see a transaction of this run everywhere',
    applies: (p) => p.rounds > 1 && p.epochs > 1 && p.transactions > 0 && p.crashes > p.restarts,
    when: (s, p) =>
      s.established.value.length > 1 &&
      serversOf(p).every(
        (i) => s.process(i).value === 'down' || s.delivered(i).value.some((txn) => txn.value > 0),
      ),
  });

/** Whether `i` votes for `leader` in the round in which that was elected. */
function supports(s: State, i: Sid, leader: Sid): boolean {
  const { state, proposal, currentVote, endVote, logicalclock } = s.server(i).value;
  const vote = state === 'LOOKING' ? { ...proposal, electionEpoch: logicalclock } : (endVote ?? currentVote);
  return vote.leader === leader && vote.electionEpoch === s.server(leader).get('logicalclock');
}

const first = (instance: unknown): Sid => Number(Array.isArray(instance) ? instance[0] : instance);
