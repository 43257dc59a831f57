import { without } from '../replication/isr.ts';
import type { Registration } from './broker-change.ts';
import type { CachedPartition, PartitionNode, Request, Task } from './components.ts';
import type { LiveBrokers } from './election.ts';
import { isValidPartitionTransition, type PartitionState } from './partition-states.ts';
import { isValidReplicaTransition, type ReplicaState, requestToReplica } from './replica-states.ts';

/** ControllerContext: all that a controller knows and has yet to do, by value; what it sends is on top. */
export interface ControllerContext {
  readonly epoch: number;
  readonly registrations: readonly Registration[];
  readonly shuttingDown: readonly number[];
  readonly partitions: readonly CachedPartition[];
  readonly tasks: readonly Task[];
  /** In the order of sending. */
  readonly sent: readonly { readonly to: number; readonly request: Request }[];
  /** Brokers whose connection, with all that waits for it, was given up since. */
  readonly disconnected: readonly number[];
  /** Controlled shutdowns that are answered: whether the broker leads nothing any more that another could lead. */
  readonly shutdowns: readonly { readonly id: number; readonly released: boolean }[];
}

type Unaddressed = Request extends infer R ? (R extends Request ? Omit<R, 'brokerEpoch'> : never) : never;

export const registeredIds = ({ registrations }: ControllerContext): readonly number[] =>
  registrations.map(({ id }) => id);

export function liveBrokers(context: ControllerContext): LiveBrokers {
  const registered = registeredIds(context);
  return {
    live: without(registered, context.shuttingDown),
    shuttingDown: context.shuttingDown.filter((id) => registered.includes(id)),
  };
}

/** Sends to those of the brokers that are registered, each as the incarnation that is known. */
export function sendTo(
  context: ControllerContext,
  ids: readonly number[],
  request: Unaddressed,
): ControllerContext {
  const addressed = context.registrations
    .filter(({ id }) => ids.includes(id))
    .map(({ id, brokerEpoch }) => ({ to: id, request: { ...request, brokerEpoch } }));
  return { ...context, sent: [...context.sent, ...addressed] };
}

/** Tells the brokers the leadership that the controller knows of, if there is one. */
export function sendLeaderAndIsr(
  context: ControllerContext,
  ids: readonly number[],
  partition: number,
): ControllerContext {
  const cached = context.partitions[partition];
  if (cached?.leadership == null) return context;
  const { leader, leaderEpoch, isr, partitionEpoch } = cached.leadership;
  const { replicas } = cached.assignment;
  return sendTo(context, ids, {
    kind: 'LeaderAndIsr',
    partition,
    leader,
    leaderEpoch,
    isr,
    partitionEpoch,
    replicas,
  });
}

/** UpdateMetadata: who lives. */
export function sendMetadata(context: ControllerContext): ControllerContext {
  const alive = registeredIds(context);
  return sendTo(context, alive, { kind: 'UpdateMetadata', alive });
}

export function patchPartition(
  context: ControllerContext,
  partition: number,
  fields: Partial<CachedPartition>,
): ControllerContext {
  const partitions = context.partitions.map((cached, i) =>
    i === partition ? { ...cached, ...fields } : cached,
  );
  return { ...context, partitions };
}

export const learnLeadership = (
  context: ControllerContext,
  partition: number,
  leadership: PartitionNode,
): ControllerContext => patchPartition(context, partition, { leadership });

/** Undefined for an invalid transition: it is left out. */
export function movePartition(
  context: ControllerContext,
  partition: number,
  to: PartitionState,
): ControllerContext | undefined {
  const state = context.partitions[partition]?.state ?? 'NonExistent';
  return isValidPartitionTransition(state, to)
    ? patchPartition(context, partition, { state: to })
    : undefined;
}

export function replicaState(context: ControllerContext, partition: number, id: number): ReplicaState {
  const known = context.partitions[partition]?.replicas.find((replica) => replica.id === id);
  return known?.state ?? 'NonExistent';
}

/** Moves a replica, with what its broker is sent for that; undefined for an invalid transition: it is left out. */
export function moveReplica(
  context: ControllerContext,
  partition: number,
  id: number,
  to: ReplicaState,
): ControllerContext | undefined {
  const from = replicaState(context, partition, id);
  const cached = context.partitions[partition];
  if (cached === undefined || !isValidReplicaTransition(from, to)) return;
  const others = cached.replicas.filter((replica) => replica.id !== id);
  const replicas = to === 'NonExistent' ? others : [...others, { id, state: to }].sort((a, b) => a.id - b.id);
  const moved = patchPartition(context, partition, { replicas });
  const request = requestToReplica(from, to, cached.leadership !== null);
  if (request?.kind === 'LeaderAndIsr') return sendLeaderAndIsr(moved, [id], partition);
  if (request?.kind !== 'StopReplica') return moved;
  const leaderEpoch = cached.leadership?.leaderEpoch ?? -1;
  return sendTo(moved, [id], { ...request, partition, leaderEpoch });
}
