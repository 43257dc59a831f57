import { z } from 'zod';
import { type DeepReadonly, range } from '../../../checker/language/index.ts';

export const HerdParams = z.strictObject({
  clients: z.int().min(1).max(8).default(4).describe('clients of the observer that watch the list'),
  children: z.int().min(1).max(1000).default(20).describe('children that are there before'),
  burst: z.int().min(1).max(9).default(1).describe('children that come, one a tick'),
  capacity: z
    .int()
    .min(1)
    .max(1000)
    .default(20)
    .describe('entries of lists that the observer sends in a tick'),
  groups: z
    .int()
    .min(1)
    .max(100)
    .default(1)
    .describe('nodes of a level in between, over which the children are spread'),
  hold: z.int().min(0).max(20).default(0).describe('ticks that a client waits before it reads again'),
  mostBehind: z.int().min(1).max(50).default(4).describe('children that a client may not know of'),
});
export type HerdParams = DeepReadonly<z.output<typeof HerdParams>>;

export const clientsOf = (p: Pick<HerdParams, 'clients'>): readonly number[] => range(p.clients);

export const Client = z.strictObject({
  state: z.enum(['watching', 'holding', 'reading']),
  /** Ticks until it reads. */
  hold: z.int().min(0),
  /** How many children of the burst were there when its list was read. */
  knows: z.int().min(0),
});
