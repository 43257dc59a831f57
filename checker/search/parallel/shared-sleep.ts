import type { SleepKeeper } from '../sleep-sets.ts';
import type { Claims } from './claims.ts';

const NOTHING = new Int32Array(0);
/** Beyond all states. */
const END = 0x7fffffff;

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
  /** The batch of the state that was taken last, or of the next state that has one. */
  private first = 0;
  private end = 0;
  private sets: Int32Array = NOTHING;

  constructor(claims: Claims) {
    this.claims = claims;
  }

  /** For a round: of the states that it expands. */
  begin(batches: readonly SleepBatch[]): void {
    this.batches = batches;
    this.end = -1;
  }

  keep(state: number, set: Int32Array): void {
    this.claims.keep(state, set);
  }

  take(state: number, into: Int32Array): void {
    if (state >= this.end) this.turnTo(state);
    const { first, sets } = this;
    const from = (state - first) * into.length;
    for (let w = 0; w < into.length; w++) into[w] = state < first ? 0 : (sets[from + w] as number);
  }

  private turnTo(state: number): void {
    const batch = this.batches.find(({ end }) => state < end);
    this.first = batch?.first ?? END;
    this.end = batch?.end ?? END;
    this.sets = batch?.sets ?? NOTHING;
  }
}
