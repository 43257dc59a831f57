import { z } from 'zod';
import type { DeepReadonly } from '../../../checker/language/index.ts';

const ticks = (least: number, usual: number, what: string) =>
  z.int().min(least).max(20).default(usual).describe(what);

export const LimitParams = z.strictObject({
  followers: z.int().min(1).max(4).default(2).describe('voting servers beside the leader'),
  start: z.enum(['cold', 'serving']).default('cold').describe('all look for a leader, or all serve'),
  initLimit: ticks(1, 5, 'initLimit, in ticks'),
  syncLimit: ticks(1, 3, 'syncLimit, in ticks'),
  load: ticks(0, 1, 'ticks to read the snapshot from disk'),
  transfer: ticks(1, 2, 'ticks to send a snapshot to a learner, which reads it meanwhile'),
  flush: ticks(
    1,
    1,
    'ticks in which the learner writes it to its own disk, before it acknowledges NEWLEADER',
  ),
  burst: z
    .int()
    .min(0)
    .max(5)
    .default(1)
    .describe('proposals that come at once, whenever the last ones are acknowledged'),
  slow: z.int().min(0).max(4).default(0).describe('followers with a slow disk'),
  slowFlush: ticks(
    1,
    2,
    'ticks that a slow disk takes for each proposal; others flush a burst within a tick',
  ),
  restarts: z.int().min(0).max(3).default(1).describe('restarts of followers'),
});
export type LimitParams = DeepReadonly<z.output<typeof LimitParams>>;
