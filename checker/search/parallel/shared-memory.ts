/**
 * What all threads of a search see. States are records in segments, found by an open-addressing table of their numbers;
 * the parts are replaced only while no worker runs.
 */
export interface SharedMemory {
  readonly control: SharedArrayBuffer;
  /** Bits of each component in a packed state. */
  readonly bits: Uint8Array;
  /** 2^16 records each: the packed state, its hash, its parent. */
  readonly segments: readonly SharedArrayBuffer[];
  /** An entry is a number + 1, and in the bits above those that any number needs, the same bits of the hash; 0 is free. */
  readonly table: SharedArrayBuffer;
  readonly log: SharedArrayBuffer;
}

export const SEGMENT_BITS = 16;
export const SEGMENT = 2 ** SEGMENT_BITS;

/** Places in `control`, each in a cache line of its own: some are written for every state, others read for every state. */
export const Control = {
  /** Numbers given out. */
  count: 0,
  /** The next state of the round to be handed out. */
  next: 16,
  /** What workers have to mind between two states: bits of `Mind`. */
  mind: 32,
  /** Counts the messages sent to workers, to wake them. */
  bell: 48,
  words: 64,
} as const;

export const Mind = {
  /** The memory must be changed: everybody waits. */
  hold: 1,
  /** The round is void: there is no point in going on. */
  abort: 2,
} as const;

/** Parents in records: 0 for a record that is not (any more) in the table, 1 for none, from 2 on the parent's number. */
export const UNUSED = 0;
const INITIAL = 1;

export function parentCode(parent: number, none: number): number {
  return parent === none ? INITIAL : parent + 2;
}

export function parentOfCode(code: number, none: number): number {
  return code === INITIAL ? none : code - 2;
}

/** A worker takes so many numbers at once. */
export const NUMBERS = 16;
/** So many numbers may be given out after the room is used up, before everybody has noticed. */
export const RESERVE = 64 * NUMBERS;

/** Of a table: so many states fit before it must grow. */
export function roomOf(entries: number): number {
  return Math.floor(entries * 0.7);
}

/** Hashes of states are sums (xor) of those of their components, which crowd together: this spreads them over a table. */
export function spread(hash: number): number {
  const h = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return h ^ (h >>> 13);
}
