import { IntList } from './int-list.ts';
import type { PackedStates } from './packed-states.ts';

const BUCKET = 16;
/** Entries a segment: large ones, since to find one of many costs time. The only one begins small. */
const SEGMENT_BITS = 20;
const SEGMENT = 2 ** SEGMENT_BITS;
const FIRST = 2 ** 16;
/** In how many buckets, from its home on, a number may be. */
const REACH = 4;
/** Bits of the hash that are used. */
const HASH_BITS = 25;
const HASHES = 2 ** HASH_BITS;
const GROWTH = 1.5;
const MOST_FULL = 0.78;
/** The bits of an entry below those of its home. */
const BELOW_HOME = 2 ** 30 - 1;

/**
 * Finds the number of a state by its hash, in 5.1 to 7.7 bytes a state where there are millions, up to 10 before. No hash decides: a candidate is compared.
 *
 * Entries are in buckets of 16, one line of the processor's cache, which divide the range of hashes evenly, in order. A
 * number is in its home bucket, or up to three buckets on. An entry of 32 bits is the number + 1, above it the low bits of
 * the hash, above them the home bucket modulo 4. Together with the place that is the whole hash (a quotient table), so that
 * the table grows without a look at the states; and since the order stays, it grows in place, from its end.
 */
export class StateTable {
  private readonly segments: Int32Array[] = [new Int32Array(FIRST)];
  private count = 0;
  /** At which count it grows. */
  private limit = 0;
  /** Entries per hash. */
  private scale = 0;
  private numberBits = 0;
  /** What has no place within reach: practically nothing, unless hashes are degenerate. */
  private overflow: { readonly hash: number; readonly number: number }[] = [];
  /** The free entry that `find` came to in the home bucket. */
  private freeSegment: Int32Array | undefined;
  private freeAt = 0;

  /** Of the last `expect`: the entry at the first place of each hash. */
  private readonly met = new IntList();
  /** Says nothing: where the reads of `expect` end, so that they are not optimised away. */
  seen = 0;

  constructor() {
    this.divide();
  }

  /** The number of the state that `states` has as its key, or -1. */
  find(hash: number, states: PackedStates): number {
    const { numberBits } = this;
    const used = spread(hash);
    const position = (used * this.scale) | 0;
    const want = entryOf(used, 0, position >>> 4, numberBits);
    const number = (1 << numberBits) - 1;
    const segment = this.segments[position >>> SEGMENT_BITS] as Int32Array;
    const from = position & (SEGMENT - BUCKET);
    for (let i = position; i < position + BUCKET; i++) {
      const at = from + (i & (BUCKET - 1));
      const entry = segment[at] as number;
      if (entry === 0) {
        this.freeSegment = segment;
        this.freeAt = at;
        return -1;
      }
      if ((entry & ~number) === want) {
        const state = (entry & number) - 1;
        if (states.equals(state)) return state;
      }
    }
    this.freeSegment = undefined;
    return this.findBeyond(position >>> 4, want, number, states);
  }

  /**
   * Brings what `find` will look at into the processor's cache. To wait for memory is most of the cost of a lookup, and the
   * processor waits for many places at once if nothing stands between the reads.
   */
  expect(hashes: Int32Array, count: number, states: PackedStates): void {
    const { segments, scale, numberBits, met } = this;
    const number = (1 << numberBits) - 1;
    met.reserve(count);
    for (let i = 0; i < count; i++) {
      const position = (spread(hashes[i] as number) * scale) | 0;
      met.data[i] = (segments[position >>> SEGMENT_BITS] as Int32Array)[position & (SEGMENT - 1)] as number;
    }
    let seen = 0;
    for (let i = 0; i < count; i++) {
      const entry = met.data[i] as number;
      if (entry === 0) continue;
      const used = spread(hashes[i] as number);
      const want = entryOf(used, 0, ((used * scale) | 0) >>> 4, numberBits);
      if ((entry & ~number) === want) seen ^= states.firstWord((entry & number) - 1);
    }
    this.seen = seen;
  }

  /** Looks on where the home bucket is full. */
  private findBeyond(home: number, want: number, number: number, states: PackedStates): number {
    for (let at = (home + 1) * BUCKET; at < (home + REACH) * BUCKET; at++) {
      const entry = (this.segments[at >>> SEGMENT_BITS] as Int32Array)[at & (SEGMENT - 1)] as number;
      if (entry === 0) return -1;
      if ((entry & ~number) === want && states.equals((entry & number) - 1)) return (entry & number) - 1;
    }
    return (this.overflow.find((one) => states.equals(one.number - 1))?.number ?? 0) - 1;
  }

