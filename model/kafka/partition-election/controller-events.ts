import { defineModel, product } from '../../../checker/language/index.ts';
import { braces } from '../replication/words.ts';
import { isBeingReassigned, targetReplicas } from './assignment.ts';
import { partitionElectionComponents, spend, spent, type Task } from './components.ts';
import { checkControlledShutdown, shutDown } from './controlled-shutdown.ts';
import { type ControllerContext, liveBrokers, moveReplica, patchPartition } from './controller-context.ts';
import { begin, contextOf, isIdle, lookupOf, resigned } from './controller-view.ts';
import { preferredLeader } from './election-algorithms.ts';
import { learnIsr } from './isr-change.ts';
import { brokersOf, epochsOf, PartitionElectionParams, partitionsOf } from './params.ts';
import { partitionElectionRules } from './partition-election-rules.ts';
import { isElectionNeeded } from './preferred-leaders.ts';
import { replicaOffline } from './tasks.ts';

const goOnline = (partition: number, strategy: 'offline' | 'preferred', unclean = false): Task => ({
  kind: 'goOnline',
  partition,
  strategy,
  unclean,
  seen: null,
});

const onEachPartition = (p: PartitionElectionParams) => product(epochsOf(p), partitionsOf(p));
const leaderOf = (context: ControllerContext, partition: number): number | null =>
  context.partitions[partition]?.leadership?.leader ?? null;

/**
 * What a controller takes up, one event after another: brokers and partitions that come and go, changes of the ISR, elections, a
 * reassignment. Part of kafka/partition-election.
 */
