import { z } from 'zod';
import type { DeepReadonly } from '../../../checker/language/index.ts';
import { EventThreadParams, eventThreadBudgets } from '../controller/params.ts';
import { DataPathParams, dataPathBudgets } from '../replication/params.ts';

const controller = EventThreadParams.omit({ partition: true }).shape;
const replication = DataPathParams.omit({ isrWrites: true }).shape;
const about = (schema: z.ZodType): string => schema.description ?? '';

/** Those of the event thread and of the data path. Brokers that have no replica may be the controller all the same. */
export const ClusterParams = z.strictObject({
  ...controller,
  ...replication,
  brokers: z.int().min(1).max(5).default(2),
  replicas: z
    .int()
    .min(1)
    .max(5)
    .default(2)
    .describe(
      'brokers with a replica of the partition, from 0 on: 0 leads at first, and the last broker is the controller',
    ),
  expiries: controller.expiries.removeDefault().default(0).describe(about(controller.expiries)),
  operatorDeletes: controller.operatorDeletes
    .removeDefault()
    .default(0)
    .describe(about(controller.operatorDeletes)),
  reads: controller.reads.removeDefault().default('asOne').describe(about(controller.reads)),
  machineCrashes: replication.machineCrashes
    .removeDefault()
    .default(1)
    .describe('crashes of a broker, which starts again when its session is over; see flushEveryRecord'),
  shrinks: replication.shrinks.removeDefault().default(0).describe(about(replication.shrinks)),
  flushEveryRecord: replication.flushEveryRecord
    .removeDefault()
    .default(true)
    .describe('a crash loses nothing; without it, what no other replica has made safe may be lost'),
});
export type ClusterParams = DeepReadonly<z.output<typeof ClusterParams>>;

export const budgets = [...eventThreadBudgets, ...dataPathBudgets] as const;
