import type { Mutants } from '../../../checker/language/index.ts';
import type { StormParams, Work } from './params.ts';

export const stormRules = {
  /** How many connections are let in, with these requests waiting already: all, for which there are file descriptors. */
  admitted: (_queue: readonly Work[], p: StormParams): number => p.fds,
  /** Whether a client that has waited for so long closes the connection and tries again. */
  givesUp: (age: number, patience: number): boolean => age >= patience,
  /** What the server does within a tick: the oldest first, whether somebody still waits for it or not. */
  done: (queue: readonly Work[], capacity: number): readonly Work[] => queue.slice(0, capacity),
};
export type StormRules = typeof stormRules;

export const stormMutants: Mutants<StormParams, StormRules> = {
  done: {
    nothing: { about: 'The server does nothing', rule: () => [] },
    regardless: {
      about: 'Who has left counts as connected once its session is open',
      rule: (queue, capacity) => queue.slice(0, capacity).map((one) => ({ ...one, abandoned: false })),
      at: { lost: 8 },
    },
  },
};
