import { z } from 'zod';
import { type DeepReadonly, range } from '../../../checker/language/index.ts';

export const ClientQueueParams = z.strictObject({
  brokers: z
    .int()
    .min(2)
    .max(4)
    .default(3)
    .describe('clients: Kafka brokers, each with a session and leading one partition'),
  timeout: z.int().min(3).max(30).default(6).describe('session timeout, in ticks'),
  capacity: z.int().min(1).max(9).default(2).describe('requests that ZooKeeper serves in a tick'),
  burst: z
    .int()
    .min(0)
    .max(9)
    .default(2)
    .describe('updates that each broker sends at once, such as changes of ISRs'),
  throttle: z.int().min(1).max(9).default(9).describe('updates of a broker that may be on their way at once'),
});
export type ClientQueueParams = DeepReadonly<z.output<typeof ClientQueueParams>>;

export const brokersOf = (p: Pick<ClientQueueParams, 'brokers'>): readonly number[] => range(p.brokers);

export const Request = z.strictObject({
  /** A broker, or null for the controller. */
  from: z.int().nullable(),
  kind: z.enum(['update', 'ping', 'connect', 'election']),
});
export type Request = Readonly<z.output<typeof Request>>;

export const Broker = z.strictObject({
  connected: z.boolean(),
  /** Ticks since it sent, and heard, something. */
  idleSend: z.int().min(0),
  idleRecv: z.int().min(0),
  /** Updates that it has not sent, or that have to be sent again. */
  pending: z.int().min(0),
  /** Ticks until its session expires; 0 when it has. */
  expiresIn: z.int().min(0),
});
export type Broker = Readonly<z.output<typeof Broker>>;
