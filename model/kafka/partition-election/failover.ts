import { isBeingReassigned } from './assignment.ts';
import type { Task } from './components.ts';
import { type ControllerContext, liveBrokers, moveReplica, sendMetadata } from './controller-context.ts';
import type { PartitionElectionRules } from './partition-election-rules.ts';
import { everyReplica, type Lookup, replicaOffline } from './tasks.ts';
import { proceed } from './work.ts';

type Rules = PartitionElectionRules;

/** KafkaController.onControllerFailover, after the context is read. */
export function takeOver(context: ControllerContext, lookup: Lookup, rules: Rules): ControllerContext {
  const { live } = liveBrokers(context);
  const told = lookup.metadata && rules.metadataFirst ? sendMetadata(context) : context;
  const replicas = everyReplica(
    told,
    told.partitions.flatMap(({ assignment }) => assignment.replicas),
  );
  const online = replicas.filter(([, id]) => live.includes(id));
  const resent = rules.resendsAtFailover
    ? online.reduce((so, [partition, id]) => moveReplica(so, partition, id, 'Online') ?? so, told)
    : told;
  const late = lookup.metadata && !rules.metadataFirst ? sendMetadata(resent) : resent;
  const dead = replicas.filter(([, id]) => !live.includes(id));
  const reassigned = context.partitions.flatMap(({ assignment }, partition): readonly Task[] =>
    rules.resumesReassignments && isBeingReassigned(assignment) ? [{ kind: 'reassign', partition }] : [],
  );
  const tasks: readonly Task[] = [
    ...dead.map(([partition, id]) => replicaOffline(partition, id)),
    { kind: 'startPartitions' },
    ...reassigned,
  ];
  return proceed({ ...late, tasks }, lookup, rules);
}