export const controllerEvents = defineModel('kafka/partition-election: events', {
  about: 'The events that a controller handles',
  params: PartitionElectionParams,
})
  .rules({ ...partitionElectionRules })
  .components(partitionElectionComponents)
  .action('brokerChange', {
    each: epochsOf,
    fairness: 'weak',
    next(s, epoch, p, rules) {
      if (!isIdle(s, epoch)) return;
      const now = brokersOf(p).flatMap((id) => {
        const brokerEpoch = s.brokerNode(id).value;
        return brokerEpoch === null ? [] : [{ id, brokerEpoch }];
      });
      const { started, bounced, died } = rules.brokerChange(s.controller(epoch).get('registrations'), now);
      const bouncedIds = bounced.map(({ id }) => id);
      const tasks: readonly Task[] = [
        ...(started.length > 0 ? [{ kind: 'brokerStartup', started } as const] : []),
        ...(bounced.length > 0
          ? [
              { kind: 'brokerFailure', died: bouncedIds } as const,
              { kind: 'brokerStartup', started: bounced } as const,
            ]
          : []),
        ...(died.length > 0 ? [{ kind: 'brokerFailure', died } as const] : []),
      ];
      return tasks.length === 0 ? undefined : begin(s, { ...contextOf(s, epoch, p), tasks }, p, rules);
    },
    says(epoch, { before, params }) {
      const known = before
        .controller(epoch)
        .get('registrations')
        .map(({ id }) => id);
      const now = brokersOf(params).filter((id) => before.brokerNode(id).value !== null);
      return `controller ${epoch} finds ${braces(now)} registered; it knew of ${braces(known)}`;
    },
  })
  .action('partitionChange', {
    each: (p) => (p.newPartitions > 0 ? onEachPartition(p) : []),
    fairness: 'weak',
    next(s, [epoch, partition], p, rules) {
      if (!isIdle(s, epoch) || s.cached(epoch, partition).get('state') !== 'NonExistent') return;
      const assignment = s.assignmentNode(partition).value;
      if (assignment === null) return;
      const context = patchPartition(contextOf(s, epoch, p), partition, { state: 'New', assignment });
      const started = assignment.replicas.reduce(
        (so, id) => moveReplica(so, partition, id, 'New') ?? so,
        context,
      );
      return begin(s, { ...started, tasks: [{ kind: 'create', partition }] }, p, rules);
    },
    says: ([epoch, partition]) => `controller ${epoch} finds the new partition ${partition}`,
  })
  .action('isrChange', {
    each: onEachPartition,
    fairness: 'weak',
    next(s, [epoch, partition], p, rules) {
      if (!isIdle(s, epoch) || !s.isrChange(partition).value) return;
      const node = s.partitionNode(partition).value;
      if (node === null) return;
      if (!rules.isCurrentController(epoch, s.controllerEpoch.value)) return resigned(s, epoch, p); // it deletes the znode
      return [
        s.isrChange(partition).set(false),
        ...begin(s, learnIsr(contextOf(s, epoch, p), partition, node, rules), p, rules),
      ];
    },
    says: ([epoch, partition], { before }) =>
      `controller ${epoch} hears that a leader has changed an ISR, and reads ${braces(before.partitionNode(partition).value?.isr ?? [])}`,
  })
  .action('controlledShutdown', {
    each: (p) => (p.cleanStops > 0 ? product(epochsOf(p), brokersOf(p)) : []),
    fairness: 'weak',
    next(s, [epoch, id], p, rules) {
      if (!isIdle(s, epoch) || s.broker(id).get('process') !== 'stopping') return;
      const context = contextOf(s, epoch, p);
      const known = context.registrations.find((registration) => registration.id === id)?.brokerEpoch;
      if (checkControlledShutdown(s.broker(id).get('brokerEpoch'), known) !== 'none') return; // it will ask again
      return begin(s, shutDown(id, context), p, rules);
    },
    says: ([epoch, id]) => `controller ${epoch} handles the controlled shutdown of ${id}`,
  })
  .action('electPreferred', {
    each: (p) => (p.preferredElections > 0 ? onEachPartition(p) : []),
    next(s, [epoch, partition], p, rules) {
      if (spent(s, 'preferredElections') || !isIdle(s, epoch)) return;
      const context = contextOf(s, epoch, p);
      const replicas = context.partitions[partition]?.assignment.replicas ?? [];
      const { live } = liveBrokers(context);
      if (!isElectionNeeded('PREFERRED', leaderOf(context, partition), replicas, live)) return;
      const tasks = [goOnline(partition, 'preferred')];
      return [spend(s, 'preferredElections'), ...begin(s, { ...context, tasks }, p, rules)];
    },
    says: ([epoch, partition]) =>
      `an administrator asks controller ${epoch} for the preferred leader of partition ${partition}`,
  })
  .action('rebalanceLeaders', {
    each: (p) => (p.autoLeaderRebalance ? epochsOf(p) : []),
    fairness: 'weak',
    next(s, epoch, p, rules) {
      if (!isIdle(s, epoch)) return;
      const context = contextOf(s, epoch, p);
      const { live } = liveBrokers(context);
      const known = context.partitions.map(({ assignment, leadership }) => ({
        assignment,
        leadership: leadership ?? undefined,
      }));
      const imbalanced = brokersOf(p).filter((id) =>
        rules.isImbalanced(rules.imbalanceRatio(id, known), p.imbalancePercentage),
      );
      const tasks = context.partitions.flatMap(({ assignment: { replicas }, leadership }, partition) => {
        const preferred = preferredLeader(replicas, leadership?.isr ?? [], live);
        const moves =
          preferred !== undefined && preferred !== leadership?.leader && imbalanced.includes(preferred);
        return moves ? [goOnline(partition, 'preferred')] : [];
      });
      return tasks.length === 0 ? undefined : begin(s, { ...context, tasks }, p, rules);
    },
    says: (epoch) =>
      `controller ${epoch} finds too many partitions led by others than their preferred leader`,
  })
  .action('electUncleanly', {
    each: (p) => (p.uncleanElections > 0 ? onEachPartition(p) : []),
    next(s, [epoch, partition], p, rules) {
      if (spent(s, 'uncleanElections') || !isIdle(s, epoch)) return;
      const context = contextOf(s, epoch, p);
      const replicas = context.partitions[partition]?.assignment.replicas ?? [];
      const { live } = liveBrokers(context);
      if (!isElectionNeeded('UNCLEAN', leaderOf(context, partition), replicas, live)) return;
      const tasks = [goOnline(partition, 'offline', true)];
      return [spend(s, 'uncleanElections'), ...begin(s, { ...context, tasks }, p, rules)];
    },
    says: ([epoch, partition]) =>
      `an administrator asks controller ${epoch} for a leader of partition ${partition}, in the ISR or not`,
  })
  .action('allowUnclean', {
    each: (p) => (p.uncleanSwitches > 0 ? epochsOf(p) : []),
    next(s, epoch, p, rules) {
      if (spent(s, 'uncleanSwitches') || !isIdle(s, epoch) || s.unclean.value) return;
      const context: ControllerContext = { ...contextOf(s, epoch, p), tasks: [{ kind: 'electOffline' }] };
      const lookup = { ...lookupOf(s, p), unclean: () => true };
      return [spend(s, 'uncleanSwitches'), s.unclean.set(true), ...begin(s, context, p, rules, lookup)];
    },
    says: (epoch) =>
      `unclean.leader.election.enable is set on the topic; controller ${epoch} tries all that are offline`,
  })
  .action('chooseLeader', {
    each: (p) => (p.chosenLeaders > 0 ? product(epochsOf(p), brokersOf(p)) : []),
    next(s, [epoch, id], p, rules) {
      if (spent(s, 'chosenLeaders') || !isIdle(s, epoch)) return;
      const context = contextOf(s, epoch, p);
      const { live } = liveBrokers(context);
      const led = context.partitions[0]?.leadership?.leader !== null;
      if (led || !live.includes(id) || !context.partitions[0]?.assignment.replicas.includes(id)) return;
      const tasks: readonly Task[] = [{ kind: 'chooseLeader', partition: 0, id, seen: null }];
      return [spend(s, 'chosenLeaders'), ...begin(s, { ...context, tasks }, p, rules)];
    },
    says: ([epoch, id]) => `an operator tells controller ${epoch} that ${id} is to lead partition 0`,
  })
  .action('startReassignment', {
    each: (p) => (p.reassignTo.length > 0 ? epochsOf(p) : []),
    next(s, epoch, p, rules) {
      if (!isIdle(s, epoch)) return;
      const { assignment } = s.cached(epoch, 0).value;
      const target = p.reassignTo;
      if (isBeingReassigned(assignment) || target.join() === targetReplicas(assignment).join()) return;
      const reassigned = rules.reassignTo(assignment, target);
      const unneeded = assignment.replicas.filter((id) => !reassigned.replicas.includes(id));
      const tasks: readonly Task[] = [
        { kind: 'assign', partition: 0, assignment: reassigned },
        ...unneeded.map((id) => replicaOffline(0, id, true)),
        { kind: 'reassign', partition: 0 },
      ];
      return begin(s, { ...contextOf(s, epoch, p), tasks }, p, rules);
    },
    says: (epoch, { params }) =>
      `an administrator asks controller ${epoch} to reassign partition 0 to ${params.reassignTo.join(', ')}`,
  });
