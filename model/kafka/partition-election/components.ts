import { z } from 'zod';
import {
  type ActionView,
  type DeepReadonly,
  family,
  links,
  queues,
  ref,
  setOf,
  single,
  table,
} from '../../../checker/language/index.ts';
import { brokersOf, budgets, epochsOf, type PartitionElectionParams, partitionsOf } from './params.ts';
import { partitionStates } from './partition-states.ts';
import { replicaStates } from './replica-states.ts';
import { describeRequest } from './words.ts';

const BrokerId = ref('broker', { min: 0 });
const Brokers = setOf(BrokerId);
const Epoch = z.int().min(0);

/** The znode .../partitions/<p>/state. */
const PartitionNode = z.strictObject({
  leader: BrokerId.nullable(),
  leaderEpoch: Epoch,
  isr: Brokers,
  /** The znode's version. */
  partitionEpoch: Epoch,
  /** Of the controller that wrote it, or made the leader that wrote it. */
  controllerEpoch: Epoch,
});
export type PartitionNode = DeepReadonly<z.output<typeof PartitionNode>>;

const Assignment = z.strictObject({
  replicas: z.array(BrokerId),
  addingReplicas: z.array(BrokerId),
  removingReplicas: z.array(BrokerId),
});

const Registration = z.strictObject({ id: BrokerId, brokerEpoch: Epoch });

const Broker = z.strictObject({
  /** stopping: asks for a controlled shutdown; released: may exit; exhausted: exits all the same. */
  process: z.enum(['up', 'stopping', 'released', 'exhausted', 'down']),
  /** As the broker knows it; the znode may be newer. */
  brokerEpoch: Epoch,
  /** The highest that it has seen since it started. */
  controllerEpoch: Epoch,
  /** Times that it may still be refused a controlled shutdown. */
  attempts: z.int().min(0),
  /** Brokers that UpdateMetadata has told of. */
  alive: Brokers,
});
export type Broker = DeepReadonly<z.output<typeof Broker>>;

/** What a broker believes about a partition. */
const Replica = z.strictObject({
  leader: BrokerId.nullable(),
  /** -1: has not heard of the partition since it started. */
  leaderEpoch: z.int().min(-1),
  /** Of a follower: its fetcher runs. */
  fetching: z.boolean(),
  /** The rest is a leader's; empty otherwise. */
  isr: Brokers,
  pendingIsr: Brokers.nullable(),
  partitionEpoch: Epoch,
  replicas: z.array(BrokerId),
});
export type Replica = DeepReadonly<z.output<typeof Replica>>;

const Request = z.union([
  z.strictObject({
    kind: z.literal('LeaderAndIsr'),
    brokerEpoch: Epoch,
    partition: z.int(),
    leader: BrokerId.nullable(),
    leaderEpoch: Epoch,
    isr: Brokers,
    partitionEpoch: Epoch,
    replicas: z.array(BrokerId),
  }),
  z.strictObject({
    kind: z.literal('StopReplica'),
    brokerEpoch: Epoch,
    partition: z.int(),
    leaderEpoch: Epoch,
    delete: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('UpdateMetadata'), brokerEpoch: Epoch, alive: Brokers }),
]);
export type Request = DeepReadonly<z.output<typeof Request>>;

const seen = PartitionNode.nullable();

/** What is left to do of the event that a controller handles. `seen` is the znode as it was read for the write to come. */
const Task = z.union([
  z.strictObject({
    kind: z.literal('goOnline'),
    partition: z.int(),
    strategy: z.enum(['offline', 'reassign', 'preferred', 'controlledShutdown']),
    /** Forced by an administrator. */
    unclean: z.boolean(),
    seen,
  }),
  z.strictObject({ kind: z.literal('chooseLeader'), partition: z.int(), id: BrokerId, seen }),
  z.strictObject({
    kind: z.literal('replicaOffline'),
    partition: z.int(),
    id: BrokerId,
    /** After it, delete the replica: it was reassigned. */
    delete: z.boolean(),
    seen,
  }),
  z.strictObject({ kind: z.literal('raiseLeaderEpoch'), partition: z.int(), seen }),
  z.strictObject({ kind: z.literal('create'), partition: z.int() }),
  z.strictObject({ kind: z.literal('assign'), partition: z.int(), assignment: Assignment }),
  z.strictObject({ kind: z.literal('reassign'), partition: z.int() }),
  z.strictObject({ kind: z.literal('brokerStartup'), started: setOf(Registration) }),
  z.strictObject({ kind: z.literal('brokerFailure'), died: Brokers }),
  z.strictObject({ kind: z.literal('startPartitions') }),
  z.strictObject({ kind: z.literal('electOffline') }),
  z.strictObject({ kind: z.literal('answerShutdown'), id: BrokerId }),
  z.strictObject({ kind: z.literal('sendMetadata') }),
]);
export type Task = DeepReadonly<z.output<typeof Task>>;

