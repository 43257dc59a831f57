import { isBeingReassigned } from './assignment.ts';
import type { PartitionNode, Task } from './components.ts';
import { type ControllerContext, learnLeadership } from './controller-context.ts';
import type { PartitionElectionRules } from './partition-election-rules.ts';

/** KafkaController.processIsrChangeNotification, and what follows AlterPartition: a reassignment may be complete by this. */
export function learnIsr(
  context: ControllerContext,
  partition: number,
  node: PartitionNode,
  rules: PartitionElectionRules,
): ControllerContext {
  const assignment = context.partitions[partition]?.assignment;
  const complete =
    assignment !== undefined &&
    isBeingReassigned(assignment) &&
    rules.isReassignmentComplete(assignment, node.isr);
  const tasks: readonly Task[] = complete ? [{ kind: 'reassign', partition }] : [];
  return { ...learnLeadership(context, partition, node), tasks };
}
