import { z } from 'zod';
import { type DeepReadonly, range } from '../../../checker/language/index.ts';
import { effectiveMinIsr } from './produce.ts';

const budget = (what: string, times = 0) => z.int().min(0).max(5).default(times).describe(what);

export const ReplicationParams = z.strictObject({
  replicas: z.int().min(1).max(5).default(2).describe('brokers, each with a replica, numbered from 0'),
  records: z.int().min(0).max(5).default(1).describe('records produced'),
  acks: z.enum(['all', '1']).default('all').describe('when the producer takes a record for written'),
  minInsyncReplicas: z.int().min(1).max(5).default(2).describe('min.insync.replicas'),
  uncleanLeaderElection: z.boolean().default(false).describe('unclean.leader.election.enable'),
  flushEveryRecord: z
    .boolean()
    .default(false)
    .describe('log.flush.interval.messages=1: a machine crash loses nothing'),
  isrWrites: z
    .enum(['alterPartition', 'znode'])
    .default('alterPartition')
    .describe('a leader asks the controller for an ISR change, or writes the znode itself'),
  moves: budget('times that the controller moves leadership although nobody failed', 1),
  shrinks: budget('times that a leader takes a slow follower out of the ISR', 1),
  cleanStops: budget('controlled shutdowns'),
  processCrashes: budget('crashes of a broker process: the page cache survives'),
  machineCrashes: budget('crashes of a machine: what was not flushed is lost', 1),
  wipes: budget('disks of stopped brokers replaced by empty ones'),
  corruptIndexes: budget('crashed brokers that cannot start until their disk is replaced'),
  operator: z
    .boolean()
    .default(false)
    .describe('somebody makes another replica the leader before a broker with an empty disk may start'),
  beyondPromise: z
    .boolean()
    .default(false)
    .describe('check all promises, also where Kafka does not give them under these settings and faults'),
});
export type ReplicationParams = DeepReadonly<z.output<typeof ReplicationParams>>;

/** What replicas and their leader go by, whoever the controller is. Without isrWrites a leader writes the znode itself. */
export const DataPathParams = ReplicationParams.pick({
  replicas: true,
  records: true,
  acks: true,
  minInsyncReplicas: true,
  uncleanLeaderElection: true,
  flushEveryRecord: true,
  shrinks: true,
  machineCrashes: true,
  wipes: true,
  beyondPromise: true,
}).extend({ isrWrites: ReplicationParams.shape.isrWrites.optional() });
export type DataPathParams = DeepReadonly<z.output<typeof DataPathParams>>;

export const dataPathBudgets = ['shrinks', 'machineCrashes', 'wipes'] as const;
export const budgets = [
  'moves',
  'shrinks',
  'cleanStops',
  'processCrashes',
  'machineCrashes',
  'wipes',
  'corruptIndexes',
] as const;

export const brokersOf = (p: Pick<ReplicationParams, 'replicas'>): readonly number[] => range(p.replicas);

export const minIsrOf = (p: Pick<ReplicationParams, 'replicas' | 'minInsyncReplicas'>): number =>
  effectiveMinIsr(p.minInsyncReplicas, p.replicas);

/** Restarts with less than was written. */
export const lossyRestarts = (p: DataPathParams): number =>
  p.wipes + (p.flushEveryRecord ? 0 : p.machineCrashes);

/** How many of them an acknowledged record survives, as KIP-966 promises: min.insync.replicas less one. */
export const toleratedLosses = (p: DataPathParams): number => (p.acks === 'all' ? minIsrOf(p) - 1 : 0);

/** Whether an acknowledged record is promised to survive. */
export const keepsAcked = (p: DataPathParams): boolean =>
  p.beyondPromise || (!p.uncleanLeaderElection && p.acks === 'all' && lossyRestarts(p) <= toleratedLosses(p));

/** Whether only those are elected who have everything committed. */
export const cleanElections = (p: DataPathParams): boolean => p.beyondPromise || !p.uncleanLeaderElection;
