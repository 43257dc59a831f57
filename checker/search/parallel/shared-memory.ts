/**
 * What all threads of a search see. States are records in segments, found by an open-addressing table of the records' numbers;
 * the parts are replaced only while no hand is at work.
 */
export interface SharedMemory {
  readonly control: SharedArrayBuffer;
  /** Bits of each component in a packed state. */
  readonly bits: Uint8Array;
  /** 2^16 records each: the packed state, then its parent's number + 1, or 0. */
  readonly segments: readonly SharedArrayBuffer[];
  /** By state, 2^16 each: the number of its record. */
  readonly order: readonly SharedArrayBuffer[];
  /** By record, 2^16 each: the number of its state; where steps are recorded, otherwise none. */
  readonly numbers: readonly SharedArrayBuffer[] | undefined;
  /** See table-entry.ts; 0 is free. */
  readonly table: SharedArrayBuffer;
  readonly log: SharedArrayBuffer;
  /** See shared-results.ts. */
  readonly results: SharedArrayBuffer;
}

export const SEGMENT_BITS = 16;
export const SEGMENT = 2 ** SEGMENT_BITS;

/** Places in `control`, each in a cache line of its own: some are written for every state, others read for every state. */
export const Control = {
  /** Records given out. */
  records: 0,
  /** The next state of the round to be handed out. */
  next: 16,
  /** What hands have to mind between two states: bits of `Mind`. */
  mind: 32,
  /** Counts the messages sent to workers, to wake them. */
  bell: 48,
  /** Hands that neither wait for room nor are done. */
  busy: 64,
  /** Hands that wait for room. */
  held: 80,
  /** Bytes that they want in the log. */
  logRoom: 81,
  /** Not 0 when a worker has ended. */
  ended: 82,
  /** The next part of the memory to be moved to another place. */
  part: 96,
  words: 112,
} as const;

export const Mind = {
  /** The memory must be changed: everybody waits. */
  hold: 1,
  /** The round is void: there is no point in going on. */
  abort: 2,
} as const;

/** A hand takes so many records at once. */
export const RECORDS = 8;
/** So many records may be given out after the room is used up, before everybody has noticed. */
export const RESERVE = 64 * RECORDS;

/** Of a table: so many records fit before it must grow. */
export function roomOf(entries: number): number {
  return Math.floor(entries * 0.7);
}
