import { choose, defineModel, product } from '../../checker/language/index.ts';
import { spend, spent } from './budgets.ts';
import { crashBroker, hasReplica, receive, startBroker, survivors } from './cluster/broker-actions.ts';
import { clusterChanges } from './cluster/changes.ts';
import { clusterComponents } from './cluster/components.ts';
import { readPartition, writeDecision } from './cluster/controller-actions.ts';
import { ClusterParams } from './cluster/params.ts';
import { clusterRules } from './cluster/rules.ts';
import { initialCluster } from './cluster/start.ts';
import { toldOf } from './cluster/words.ts';
import { eventThread } from './controller/event-thread.ts';
import { endDeadSession } from './controller/faults.ts';
import { brokersOf } from './controller/params.ts';
import { sessionFaults } from './controller/sessions.ts';
import { nobody } from './controller/words.ts';
import { dataPath } from './replication/data-path.ts';
import { brokersOf as replicasOf } from './replication/params.ts';
import { braces } from './replication/words.ts';

/**
 * Controllers that are elected and fenced, decide on a partition's znode and tell its replicas, which serve records by what they were told:
 * the event thread of kafka/controller and the data path of kafka/replication, with the rules of kafka/partition-election.
 *
 * Shortened: as in those; what a controller does for the partition is done between events, one decision after the other, each of them an
 * election and a removal from the ISR at once; UpdateMetadata is not sent.
 */
export const cluster = defineModel('kafka/cluster', {
  about: 'Controllers, a partition and its replicas: who decides, who obeys, and what becomes of the records',
  params: ClusterParams,
})
  .rules({ ...clusterRules })
  .changes(clusterChanges)
  .components(clusterComponents)
  .init(initialCluster)
  .include(eventThread)
  .action('readPartition', {
    each: brokersOf,
    fairness: 'weak',
    next: readPartition,
    says(id, { before, after }) {
      const { decision } = after.stateMachine(id).value;
      const controller = `controller ${id}, epoch ${before.controller(id).get('epoch')},`;
      if (decision === null) return `${controller} tells the brokers that it has not told yet`;
      const { leader, isr } = decision.next;
      return `${controller} wants ${nobody(leader)} to lead, ISR ${braces(isr)}`;
    },
  })
  .action('writePartition', {
    each: brokersOf,
    fairness: 'weak',
    next(s, id, p, rules) {
      const written = writeDecision(s, id, p, rules);
      return written && choose({ [written.answer]: written.updates });
    },
    says(id, { before, after, label }) {
      const controller = `controller ${id}, epoch ${before.controller(id).get('epoch')},`;
      const { leader, isr, leaderEpoch } = after.partition.value;
      if (label === 'done')
        return `${controller} writes leader ${nobody(leader)}, epoch ${leaderEpoch}, ISR ${braces(isr)}`;
      return `${controller} writes, and ZooKeeper REFUSES: ${label === 'REFUSED' ? 'it is the controller no more' : 'the partition has changed since it looked'}`;
    },
  })
  .action('receive', {
    each: (p) => product(brokersOf(p), replicasOf(p)),
    fairness: 'weak',
    next(s, [from, to], p, rules) {
      const request = s.request(from, to).head;
      if (request === undefined || s.process(to).value !== 'up') return;
      const { answer, updates } = receive(s, to, request, p, rules);
      return choose({ [answer]: [s.request(from, to).receive(), ...updates] });
    },
    says: ([from, to], { before, after, label }) =>
      toldOf(to, label, before.request(from, to).head, before.broker(to).value, after.broker(to).value),
  })
  .action('receiveLate', {
    each: (p) => product(brokersOf(p), replicasOf(p)),
    next(s, [from, to], p, rules) {
      const request = s.onTheWire(from, to).head;
      if (request === undefined || s.process(to).value !== 'up') return;
      const { answer, updates } = receive(s, to, request, p, rules);
      return choose({ [answer]: [s.onTheWire(from, to).receive(), ...updates] });
    },
    says: ([from, to], { before, after, label }) =>
      `late: ${toldOf(to, label, before.onTheWire(from, to).head, before.broker(to).value, after.broker(to).value)}`,
  })
  .include(dataPath)
  .include(sessionFaults)
  .action('endDeadSession', {
    each: (p) => (p.machineCrashes > 0 ? brokersOf(p) : []),
    fairness: 'weak',
    next: endDeadSession,
    says: (id) => `ZooKeeper ends the session of broker ${id}, which is dead`,
  })
  .action('crash', {
    each: (p) => (p.machineCrashes > 0 ? brokersOf(p) : []),
    next(s, id, p) {
      if (spent(s, 'machineCrashes') || s.process(id).value === 'down') return;
      return choose(
        survivors(s, id, p),
        (kept) => [spend(s, 'machineCrashes'), ...crashBroker(s, id, kept, p)],
        (kept) => `keeps ${kept}`,
      );
    },
    says: (id, { before, label, params }) =>
      hasReplica(id, params)
        ? `broker ${id} crashes and ${label} of ${before.log(id).value.length} records`
        : `broker ${id} crashes`,
  })
  .action('wipe', {
    each: (p) => (p.wipes > 0 ? replicasOf(p) : []),
    next(s, id) {
      if (spent(s, 'wipes') || s.process(id).value !== 'down') return;
      return [spend(s, 'wipes'), s.log(id).set([]), s.epochCache(id).set([])];
    },
    says: (id) => `${id} gets an empty disk`,
  })
  .action('restart', {
    each: (p) => (p.machineCrashes > 0 ? brokersOf(p) : []),
    fairness: 'weak',
    next: (s, id, p) => startBroker(s, id, p),
    says: (id, { after, params }) => {
      const registered = `broker ${id} starts again, registered with broker epoch ${after.session(id).value}`;
      return hasReplica(id, params)
        ? `${registered}; it has ${after.log(id).value.length} records`
        : registered;
    },
  })
  .deadlock('allowed');
