import { without } from '../replication/isr.ts';
import { removeFrom } from './assignment.ts';
import type { PartitionNode, Task } from './components.ts';
import {
  type ControllerContext,
  learnLeadership,
  liveBrokers,
  movePartition,
  moveReplica,
  patchPartition,
  sendLeaderAndIsr,
} from './controller-context.ts';
import type { Elected } from './election.ts';
import type { PartitionElectionRules } from './partition-election-rules.ts';

/** A task that reads a partition's state, decides, and writes it back if it has not changed in between. */
export type Decision = Extract<Task, { readonly seen: PartitionNode | null }>;

type Rules = PartitionElectionRules;
type Decided = Pick<PartitionNode, 'leader' | 'leaderEpoch' | 'isr'>;

/** What the controller makes of the state that it has read; undefined when there is nothing to write. */
export function decide(
  task: Decision,
  seen: PartitionNode,
  context: ControllerContext,
  unclean: boolean,
  rules: Rules,
): PartitionNode | undefined {
  const decided = rules.mayDecide(context.epoch, seen.controllerEpoch)
    ? decideBy(task, seen, context, unclean, rules)
    : undefined;
  if (decided === undefined) return;
  const { leader, leaderEpoch, isr } = decided;
  return {
    leader,
    leaderEpoch,
    isr,
    partitionEpoch: seen.partitionEpoch + 1,
    controllerEpoch: context.epoch,
  };
}

function decideBy(
  task: Decision,
  seen: PartitionNode,
  context: ControllerContext,
  unclean: boolean,
  rules: Rules,
): Decided | undefined {
  const next = (leader: number | null, isr: readonly number[]) => {
    const leaderEpoch = rules.nextLeaderEpoch(seen.leaderEpoch, leader === seen.leader);
    return { leader, leaderEpoch, isr };
  };
  switch (task.kind) {
    case 'goOnline': {
      const elected = elect(task, seen, context, unclean, rules);
      return elected && next(elected.leader, elected.isr);
    }
    case 'chooseLeader':
      return next(task.id, [task.id]);
    case 'raiseLeaderEpoch':
      return next(seen.leader, seen.isr);
    case 'replicaOffline':
      return rules.removeReplica(seen, task.id);
  }
}

function elect(
  { partition, strategy, unclean: forced }: Extract<Decision, { readonly kind: 'goOnline' }>,
  { isr }: PartitionNode,
  context: ControllerContext,
  unclean: boolean,
  rules: Rules,
): Elected | undefined {
  const assignment = context.partitions[partition]?.assignment;
  if (assignment === undefined || movePartition(context, partition, 'Online') === undefined) return;
  return rules.electLeader({
    strategy,
    assignment,
    isr,
    unclean: forced || unclean,
    ...liveBrokers(context),
  });
}

/** The decision is written: the controller knows it, and tells those whom it concerns. */
export function conclude(
  task: Decision,
  seen: PartitionNode,
  written: PartitionNode,
  context: ControllerContext,
  unclean: boolean,
  rules: Rules,
): ControllerContext {
  const { partition } = task;
  const replicas = context.partitions[partition]?.assignment.replicas ?? [];
  switch (task.kind) {
    case 'goOnline': {
      const recipients = elect(task, seen, context, unclean, rules)?.recipients ?? [];
      return online(learnLeadership(context, partition, written), partition, recipients);
    }
    case 'chooseLeader':
      return online(learnLeadership(context, partition, written), partition, replicas);
    case 'raiseLeaderEpoch':
      return startReassigned(learnLeadership(context, partition, written), partition);
    case 'replicaOffline':
      return takeOffline(task, written, context);
  }
}

/** There was nothing to write: no candidate, or the replica is not in the ISR, or another controller has written since. */
export function leaveUnwritten(
  task: Decision,
  seen: PartitionNode | null,
  context: ControllerContext,
  rules: Rules,
): ControllerContext {
  if (
    task.kind !== 'replicaOffline' ||
    (seen !== null && !rules.mayDecide(context.epoch, seen.controllerEpoch))
  )
    return context;
  return takeOffline(task, seen && { ...seen, controllerEpoch: context.epoch }, context);
}

const online = (context: ControllerContext, partition: number, recipients: readonly number[]) =>
  sendLeaderAndIsr(movePartition(context, partition, 'Online') ?? context, recipients, partition);

/** All hear the new epoch; the replicas that a reassignment is adding start. */
function startReassigned(context: ControllerContext, partition: number): ControllerContext {
  const assignment = context.partitions[partition]?.assignment;
  if (assignment === undefined) return context;
  const told = sendLeaderAndIsr(context, assignment.replicas, partition);
  return assignment.addingReplicas.reduce((so, id) => moveReplica(so, partition, id, 'New') ?? so, told);
}

/** The replica stops, and the others hear of it; after a reassignment it is deleted. */
function takeOffline(
  { partition, id, delete: deleted }: Extract<Decision, { readonly kind: 'replicaOffline' }>,
  leadership: PartitionNode | null,
  context: ControllerContext,
): ControllerContext {
  const others = without(context.partitions[partition]?.assignment.replicas ?? [], [id]);
  const stopped = moveReplica(context, partition, id, 'Offline') ?? context;
  const learnt = leadership === null ? stopped : learnLeadership(stopped, partition, leadership);
  const told = leadership === null ? learnt : sendLeaderAndIsr(learnt, others, partition);
  if (!deleted) return told;
  const steps = ['DeletionStarted', 'DeletionSuccessful', 'NonExistent'] as const;
  const gone = steps.reduce((so, to) => moveReplica(so, partition, id, to) ?? so, told);
  const assignment = gone.partitions[partition]?.assignment;
  return assignment ? patchPartition(gone, partition, { assignment: removeFrom(assignment, id) }) : gone;
}
