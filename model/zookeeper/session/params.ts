import { z } from 'zod';
import { type DeepReadonly, range } from '../../../checker/language/index.ts';

/** Half ticks in a tick: leaders and learners exchange PINGs twice a tick. */
export const TICK = 2;

export const SessionParams = z.strictObject({
  clients: z
    .int()
    .min(1)
    .max(3)
    .default(2)
    .describe('clients, each with a session; the first one holds the lock'),
  timeout: z
    .int()
    .min(2 * TICK)
    .max(20 * TICK)
    .default(3 * TICK)
    .describe('session timeout in half ticks, from 2 to 20 ticks'),
  pauses: z.int().min(0).max(2).default(0).describe('pauses of whole processes (garbage collection)'),
  pauseOf: z.enum(['leader', 'follower', 'client']).default('leader').describe('who pauses'),
  pauseLength: z.int().min(1).max(40).default(8).describe('half ticks that a pause lasts'),
  disconnects: z.int().min(0).max(2).default(0).describe('connections of clients that break'),
  deaths: z.int().min(0).max(2).default(1).describe('clients that die'),
});
export type SessionParams = DeepReadonly<z.output<typeof SessionParams>>;

export const clientsOf = (p: Pick<SessionParams, 'clients'>): readonly number[] =>
  range(p.clients).map((i) => i + 1);

export const LEADER = 'leader';
export const FOLLOWER = 'follower';
export const SERVERS = [LEADER, FOLLOWER] as const;
export type ServerName = (typeof SERVERS)[number];