/** What a controller knows of a partition. */
const CachedPartition = z.strictObject({
  state: z.enum(partitionStates),
  leadership: PartitionNode.nullable(),
  assignment: Assignment,
  replicas: setOf(z.strictObject({ id: BrokerId, state: z.enum(replicaStates) })),
});
export type CachedPartition = DeepReadonly<z.output<typeof CachedPartition>>;

const Controller = z.strictObject({
  /** unsure: the reply to its election is lost; elected: has to take over; gone: resigned or crashed. */
  phase: z.enum(['none', 'unsure', 'elected', 'active', 'gone']),
  registrations: setOf(Registration),
  shuttingDown: Brokers,
  tasks: z.array(Task),
});
export type Controller = DeepReadonly<z.output<typeof Controller>>;

const AlterPartition = z.strictObject({
  partition: z.int(),
  leaderEpoch: Epoch,
  isr: Brokers,
  partitionEpoch: Epoch,
  brokerEpoch: Epoch,
});
const AlterPartitionAnswer = z.strictObject({
  partition: z.int(),
  error: z.enum([
    'none',
    'NOT_CONTROLLER',
    'STALE_BROKER_EPOCH',
    'UNKNOWN_TOPIC_OR_PARTITION',
    'FENCED_LEADER_EPOCH',
    'INVALID_UPDATE_VERSION',
    'INVALID_REQUEST',
    'INELIGIBLE_REPLICA',
    'UNKNOWN_SERVER_ERROR',
  ]),
  isr: Brokers,
  leaderEpoch: Epoch,
  partitionEpoch: Epoch,
});

export function partitionElectionComponents(p: PartitionElectionParams) {
  const [brokers, partitions, epochs] = [brokersOf(p), partitionsOf(p), epochsOf(p)];
  const lane = { lane: 'broker' };
  return {
    /** Its zkVersion rises with it, so that one number stands for both. */
    controllerEpoch: single(Epoch),
    /** /brokers/ids/<id>: the broker epoch, null when it is not registered. */
    brokerNode: family(brokers, Epoch.nullable()),
    assignmentNode: family(partitions, Assignment.nullable()),
    partitionNode: family(partitions, PartitionNode.nullable()),
    /** A znode under /isr_change_notification names the partition. */
    isrChange: family(partitions, z.boolean()),
    /** unclean.leader.election.enable of the topic. */
    unclean: single(z.boolean()),
    broker: family(brokers, Broker, lane),
    replica: table(brokers, partitions, Replica, lane),
    controller: family(epochs, Controller, { lane: 'controller' }),
    cached: table(epochs, partitions, CachedPartition, { lane: 'controller' }),
    /** Requests of the controller of an epoch to a broker, one at a time. */
    request: links(epochs, brokers, Request, { lanes: ['controller', 'broker'], says: describeRequest }),
    alterRequest: queues(brokers, AlterPartition, { capacity: 1, ...lane }),
    alterAnswer: queues(brokers, AlterPartitionAnswer, { capacity: 1, ...lane }),
    budget: family(budgets, z.int().min(0)),
  };
}
export type PartitionElectionView = ActionView<ReturnType<typeof partitionElectionComponents>>;

type Budget = (typeof budgets)[number];
export const spend = (s: PartitionElectionView, kind: Budget) => s.budget(kind).set(s.budget(kind).value - 1);
export const spent = (s: PartitionElectionView, kind: Budget): boolean => s.budget(kind).value === 0;

/** A broker that knows nothing of a partition. */
export const unaware: Replica = {
  leader: null,
  leaderEpoch: -1,
  fetching: false,
  isr: [],
  pendingIsr: null,
  partitionEpoch: 0,
  replicas: [],
};
