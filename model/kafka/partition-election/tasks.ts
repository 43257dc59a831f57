import { without } from '../replication/isr.ts';
import { assignmentOf, isBeingReassigned, targetReplicas } from './assignment.ts';
import type { PartitionNode, Task } from './components.ts';
import {
  type ControllerContext,
  liveBrokers,
  movePartition,
  moveReplica,
  patchPartition,
  sendMetadata,
} from './controller-context.ts';
import type { Decision } from './decisions.ts';
import type { PartitionElectionRules } from './partition-election-rules.ts';
import { initialPartitionState } from './partition-states.ts';

/** What a controller can look up while it works. */
export interface Lookup {
  readonly node: (partition: number) => PartitionNode | null;
  /** unclean.leader.election.enable of the topic. */
  readonly unclean: () => boolean;
  /** Whether UpdateMetadata is in the model. */
  readonly metadata: boolean;
}

type Local = Exclude<Task, Decision | { readonly kind: 'create' | 'assign' }>;
type Rules = PartitionElectionRules;

/** A task that writes nothing to ZooKeeper. */
export function perform(
  task: Local,
  context: ControllerContext,
  lookup: Lookup,
  rules: Rules,
): ControllerContext {
  switch (task.kind) {
    case 'brokerStartup':
      return startBrokers(task.started, context, lookup);
    case 'brokerFailure':
      return failBrokers(task.died, context, lookup);
    case 'startPartitions':
      return startPartitions(context);
    case 'electOffline':
      return soon(context, electionsOf(context));
    case 'reassign':
      return reassign(task.partition, context, lookup, rules);
    case 'answerShutdown': {
      const led = context.partitions.some(
        ({ leadership, assignment }) => leadership?.leader === task.id && assignment.replicas.length > 1,
      );
      return { ...context, shutdowns: [...context.shutdowns, { id: task.id, released: !led }] };
    }
    case 'sendMetadata':
      return sendMetadata(context);
  }
}

/** Does these first. */
const soon = (context: ControllerContext, tasks: readonly Task[]): ControllerContext => ({
  ...context,
  tasks: [...tasks, ...context.tasks],
});

/** PartitionStateMachine.triggerOnlinePartitionStateChange: for each partition that is new or offline. */
const electionsOf = ({ partitions }: ControllerContext): readonly Task[] =>
  partitions.flatMap(({ state }, partition): readonly Task[] => {
    if (state === 'New') return [{ kind: 'create', partition }];
    if (state !== 'Offline') return [];
    return [{ kind: 'goOnline', partition, strategy: 'offline', unclean: false, seen: null }];
  });

/** KafkaController.onBrokerStartup. */
function startBrokers(
  started: Extract<Task, { readonly kind: 'brokerStartup' }>['started'],
  context: ControllerContext,
  { metadata }: Lookup,
): ControllerContext {
  const ids = started.map(({ id }) => id);
  const registrations = [...context.registrations, ...started].sort((a, b) => a.id - b.id);
  const registered = { ...context, registrations };
  const informed = metadata ? sendMetadata(registered) : registered;
  const resent = everyReplica(informed, ids).reduce(
    (so, [partition, id]) => moveReplica(so, partition, id, 'Online') ?? so,
    informed,
  );
  const resumed = context.partitions.flatMap(({ assignment }, partition): readonly Task[] => {
    const concerned =
      isBeingReassigned(assignment) && targetReplicas(assignment).some((id) => ids.includes(id));
    return concerned ? [{ kind: 'reassign', partition }] : [];
  });
  return soon(resent, [{ kind: 'electOffline' }, ...resumed]);
}

/** KafkaController.onBrokerFailure: elections first, then the replicas leave the ISR; the brokers hear who is left with that. */
function failBrokers(
  died: readonly number[],
  context: ControllerContext,
  { metadata }: Lookup,
): ControllerContext {
  const removed = {
    ...context,
    registrations: context.registrations.filter(({ id }) => !died.includes(id)),
    shuttingDown: without(context.shuttingDown, died),
    disconnected: [...context.disconnected, ...died],
    sent: context.sent.filter(({ to }) => !died.includes(to)),
  };
  const { live } = liveBrokers(removed);
  const marked = removed.partitions.reduce<ControllerContext>((so, { leadership }, partition) => {
    const offline = leadership !== null && (leadership.leader === null || !live.includes(leadership.leader));
    return offline ? (movePartition(so, partition, 'Offline') ?? so) : so;
  }, removed);
  const offline = everyReplica(marked, died).map(([partition, id]) => replicaOffline(partition, id));
  const told: readonly Task[] = metadata ? [{ kind: 'sendMetadata' }] : [];
  return soon(marked, [{ kind: 'electOffline' }, ...offline, ...told]);
}

export const replicaOffline = (partition: number, id: number, deleted = false): Task => ({
  kind: 'replicaOffline',
  partition,
  id,
  delete: deleted,
  seen: null,
});

/** The replicas on some brokers, by partition. */
export const everyReplica = (
  { partitions }: ControllerContext,
  ids: readonly number[],
): readonly (readonly [partition: number, id: number])[] =>
  partitions.flatMap(({ assignment }, partition) =>
    assignment.replicas.filter((id) => ids.includes(id)).map((id) => [partition, id] as const),
  );

/** PartitionStateMachine.startup, after the replicas of dead brokers have left the ISR. */
function startPartitions(context: ControllerContext): ControllerContext {
  const { live } = liveBrokers(context);
  const partitions = context.partitions.map((cached) => {
    if (cached.assignment.replicas.length === 0) return cached; // not created
    return { ...cached, state: initialPartitionState(cached.leadership ?? undefined, live) };
  });
  return soon({ ...context, partitions }, [{ kind: 'electOffline' }]);
}

/** KafkaController.onPartitionReassignment, once the assignment has been updated: phase A or B. */
function reassign(
  partition: number,
  context: ControllerContext,
  lookup: Lookup,
  rules: Rules,
): ControllerContext {
  const cached = context.partitions[partition];
  const node = lookup.node(partition);
  if (cached === undefined || node === null || !isBeingReassigned(cached.assignment)) return context;
  const { assignment } = cached;
  const raise: Task = { kind: 'raiseLeaderEpoch', partition, seen: null };
  if (!rules.isReassignmentComplete(assignment, node.isr)) return soon(context, [raise]);
  const targets = targetReplicas(assignment);
  const online = assignment.addingReplicas.reduce(
    (so, id) => moveReplica(so, partition, id, 'Online') ?? so,
    context,
  );
  const completed = assignmentOf(targets);
  const leader = cached.leadership?.leader ?? null;
  const moves = rules.mustMoveLeader(leader, targets, liveBrokers(context).live);
  const elect: Task = { kind: 'goOnline', partition, strategy: 'reassign', unclean: false, seen: null };
  const assign: Task = { kind: 'assign', partition, assignment: completed };
  const rest = [
    moves ? elect : raise,
    ...assignment.removingReplicas.map((id) => replicaOffline(partition, id, true)),
  ];
  const tasks = rules.assignsLast ? [...rest, assign] : [assign, ...rest];
  return soon(patchPartition(online, partition, { assignment: completed }), tasks);
}
