import { z } from 'zod';
import { type DeepReadonly, range } from '../../../checker/language/index.ts';

const budget = (what: string, times = 0) => z.int().min(0).max(4).default(times).describe(what);

export const ControllerParams = z.strictObject({
  brokers: z.int().min(1).max(5).default(2),
  start: z
    .enum(['established', 'empty'])
    .default('established')
    .describe(
      'established: broker 0 is the controller, in epoch 1, and the last one leads the partition; empty: all have just started',
    ),
  partition: z
    .boolean()
    .default(true)
    .describe('a partition with a replica on each broker, for whose leader the controller cares'),
  receivers: z
    .enum(['one', 'all'])
    .default('one')
    .describe('one: what any one of the brokers makes of the requests; all: what they make of them together'),
  expiries: budget('sessions that ZooKeeper gives up although their brokers run', 1),
  operatorDeletes: budget('times that an operator deletes /controller', 1),
  operatorRewrites: budget('times that an operator writes the id of another broker into /controller'),
  crashes: budget('brokers that crash; they start again once their sessions are over'),
  lostReplies: budget('elections whose reply is lost with the connection'),
  duplicates: budget('requests of the controller that arrive twice, since the answer to the first was lost'),
  errors: budget('unexpected errors of a broker that is about to take over as the controller'),
  pauses: budget('pauses of a broker, such as a collection of garbage'),
  reads: z
    .enum(['oneByOne', 'asOne'])
    .default('oneByOne')
    .describe(
      'whether a broker that stands for election reads /controller and the epoch one by one, or all at once',
    ),
  election: z
    .enum(['multi', 'createThenBump'])
    .default('multi')
    .describe('whether /controller and its epoch are written as one; a change sets the other'),
  idsWatchedBy: z
    .enum(['controller', 'everyBroker'])
    .default('controller')
    .describe('who watches /brokers/ids; a change sets the other'),
  beyondPromise: z
    .boolean()
    .default(false)
    .describe(
      'check what is not promised as well, such as a controller after an operator has rewritten /controller',
    ),
});
export type ControllerParams = DeepReadonly<z.output<typeof ControllerParams>>;

/** What the event thread goes by. Without `partition` it leaves partitions to somebody else, as kafka/cluster does. */
export const EventThreadParams = ControllerParams.pick({
  brokers: true,
  expiries: true,
  operatorDeletes: true,
  operatorRewrites: true,
  lostReplies: true,
  errors: true,
  reads: true,
  election: true,
  idsWatchedBy: true,
  beyondPromise: true,
}).extend({ partition: ControllerParams.shape.partition.optional() });
export type EventThreadParams = DeepReadonly<z.output<typeof EventThreadParams>>;

export const brokersOf = (p: Pick<ControllerParams, 'brokers'>): readonly number[] => range(p.brokers);

export const eventThreadBudgets = [
  'expiries',
  'operatorDeletes',
  'operatorRewrites',
  'lostReplies',
  'errors',
] as const;
export const budgets = [
  'expiries',
  'operatorDeletes',
  'operatorRewrites',
  'crashes',
  'lostReplies',
  'duplicates',
  'errors',
  'pauses',
] as const;
