import { defineModel } from '../../../checker/language/index.ts';
import { partitionElectionComponents, spend, spent } from './components.ts';
import { contextOf, lookupOf, resigned, store } from './controller-view.ts';
import { takeOver } from './failover.ts';
import { brokersOf, epochsOf, PartitionElectionParams, partitionsOf } from './params.ts';
import { partitionElectionRules } from './partition-election-rules.ts';
import { initialReplicaState } from './replica-states.ts';
import { describeNode, describeTask } from './words.ts';
import { concludeAssignment, writeDecision, writeFirstState } from './work.ts';

const earlierEpochs = (p: PartitionElectionParams) => epochsOf(p).slice(0, -1);
const laterEpochs = (p: PartitionElectionParams) => epochsOf(p).slice(1);

/**
 * How a controller comes, works and goes: its writes to ZooKeeper, fenced by its epoch, and its failover. Part of
 * kafka/partition-election.
 */
export const controllerActions = defineModel('kafka/partition-election: controller', {
  about: 'The writes of a controller, and its successor',
  params: PartitionElectionParams,
})
  .rules({ ...partitionElectionRules })
  .components(partitionElectionComponents)
  .action('controllerWrites', {
    each: epochsOf,
    fairness: 'weak',
    next(s, epoch, p, rules) {
      const { phase, tasks } = s.controller(epoch).value;
      const [task] = tasks;
      if (phase !== 'active' || task === undefined) return;
      if (!rules.isCurrentController(epoch, s.controllerEpoch.value)) {
        return rules.resignsWhenRefused ? resigned(s, epoch, p) : undefined;
      }
      const [context, lookup] = [contextOf(s, epoch, p), lookupOf(s, p)];
      if (task.kind === 'assign') {
        const written = s.assignmentNode(task.partition).set(task.assignment);
        return [written, ...store(s, concludeAssignment(task, context, lookup, rules), p)];
      }
      if (task.kind === 'create') {
        const { context: after, node } = writeFirstState(task.partition, context, lookup, rules);
        return [...(node ? [s.partitionNode(task.partition).set(node)] : []), ...store(s, after, p)];
      }
      if (!('seen' in task) || task.seen === null) return;
      const { context: after, node } = writeDecision(task, task.seen, context, lookup, rules);
      return [...(node ? [s.partitionNode(task.partition).set(node)] : []), ...store(s, after, p)];
    },
    says(epoch, { before, after }) {
      const [task] = before.controller(epoch).get('tasks');
      if (task === undefined || !('partition' in task)) return `controller ${epoch} goes on`;
      const what = `controller ${epoch}, ${describeTask(task)}`;
      if (after.controller(epoch).get('phase') === 'gone') return `${what}: ZooKeeper refuses, it has moved`;
      if (task.kind === 'assign') return what;
      const [node, was] = [
        after.partitionNode(task.partition).value,
        before.partitionNode(task.partition).value,
      ];
      return node === was ? `${what}: the znode has changed` : `${what}: ${describeNode(node)}`;
    },
  })
  .action('electController', {
    each: laterEpochs,
    next(s, epoch) {
      if (spent(s, 'failovers') || s.controllerEpoch.value !== epoch - 1) return;
      return [
        spend(s, 'failovers'),
        s.controllerEpoch.set(epoch),
        s.controller(epoch).patch({ phase: 'elected' }),
      ];
    },
    says: (epoch) => `/controller is gone; another broker creates it, controller epoch ${epoch}`,
  })
  .action('loseReply', {
    each: (p) => (p.lostReplies > 0 ? laterEpochs(p) : []),
    next(s, epoch) {
      if (spent(s, 'lostReplies') || s.controller(epoch).get('phase') !== 'elected') return;
      return [spend(s, 'lostReplies'), s.controller(epoch).patch({ phase: 'unsure' })];
    },
    says: (epoch) => `controller ${epoch} does not get the answer that it is elected`,
  })
  .action('findOwnNode', {
    each: (p) => (p.lostReplies > 0 ? laterEpochs(p) : []),
    fairness: 'weak',
    next(s, epoch, _, rules) {
      if (!rules.takesOverOwnNode || s.controller(epoch).get('phase') !== 'unsure') return;
      return s.controllerEpoch.value === epoch
        ? [s.controller(epoch).patch({ phase: 'elected' })]
        : undefined;
    },
    says: (epoch) => `controller ${epoch} finds that /controller and its epoch are its own`,
  })
  .action('takeOver', {
    each: laterEpochs,
    fairness: 'weak',
    next(s, epoch, p, rules) {
      if (s.controller(epoch).get('phase') !== 'elected') return;
      const notified = partitionsOf(p).some((partition) => s.isrChange(partition).value);
      // Deleting the notifications is the first thing it writes; where there are none nothing tells it that it has a successor.
      if (notified && !rules.isCurrentController(epoch, s.controllerEpoch.value))
        return resigned(s, epoch, p);
      const registrations = brokersOf(p).flatMap((id) => {
        const brokerEpoch = s.brokerNode(id).value;
        return brokerEpoch === null ? [] : [{ id, brokerEpoch }];
      });
      const live = registrations.map(({ id }) => id);
      const partitions = partitionsOf(p).map((partition) => {
        const cached = s.cached(epoch, partition).value;
        const assignment = s.assignmentNode(partition).value ?? cached.assignment;
        const replicas = assignment.replicas.map((id) => ({
          id,
          state: initialReplicaState(live.includes(id)),
        }));
        const leadership = s.partitionNode(partition).value;
        return { ...cached, assignment, leadership, replicas: replicas.sort((a, b) => a.id - b.id) };
      });
      const context = { ...contextOf(s, epoch, p), registrations, partitions };
      return [
        ...partitionsOf(p).map((partition) => s.isrChange(partition).set(false)),
        ...store(s, takeOver(context, lookupOf(s, p), rules), p),
      ];
    },
    says: (epoch, { after }) => {
      const live = after
        .controller(epoch)
        .get('registrations')
        .map(({ id }) => id);
      return `controller ${epoch} takes over; registered are ${live.join(', ')}`;
    },
  })
  .action('resign', {
    each: earlierEpochs,
    fairness: 'weak',
    next(s, epoch, p) {
      const { phase, tasks } = s.controller(epoch).value;
      if (phase === 'gone' || tasks.length > 0 || s.controllerEpoch.value <= epoch) return;
      return resigned(s, epoch, p);
    },
    says: (epoch) => `controller ${epoch} hears that it is no longer, and resigns`,
  })
  .action('controllerCrashes', {
    each: earlierEpochs,
    next(s, epoch, p) {
      const { phase, tasks } = s.controller(epoch).value;
      if (phase !== 'active' || tasks.length === 0 || s.controllerEpoch.value <= epoch) return;
      return resigned(s, epoch, p);
    },
    says: (epoch) => `the process of controller ${epoch} was killed, in the middle of its work`,
  });
