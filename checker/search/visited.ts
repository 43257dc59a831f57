import type { Successors } from '../space/successors.ts';

/** The set of states that a search has come to, numbered from 0 in the order of discovery. A `StateStore` is one. */
export interface Visited {
  readonly count: number;
  readonly bytes: number;
  /** The number of the state, or -1 - number when it was not there and has been added. */
  insert(vector: Int32Array, hash: number, parent: number): number;
  /** The state that was opened last, always in the same array; to be read only. */
  readonly vector: Int32Array;
  /** Reads a state to expand it; its successors go in by `insertNear`. Answers its hash. */
  open(state: number): number;
  /** Says which states are about to be inserted, so that looking for all of them takes less time than for each in turn. */
  expect?(hashes: Int32Array, count: number): void;
  /** As `insert`, for a state that differs from the opened one only in `slots[from..to)`. The parent is the opened one. */
  insertNear(vector: Int32Array, slots: Int32Array, from: number, to: number, hash: number): number;
  /** Whether a state that `insertNear` has found has a smaller number than all that the opened one leads to first. */
  wasBefore(found: number): boolean;
  /** The number of a state that `insert` or `insertNear` has answered, where that is another one. */
  numberOf?(found: number): number;
  read(state: number, into: Int32Array): void;
  parentOf(state: number): number;
}

/** The states that a search has come to, to be looked at afterwards. */
export type Seen = Pick<Visited, 'count' | 'read' | 'parentOf'>;

/** Where a search takes the steps out of a state from: all of them (`Transitions`), or as many as suffice. */
export interface StepSource {
  /** `asleep` has a bit for each instance whose changes do not matter; they may be left out. */
  expand(vector: Int32Array, into: Successors, asleep?: Int32Array): void;
}

/** Writes the state that is kept in the place of `vector`, one for a class of states that are alike, into `into`. */
export type Representative = (vector: Int32Array, into: Int32Array) => void;
