import type { Layout } from './layout.ts';
import { Opened } from './opened.ts';
import { type Places, packInto, placesOf, unpack, widened } from './places.ts';
import { Repacking } from './repacking.ts';

const SEGMENT_BITS = 16;
const SEGMENT = 2 ** SEGMENT_BITS;

/**
 * Vectors of component ids by number, each packed into as few bits as the ids need. When a component outgrows its bits,
 * all states are packed anew, one segment after the other.
 */
export class PackedStates {
  count = 0;
  private readonly layout: Layout;
  private readonly size: number;
  /** Bits that each component was given for good. */
  private needed: Uint8Array;
  private places: Places;
  private readonly segments: Int32Array[] = [];
  /** The packed vector that `equals` and `append` are about. */
  private key: Int32Array;
  readonly opened: Opened;

  constructor(layout: Layout) {
    this.layout = layout;
    this.size = layout.slots.length;
    this.needed = new Uint8Array(this.size).fill(1);
    this.places = placesOf(this.needed);
    this.key = new Int32Array(this.places.words);
    this.opened = new Opened(this.places, this.size);
  }

  /** Packs the vector as the key. */
  pack(vector: Int32Array): void {
    if (packInto(this.key, vector, this.places)) return;
    this.widen();
    packInto(this.key, vector, this.places);
  }

  /** Reads a state whose neighbours are packed by `packNear`. Answers the hash of its ids. */
  open(state: number): number {
    const segment = this.segments[state >>> SEGMENT_BITS] as Int32Array;
    this.opened.open(segment, (state & (SEGMENT - 1)) * this.places.words);
    return this.opened.hash;
  }

  /** As `pack`, for a vector that differs from the opened state only in `slots[from..to)`. */
  packNear(vector: Int32Array, slots: Int32Array, from: number, to: number): void {
    if (!this.opened.pack(this.key, vector, slots, from, to)) this.pack(vector);
  }

  /** Whether the state is the key. */
  equals(state: number): boolean {
    const { key } = this;
    const segment = this.segments[state >>> SEGMENT_BITS] as Int32Array;
    let from = (state & (SEGMENT - 1)) * key.length;
    for (let w = 0; w < key.length; w++) if (segment[from++] !== key[w]) return false;
    return true;
  }

  /** A part of the state, to have it in the processor's cache. */
  firstWord(state: number): number {
    const segment = this.segments[state >>> SEGMENT_BITS] as Int32Array;
    return segment[(state & (SEGMENT - 1)) * this.key.length] as number;
  }

  /** Adds the key; answers its number. */
  append(): number {
    const { key } = this;
    const state = this.count++;
    const offset = state & (SEGMENT - 1);
    if (offset === 0) this.segments.push(new Int32Array(SEGMENT * key.length));
    const segment = this.segments[state >>> SEGMENT_BITS] as Int32Array;
    const from = offset * key.length;
    for (let w = 0; w < key.length; w++) segment[from + w] = key[w] as number;
    return state;
  }

  read(state: number, into: Int32Array): void {
    const { words } = this.places;
    const segment = this.segments[state >>> SEGMENT_BITS] as Int32Array;
    unpack(segment, (state & (SEGMENT - 1)) * words, this.places, into);
  }

  get bytes(): number {
    return this.segments.reduce((sum, segment) => sum + segment.byteLength, 0);
  }

  /** Gives every component the bits that its domain needs now; repacks all states. */
  private widen(): void {
    const old = this.places;
    this.needed = widened(this.needed, this.layout);
    this.places = placesOf(this.needed);
    const { words } = this.places;
    const repacking = new Repacking(old, this.places);
    for (const [number, segment] of this.segments.entries()) {
      const repacked = words === old.words ? segment : new Int32Array(SEGMENT * words);
      const states = Math.min(SEGMENT, this.count - number * SEGMENT);
      for (let state = 0; state < states; state++)
        repacking.move(segment, state * old.words, repacked, state * words);
      this.segments[number] = repacked;
    }
    this.key = new Int32Array(words);
    this.opened.repack(this.places);
  }
}
