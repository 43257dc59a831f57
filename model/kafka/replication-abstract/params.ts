import { z } from 'zod';
import { type DeepReadonly, range } from '../../../checker/language/index.ts';

export const AbstractParams = z.strictObject({
  replicas: z.int().min(1).max(5).default(2).describe('replicas of the partition, numbered from 0'),
  logSize: z.int().min(1).max(5).default(2).describe('records that fit into a log'),
  records: z.int().min(1).max(5).default(2).describe('records produced'),
  maxLeaderEpoch: z.int().min(0).max(5).default(2).describe('the last leader epoch; the first is 0'),
});
export type AbstractParams = DeepReadonly<z.output<typeof AbstractParams>>;

export const replicasOf = (p: Pick<AbstractParams, 'replicas'>): readonly number[] => range(p.replicas);
export const epochsUpTo = (p: Pick<AbstractParams, 'maxLeaderEpoch'>): readonly number[] =>
  range(p.maxLeaderEpoch + 1);
