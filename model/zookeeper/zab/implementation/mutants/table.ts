import type { Mutants } from '../../../../../checker/language/index.ts';
import type { ImplementationParams } from '../params.ts';
import type { ImplementationRules } from '../rules.ts';

export type Table = Mutants<ImplementationParams, ImplementationRules>;

/** From a leader with its followers: a follower that loses it and comes back. */
export const rejoined = { transactions: 1, crashes: 0, disconnects: 1 } as const;

/** The same, when nobody is lost. */
export const undisturbed = { transactions: 1, crashes: 0, disconnects: 0 } as const;

/** From empty disks, where a learner gets a snapshot. */
export const fresh = { ...rejoined, start: 'fresh' } as const;

/** The same with an observer. */
export const observed = { ...rejoined, observers: 1 } as const;

/** One crash, so that another leader is elected. */
export const elected = { transactions: 1, crashes: 1, disconnects: 0 } as const;

/** A discovery message by message, after a crash. */
export const byMessage = {
  discovery: 'byMessage',
  transactions: 0,
  crashes: 1,
  disconnects: 0,
  epochs: 2,
} as const;
