import type { Mutants } from '../../../checker/language/index.ts';
import type { HerdParams } from './params.ts';

export const herdRules = {
  /** Entries that one read returns: all children of the node that was watched (DataTree.getChildren), which is one group of them. */
  entriesToRead: ({ children, groups }: HerdParams, created: number): number =>
    Math.ceil((children + created) / groups),
  /**
   * Whether a client that has read so many of the burst is told that there are more: each read sets the watch again, and it misses
   * nothing between the two.
   */
  isNotified: (knows: number, created: number): boolean => knows < created,
  /** Ticks between a notification and the read. */
  holdBeforeReading: ({ hold }: HerdParams): number => hold,
};
export type HerdRules = typeof herdRules;

export const herdMutants: Mutants<HerdParams, HerdRules> = {
  entriesToRead: {
    whole: {
      about: 'A client reads all groups again when one has changed',
      rule: ({ children }, created) => children + created,
      at: { burst: 6, capacity: 20, groups: 5 },
    },
  },
  isNotified: {
    once: {
      about: 'A read after a notification does not set the watch again',
      rule: (knows, created) => knows === 0 && created > 0,
      at: { burst: 4 },
    },
  },
};
