import type { PartitionNode, Task } from './components.ts';
import {
  type ControllerContext,
  liveBrokers,
  moveReplica,
  patchPartition,
  sendLeaderAndIsr,
} from './controller-context.ts';
import { conclude, type Decision, decide, leaveUnwritten } from './decisions.ts';
import type { PartitionElectionRules } from './partition-election-rules.ts';
import { type Lookup, perform } from './tasks.ts';

type Rules = PartitionElectionRules;

/**
 * Goes on with the event at hand up to the next write to ZooKeeper, or to its end. What a decision is based on is read as soon as it is its
 * turn: if that is too early the write fails, and it is read again.
 */
export function proceed(context: ControllerContext, lookup: Lookup, rules: Rules): ControllerContext {
  const [task, ...rest] = context.tasks;
  if (task === undefined) return context;
  const after = { ...context, tasks: rest };
  switch (task.kind) {
    case 'create':
      return context.partitions[task.partition]?.state === 'New' &&
        firstReplicas(context, task.partition).length > 0
        ? context
        : proceed(after, lookup, rules);
    case 'assign':
      return context;
    case 'goOnline':
    case 'chooseLeader':
    case 'raiseLeaderEpoch':
    case 'replicaOffline': {
      if (task.seen !== null) return context;
      return consider(task, lookup.node(task.partition), after, lookup, rules);
    }
    default:
      return proceed(perform(task, after, lookup, rules), lookup, rules);
  }
}

/** Decides on what was read: it waits for its write, or there is none. */
function consider(
  task: Decision,
  seen: PartitionNode | null,
  after: ControllerContext,
  lookup: Lookup,
  rules: Rules,
): ControllerContext {
  const decided = seen && decide(task, seen, after, lookup.unclean(), rules);
  if (decided) return { ...after, tasks: [{ ...task, seen }, ...after.tasks] };
  return proceed(leaveUnwritten(task, seen, after, rules), lookup, rules);
}

export interface Written {
  readonly context: ControllerContext;
  /** The new state of the partition, if it was written. */
  readonly node?: PartitionNode;
}

/** The write of a decision: conditional on the znode's version. When that has changed it is decided anew. */
export function writeDecision(
  task: Decision,
  seen: PartitionNode,
  context: ControllerContext,
  lookup: Lookup,
  rules: Rules,
): Written {
  const after = { ...context, tasks: context.tasks.slice(1) };
  const now = lookup.node(task.partition);
  const unclean = lookup.unclean();
  const node = decide(task, seen, after, unclean, rules);
  if (now === null || node === undefined || now.partitionEpoch !== seen.partitionEpoch) {
    return { context: consider(task, now && rules.afterBadVersion(seen, now), after, lookup, rules) };
  }
  const concluded = conclude(task, seen, node, after, unclean, rules);
  return { context: proceed(concluded, lookingAt(lookup, task.partition, node), rules), node };
}

const firstReplicas = (context: ControllerContext, partition: number): readonly number[] => {
  const { live } = liveBrokers(context);
  return context.partitions[partition]?.assignment.replicas.filter((id) => live.includes(id)) ?? [];
};

/** New to Online: the live replicas are the ISR, the first of them leads. If the znode is there already it stays as it is. */
export function writeFirstState(
  partition: number,
  context: ControllerContext,
  lookup: Lookup,
  rules: Rules,
): Written {
  const after = { ...context, tasks: context.tasks.slice(1) };
  const isr = firstReplicas(context, partition);
  const [leader] = isr;
  if (leader === undefined || lookup.node(partition) !== null)
    return { context: proceed(after, lookup, rules) };
  const node = { leader, leaderEpoch: 0, isr, partitionEpoch: 0, controllerEpoch: context.epoch };
  const created = patchPartition(after, partition, { state: 'Online', leadership: node });
  const told = sendLeaderAndIsr(created, isr, partition);
  const replicas = context.partitions[partition]?.assignment.replicas ?? [];
  const started = replicas.reduce((so, id) => moveReplica(so, partition, id, 'Online') ?? so, told);
  return { context: proceed(started, lookingAt(lookup, partition, node), rules), node };
}

/** The assignment is written: the controller takes it up. */
export function concludeAssignment(
  task: Extract<Task, { readonly kind: 'assign' }>,
  context: ControllerContext,
  lookup: Lookup,
  rules: Rules,
): ControllerContext {
  const after = { ...context, tasks: context.tasks.slice(1) };
  return proceed(patchPartition(after, task.partition, { assignment: task.assignment }), lookup, rules);
}

/** Sees what is being written. */
export const lookingAt = (lookup: Lookup, partition: number, node: PartitionNode): Lookup => ({
  ...lookup,
  node: (other) => (other === partition ? node : lookup.node(other)),
});