  /** Adds a state that `find` has just not found. */
  add(hash: number, state: number): void {
    const used = spread(hash);
    if (this.freeSegment === undefined) this.place(used, state + 1);
    else {
      const home = ((used * this.scale) | 0) >>> 4;
      this.freeSegment[this.freeAt] = entryOf(used, state + 1, home, this.numberBits);
    }
    if (++this.count >= this.limit) this.grow();
  }

  get bytes(): number {
    return this.entries * 4;
  }

  private get entries(): number {
    return this.segments.reduce((sum, segment) => sum + segment.length, 0);
  }

  /** Divides the hashes among the buckets that there are. */
  private divide(): void {
    const buckets = Math.min(HASHES, this.entries / BUCKET - (REACH - 1));
    this.scale = (buckets * BUCKET) / HASHES;
    this.numberBits = 36 - Math.clz32(buckets);
    this.limit = Math.floor(buckets * BUCKET * MOST_FULL);
  }

  private grow(): void {
    const { scale, numberBits, overflow } = this;
    if (scale === BUCKET) throw new RangeError(`more than ${this.limit} states in one table`);
    const number = (1 << numberBits) - 1;
    const full = this.segments.length;
    const small = (this.segments[0] as Int32Array).length < SEGMENT ? this.segments.pop() : undefined;
    if (small !== undefined) this.segments.push(new Int32Array(small.length * 2));
    else {
      const more = Math.max(full + 1, Math.floor(full * GROWTH));
      for (let n = full; n < more; n++) this.segments.push(new Int32Array(SEGMENT));
    }
    this.divide();
    const copy = small ?? new Int32Array(SEGMENT);
    for (let n = full - 1; n >= 0; n--) {
      if (small === undefined) {
        const segment = this.segments[n] as Int32Array;
        copy.set(segment);
        segment.fill(0);
      }
      for (let at = 0; at < copy.length; at++) {
        const entry = copy[at] as number;
        if (entry === 0) continue;
        const bucket = (n * SEGMENT + at) >>> 4;
        const home = bucket - distanceOf(entry, bucket);
        this.place(hashOfEntry(entry, home, scale, numberBits), entry & number);
      }
    }
    this.overflow = [];
    for (const one of overflow) this.place(one.hash, one.number);
  }

  private place(hash: number, number: number): void {
    const position = (hash * this.scale) | 0;
    const segment = this.segments[position >>> SEGMENT_BITS] as Int32Array;
    const from = position & (SEGMENT - BUCKET);
    const entry = entryOf(hash, number, position >>> 4, this.numberBits);
    for (let i = position; i < position + BUCKET; i++) {
      const at = from + (i & (BUCKET - 1));
      if (segment[at] !== 0) continue;
      segment[at] = entry;
      return;
    }
    this.placeBeyond(entry, position >>> 4);
  }

  /**
   * Places an entry whose home bucket is full. In a full bucket an entry that is nearer to its home makes room and moves on
   * itself (Robin Hood hashing), so that hardly any is ever out of reach.
   */
  private placeBeyond(entry: number, bucketOfEntry: number): void {
    let moving = entry;
    let home = bucketOfEntry;
    for (let bucket = home + 1; bucket < home + REACH; bucket++) {
      const segment = this.segments[bucket >>> (SEGMENT_BITS - 4)] as Int32Array;
      const from = (bucket * BUCKET) & (SEGMENT - 1);
      let nearest = bucket - home;
      let nearestAt = -1;
      for (let at = from; at < from + BUCKET; at++) {
        const other = segment[at] as number;
        if (other === 0) {
          segment[at] = moving;
          return;
        }
        const distance = distanceOf(other, bucket);
        if (distance < nearest) {
          nearest = distance;
          nearestAt = at;
        }
      }
      if (nearestAt < 0) continue;
      const next = segment[nearestAt] as number;
      segment[nearestAt] = moving;
      moving = next;
      home = bucket - nearest;
    }
    const hash = hashOfEntry(moving, home, this.scale, this.numberBits);
    this.overflow.push({ hash, number: moving & ((1 << this.numberBits) - 1) });
  }
}

/** Hashes are sums of what components give: without this, those of a family's members would crowd together. */
function spread(hash: number): number {
  return Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> (32 - HASH_BITS);
}

function entryOf(hash: number, number: number, home: number, numberBits: number): number {
  return (home << 30) | ((hash << numberBits) & BELOW_HOME) | number;
}

/** How many buckets an entry is away from its home. */
function distanceOf(entry: number, bucket: number): number {
  return (bucket - (entry >>> 30)) & (REACH - 1);
}

/** The one hash of its home bucket's range with the low bits that the entry has. */
function hashOfEntry(entry: number, home: number, scale: number, numberBits: number): number {
  const first = Math.ceil((home * BUCKET) / scale);
  const lowBits = (1 << (30 - numberBits)) - 1;
  return first + (((entry >>> numberBits) - first) & lowBits);
}
