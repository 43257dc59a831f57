import type { Mutants } from '../../../../../checker/language/index.ts';
import type { ImplementationParams } from '../params.ts';
import type { ImplementationRules } from '../rules.ts';

export type Table = Mutants<ImplementationParams, ImplementationRules>;

/** From a leader with its followers: a follower that loses it and comes back. */
export const rejoined = { transactions: 1, crashes: 0, disconnects: 1 } as const;

/** The same, when nobody is lost. */
export const undisturbed = { transactions: 1, crashes: 0, disconnects: 0 } as const;

/** One crash, so that another leader is elected. */
export const elected = { transactions: 1, crashes: 1, disconnects: 0 } as const;
