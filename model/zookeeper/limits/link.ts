import { z } from 'zod';
import { nothingSent, SyncLimitCheck } from './sync-limit-check.ts';

export const Leader = z.strictObject({
  state: z.enum(['looking', 'loading', 'syncing', 'serving']),
  /** Ticks in waitForNewLeaderAck. */
  waited: z.int().min(0),
  /** Ticks of loading left. */
  left: z.int().min(0),
});
export type Leader = Readonly<z.output<typeof Leader>>;

/** A follower, and the leader's handler of it. */
export const Link = z.strictObject({
  state: z.enum(['looking', 'waiting', 'receiving', 'flushing', 'serving']),
  /** Ticks in which the other side was heard nothing of: of the leader while waiting, of the follower while it flushes. */
  silent: z.int().min(0),
  /** Ticks of work left in this state. */
  left: z.int().min(0),
  /** Proposals that it has not acknowledged. */
  outstanding: z.int().min(0),
  check: SyncLimitCheck,
});
export type Link = Readonly<z.output<typeof Link>>;

export const lookingLeader: Leader = { state: 'looking', waited: 0, left: 0 };
export const lookingFollower: Link = {
  state: 'looking',
  silent: 0,
  left: 0,
  outstanding: 0,
  check: nothingSent,
};
export const syncedLink: Link = { ...lookingFollower, state: 'serving' };
