import type { SharedMemory } from './shared-memory.ts';
import type { SleepBatch } from './shared-sleep.ts';

export type ToWorker =
  | { readonly kind: 'memory'; readonly memory: SharedMemory }
  /** Expand the states from `from` to `to`, `chunk` at a time. */
  | {
      readonly kind: 'round';
      readonly from: number;
      readonly to: number;
      readonly chunk: number;
      /** Properties known to be violated, and witnesses found: they are no news. */
      readonly known: readonly string[];
      /** What sleeps in the states to expand. */
      readonly sleep: readonly SleepBatch[];
      /** Bytes that the memo may take beyond its floor. */
      readonly memo: number;
    }
  /** Count the claims of each chunk. */
  | { readonly kind: 'settle'; readonly counts: Int32Array }
  /** Give the claims their numbers, by chunk from `numbers` on; what is written begins with number `first`. */
  | {
      readonly kind: 'renumber';
      readonly numbers: Int32Array;
      readonly records: Int32Array;
      readonly asleep: Int32Array;
      readonly first: number;
    }
  /** Put every `of`-th segment of states, from number `share` on, into the table. */
  | { readonly kind: 'fill'; readonly share: number; readonly of: number }
  | { readonly kind: 'resume' };

export type FromWorker =
  | { readonly kind: 'ready' }
  /** Waits until the memory has room, also for `logRoom` bytes in the log of values. */
  | { readonly kind: 'held'; readonly logRoom: number }
  | { readonly kind: 'searched'; readonly report: RoundReport }
  | { readonly kind: 'settled' }
  | { readonly kind: 'renumbered' }
  | { readonly kind: 'filled' };

/** What a worker counted in a round. */
export interface RoundReport {
  /** Something happened that has to be told of: a violation, a witness, an error. */
  readonly news: boolean;
  /** Why the worker cannot go on: no memory is left for JavaScript values. */
  readonly full: string | undefined;
  readonly generated: number;
  readonly cut: number;
  readonly deadlocks: number;
  readonly expanded: number;
  readonly taken: Float64Array;
  readonly armedByStates: Float64Array;
  readonly armedBySteps: Float64Array;
  /** Of this worker since it began. */
  readonly evaluations: number;
  /** Of this worker's memo and its copy of the values. */
  readonly bytes: number;
}
