import { z } from 'zod';
import type { DeepReadonly } from '../../../checker/language/index.ts';

export const StormParams = z.strictObject({
  clients: z.int().min(1).max(12).default(8),
  lost: z.int().min(0).max(12).default(3).describe('clients that lose their connections at once'),
  capacity: z.int().min(1).max(12).default(2).describe('sessions that the server opens or closes in a tick'),
  abandoned: z
    .int()
    .min(0)
    .max(40)
    .default(0)
    .describe(
      'connections that were given up before it begins, and wait to be served: a storm that is on already',
    ),
  patience: z
    .int()
    .min(1)
    .max(9)
    .default(2)
    .describe('ticks that a client waits for its session: its connect timeout'),
  fds: z.int().min(1).max(40).default(16).describe('connections that the server has file descriptors for'),
  limit: z.int().min(1).max(40).default(4).describe('connections that a limit allows'),
  tokens: z
    .int()
    .min(1)
    .max(12)
    .default(1)
    .describe('connections that a throttle lets in while a tick lasts'),
});
export type StormParams = DeepReadonly<z.output<typeof StormParams>>;

/** Something that the server has to do. */
export interface Work {
  readonly kind: 'open' | 'close';
  /** Ticks that a client has waited for it. */
  readonly age: number;
  /** Nobody waits for it any more. */
  readonly abandoned: boolean;
}
