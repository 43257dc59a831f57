import type { SleepKeeper } from '../sleep-sets.ts';
import type { Visited } from '../visited.ts';
import type { Claims } from './claims.ts';

/** What sleeps in the states that a round has found, from number `first` on; the rounds' are in order. */
export interface SleepBatch {
  readonly first: number;
  readonly end: number;
  /** In shared memory. */
  readonly sets: Int32Array;
}

/**
 * One thread's part in the sleep sets. What sleeps in a state that a round finds depends on which parent it is found from, so it
 * goes with the claim, and counts when that is the one that stands.
 */
export class SharedSleep implements SleepKeeper {
  private readonly claims: Claims;
  private batches: readonly SleepBatch[] = [];
  private at = 0;

  constructor(claims: Claims) {
    this.claims = claims;
  }

  /** For a round: of the states that it expands. */
  begin(batches: readonly SleepBatch[]): void {
    this.batches = batches;
    this.at = 0;
  }

  keep(state: number, set: Int32Array): void {
    this.claims.keep(state, set);
  }

  take(state: number, into: Int32Array): void {
    const { batches } = this;
    while (this.at < batches.length && state >= (batches[this.at] as SleepBatch).end) this.at++;
    const batch = batches[this.at];
    const from = batch === undefined ? -1 : (state - batch.first) * into.length;
    for (let w = 0; w < into.length; w++)
      into[w] = from < 0 ? 0 : ((batch as SleepBatch).sets[from + w] as number);
  }
}

/** What sleeps in the states from number `first` on, so many words each, for all threads to see. */
export function sleepOf({ count }: Visited, first: number, keeper: SleepKeeper, words: number): SleepBatch {
  const sets = new Int32Array(new SharedArrayBuffer((count - first) * words * 4));
  for (let state = first; state < count; state++)
    keeper.take(state, sets.subarray((state - first) * words, (state - first + 1) * words));
  return { first, end: count, sets };
}
