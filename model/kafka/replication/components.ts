import { z } from 'zod';
import {
  type ActionView,
  channels,
  type DeepReadonly,
  family,
  ghost,
  operation,
  queues,
  ref,
  setOf,
  single,
  table,
} from '../../../checker/language/index.ts';
import { UNKNOWN_OFFSET } from './high-watermark.ts';
import { EpochEntry } from './leader-epoch-cache.ts';
import { type Log, LogRecord } from './log.ts';
import { brokersOf, budgets, type DataPathParams, dataPathBudgets } from './params.ts';

const BrokerId = ref('broker', { min: 0 });
const Isr = setOf(BrokerId);
const Offset = z.int().min(0);

/** The partition as the controller has it: the znode of the ZooKeeper era, the partition record since. */
export const Partition = z.strictObject({
  leader: BrokerId.nullable(),
  leaderEpoch: z.int().min(0),
  isr: Isr,
  /** Eligible leader replicas (KIP-966). */
  elr: Isr,
  /** Counts every change; the version of the znode. */
  partitionEpoch: z.int().min(0),
});
export type Partition = DeepReadonly<z.output<typeof Partition>>;

/** What LeaderAndIsr says. */
const LeaderAndIsr = Partition.omit({ elr: true });
export type LeaderAndIsr = DeepReadonly<z.output<typeof LeaderAndIsr>>;

export const Broker = z.strictObject({
  process: z.enum(['up', 'stopped', 'crashed', 'broken']),
  /** Counts the times that it registered. */
  brokerEpoch: z.int().min(0),
  /** Whom it believes to lead, in which epoch; -1 after a restart. */
  leader: BrokerId.nullable(),
  leaderEpoch: z.int().min(-1),
  highWatermark: Offset,
  /** Of a leader; empty otherwise. */
  isr: Isr,
  pendingIsr: Isr.nullable(),
  partitionEpoch: z.int().min(0),
  epochStartOffset: Offset,
  /** Of a follower: it has not yet made sure that its log is a prefix of the leader's. */
  truncating: z.boolean(),
});
export type Broker = DeepReadonly<z.output<typeof Broker>>;

/** What a leader knows of a follower: where it fetched last in this leader epoch, and as which incarnation. */
const FollowerEnd = z.strictObject({ offset: z.int().min(UNKNOWN_OFFSET), brokerEpoch: z.int().min(-1) });
export const unknownEnd = { offset: UNKNOWN_OFFSET, brokerEpoch: -1 };

export const FetchRequest = z.strictObject({
  /** Fetch, or OffsetsForLeaderEpoch. */
  kind: z.enum(['fetch', 'epoch']),
  currentLeaderEpoch: z.int().min(0),
  fetchOffset: Offset,
  /** The epoch asked for, or that of the last record. */
  epoch: z.int().min(0).nullable(),
  brokerEpoch: z.int().min(0),
});
export type FetchRequest = DeepReadonly<z.output<typeof FetchRequest>>;

const EpochEnd = z.strictObject({ epoch: z.int().min(0), endOffset: Offset });
export const FetchResponse = z.union([
  z.strictObject({ kind: z.literal('records'), records: z.array(LogRecord), highWatermark: Offset }),
  z.strictObject({ kind: z.literal('diverging'), end: EpochEnd }),
  z.strictObject({ kind: z.literal('outOfRange'), logEndOffset: Offset }),
  z.strictObject({ kind: z.literal('epochEnd'), end: EpochEnd.nullable() }),
]);
export type FetchResponse = DeepReadonly<z.output<typeof FetchResponse>>;

/** AlterPartition: the ISR that the leader wants, each member as the incarnation that it knows (KIP-903; -1 if unknown). */
export const AlterPartition = z.strictObject({
  isr: setOf(z.strictObject({ id: BrokerId, brokerEpoch: z.int().min(-1) })),
  leaderEpoch: z.int().min(0),
  partitionEpoch: z.int().min(0),
});
const AlterPartitionAnswer = z.strictObject({
  error: z.enum(['none', 'INELIGIBLE_REPLICA', 'FENCED_LEADER_EPOCH', 'INVALID_UPDATE_VERSION']),
  isr: Isr,
  leaderEpoch: z.int().min(0),
  partitionEpoch: z.int().min(0),
});

export function dataPathComponents(p: DataPathParams) {
  const brokers = brokersOf(p);
  const lane = { lane: 'broker' };
  return {
    broker: family(brokers, Broker, lane),
    log: family(brokers, z.array(LogRecord), lane),
    epochCache: family(brokers, z.array(EpochEntry), lane),
    /** By leader and follower. */
    followerEnd: table(brokers, brokers, FollowerEnd),
    fetchRequest: channels(brokers, FetchRequest, { capacity: 1, ...lane }),
    fetchResponse: channels(brokers, FetchResponse, { capacity: 1, ...lane }),
    partition: single(Partition),
    /** What the controller knows of a broker; it learns of a crash some time later. */
    registration: family(brokers, z.enum(['registered', 'shuttingDown', 'gone']), lane),
    leaderAndIsr: queues(brokers, LeaderAndIsr, lane),
    alterRequest: queues(brokers, AlterPartition, { capacity: 1, ...lane }),
    alterAnswer: queues(brokers, AlterPartitionAnswer, { capacity: 1, ...lane }),
    nextRecord: single(z.int().min(0)),
    budget: family(dataPathBudgets, z.int().min(0)),
    /** What producers were told is written. */
    acked: ghost(single(setOf(z.int().min(0)))),
    /** The longest log that any leader has shown to consumers: the true high watermark, and what is below it. */
    committed: ghost(single(z.array(LogRecord))),
  };
}
export type DataPathView = ActionView<ReturnType<typeof dataPathComponents>>;

export const replicationComponents = (p: DataPathParams) => ({
  ...dataPathComponents(p),
  budget: family(budgets, z.int().min(0)),
});
export type ReplicationView = ActionView<ReturnType<typeof replicationComponents>>;

export const ack = operation('ack', (acked: readonly number[], ids: readonly number[]) => [...acked, ...ids]);
export const commit = operation('commit', (committed: Log, shown: Log) =>
  shown.length > committed.length ? shown : committed,
);

/** A broker that leads nothing. */
export const idle = {
  leader: null,
  leaderEpoch: -1,
  isr: [],
  pendingIsr: null,
  partitionEpoch: 0,
  epochStartOffset: 0,
  truncating: false,
};
