import type { SharedMemory } from './shared-memory.ts';
import type { SleepBatch } from './shared-sleep.ts';
import type { NotedSteps } from './step-notes.ts';

/** Expand the states from `from` to `to`, `chunk` at a time. */
export interface RoundTask {
  readonly from: number;
  readonly to: number;
  readonly chunk: number;
  /** Properties known to be violated, and witnesses found: they are no news. */
  readonly known: readonly string[];
  /** Whether steps are noted. */
  readonly steps: boolean;
  /** What sleeps in the states to expand. */
  readonly sleep: readonly SleepBatch[];
  /** Bytes that the memo may take beyond its floor. */
  readonly memo: number;
}

/** Give the claims their numbers, by chunk from `numbers` on; what sleeps in them goes to `asleep`, from state `first` on. */
export interface Numbering {
  readonly numbers: Int32Array;
  readonly asleep: Int32Array;
  readonly first: number;
}

export type ToWorker =
  | { readonly kind: 'memory'; readonly memory: SharedMemory }
  | ({ readonly kind: 'round' } & RoundTask)
  /** Count the claims of each chunk. */
  | { readonly kind: 'settle'; readonly counts: Int32Array }
  | ({ readonly kind: 'number' } & Numbering)
  /** Tell the steps of the round, when all its states have numbers. */
  | { readonly kind: 'steps' }
  /** Ask the predicates of the temporal claims of so many states; the answers go there. */
  | { readonly kind: 'ask'; readonly states: number; readonly answers: readonly SharedArrayBuffer[] }
  /** Take part in moving the states there, and go on with that memory. */
  | { readonly kind: 'move'; readonly memory: SharedMemory }
  | { readonly kind: 'resume' };

export type FromWorker =
  | { readonly kind: 'ready' }
  /** Waits until the memory has room; how much it wants is in the shared memory. */
  | { readonly kind: 'held' }
  | { readonly kind: 'searched'; readonly report: WorkerReport }
  | { readonly kind: 'settled' }
  | { readonly kind: 'numbered' }
  | { readonly kind: 'steps'; readonly steps: NotedSteps };

/** What a hand counted in a round. */
export interface RoundReport {
  /** The state out of which something happened that has to be told of: a violation, an error. */
  readonly newsAt: number | undefined;
  /** By witness that is not known: the records of the new states that are one. */
  readonly witnessed: ReadonlyMap<string, readonly number[]>;
  /** Why the hand cannot go on: no memory is left for JavaScript values. */
  readonly full: string | undefined;
  readonly generated: number;
  readonly cut: number;
  readonly deadlocks: number;
  readonly expanded: number;
  readonly taken: Float64Array;
  readonly armedByStates: Float64Array;
  readonly armedBySteps: Float64Array;
}

export interface WorkerReport extends RoundReport {
  /** Of this worker since it began. */
  readonly evaluations: number;
  /** Of this worker's memo and its copy of the values. */
  readonly bytes: number;
}
