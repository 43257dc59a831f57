import { choose, defineModel, range } from '../../../checker/language/index.ts';
import { spend, spent } from '../budgets.ts';
import {
  brokerFailed,
  chooseLeader,
  controlledShutdown,
  hasEmptyDisk,
  loseSuffix,
  register,
  stopProcess,
} from './broker-actions.ts';
import { replicationComponents } from './components.ts';
import { brokersOf, ReplicationParams } from './params.ts';
import { kafkaRules } from './replication-rules.ts';
import { braces } from './words.ts';

/** Brokers that stop, crash, lose what they had stored, and start again. Part of kafka/replication. */
export const faults = defineModel('kafka/replication: faults', {
  about: 'How brokers stop and start',
  params: ReplicationParams,
})
  .rules({ ...kafkaRules })
  .components(replicationComponents)
  .action('controlledShutdown', {
    each: (p) => (p.cleanStops > 0 ? brokersOf(p) : []),
    next(s, id, p, rules) {
      if (spent(s, 'cleanStops') || s.registration(id).value !== 'registered') return;
      if (s.broker(id).get('process') !== 'up') return;
      return [spend(s, 'cleanStops'), ...controlledShutdown(s, id, p, rules)];
    },
    says: (id, { after }) =>
      `${id} is about to stop; leader is ${after.partition.get('leader') ?? 'nobody'}, ISR ${braces(after.partition.get('isr'))}`,
  })
  .action('stop', {
    each: (p) => (p.cleanStops > 0 ? brokersOf(p) : []),
    fairness: 'weak',
    next(s, id, p, rules) {
      if (s.registration(id).value !== 'shuttingDown' || s.broker(id).get('process') !== 'up') return;
      const stopped = s.broker(id).patch({ process: 'stopped' });
      return [...stopProcess(s, id, p), ...brokerFailed(s, id, p, rules), stopped];
    },
    says: (id) => `${id} stops, with everything on its disk`,
  })
  .action('processCrash', {
    each: (p) => (p.processCrashes > 0 ? brokersOf(p) : []),
    next(s, id, p) {
      if (spent(s, 'processCrashes') || s.broker(id).get('process') !== 'up') return;
      const crashed = s.broker(id).patch({ process: 'crashed', highWatermark: 0 }); // its checkpoint was never written
      return [spend(s, 'processCrashes'), ...stopProcess(s, id, p), crashed];
    },
    says: (id) => `the process of ${id} crashes; its log survives`,
  })
  .action('machineCrash', {
    each: (p) => (p.machineCrashes > 0 ? brokersOf(p) : []),
    next(s, id, p) {
      if (spent(s, 'machineCrashes') || s.broker(id).get('process') !== 'up') return;
      const end = s.log(id).value.length;
      const crashed = s.broker(id).patch({ process: 'crashed', highWatermark: 0 });
      const kept = p.flushEveryRecord || end === 0 ? [end] : range(end);
      return choose(
        kept,
        (survived) => [
          spend(s, 'machineCrashes'),
          ...stopProcess(s, id, p),
          ...loseSuffix(s, id, survived),
          crashed,
        ],
        (survived) => `keeps ${survived}`,
      );
    },
    says: (id, { before, label }) =>
      `the machine of ${id} crashes and ${label} of ${before.log(id).value.length} records`,
  })
  .action('restartFails', {
    each: (p) => (p.corruptIndexes > 0 ? brokersOf(p) : []),
    next(s, id) {
      if (spent(s, 'corruptIndexes') || s.broker(id).get('process') !== 'crashed') return;
      return [spend(s, 'corruptIndexes'), s.broker(id).patch({ process: 'broken' })];
    },
    says: (id) => `${id} does not start: an index is corrupt`,
  })
  .action('wipe', {
    each: (p) => (p.wipes > 0 ? brokersOf(p) : []),
    next(s, id) {
      const process = s.broker(id).get('process');
      if (spent(s, 'wipes') || process === 'up') return;
      const empty = s.broker(id).patch({ process: 'crashed', highWatermark: 0 });
      return [spend(s, 'wipes'), s.log(id).set([]), s.epochCache(id).set([]), empty];
    },
    says: (id) => `${id} gets an empty disk`,
  })
  .action('brokerFails', {
    each: brokersOf,
    fairness: 'weak',
    next(s, id, p, rules) {
      if (s.broker(id).get('process') === 'up' || s.registration(id).value === 'gone') return;
      return brokerFailed(s, id, p, rules);
    },
    says: (id, { after }) =>
      `the controller misses ${id}: leader is ${after.partition.get('leader') ?? 'nobody'}, ISR ${braces(after.partition.get('isr'))}`,
  })
  .action('chooseLeader', {
    each: (p) => (p.operator ? brokersOf(p) : []),
    fairness: 'weak',
    next: (s, id, p) => chooseLeader(s, id, p),
    says: (id) => `the operator makes ${id} the leader, since the disk of another one is empty`,
  })
  .action('restart', {
    each: brokersOf,
    fairness: 'weak',
    next(s, id, p, rules) {
      const process = s.broker(id).get('process');
      if (process !== 'stopped' && process !== 'crashed') return;
      if (p.operator && hasEmptyDisk(s, id) && (s.partition.get('leader') ?? id) === id) return;
      return register(s, id, p, rules);
    },
    says: (id, { after }) =>
      `${id} starts with ${after.log(id).value.length} records; leader is ${after.partition.get('leader') ?? 'nobody'}, ISR ${braces(after.partition.get('isr'))}`,
  });
