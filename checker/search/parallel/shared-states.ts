import { IntList } from '../../space/int-list.ts';
import { Opened } from '../../space/opened.ts';
import { type Places, packInto, placesOf, unpack } from '../../space/places.ts';
import { NO_PARENT } from '../../space/state-store.ts';
import type { Visited } from '../visited.ts';
import type { Claims } from './claims.ts';
import {
  Control,
  NUMBERS,
  parentCode,
  parentOfCode,
  RESERVE,
  roomOf,
  SEGMENT,
  SEGMENT_BITS,
  type SharedMemory,
  spread,
  UNUSED,
} from './shared-memory.ts';

const ALL_SETTLED = 0x7fffffff;
/** States whose places are read at once. */
const BLOCK = 64;

/**
 * The visited states in memory that several threads share: one thread's view of it. A new state's record is written first,
 * then an atomic exchange puts its number into the table; whoever reads a number in the table therefore finds the record
 * (its address depends on the number), without atomic reads, which cost as much as all the rest of a lookup.
 *
 * Within a round several workers may come to a new state: its parent is the one of them with the smallest number, which is
 * the one that a search on one thread comes from first.
 */
export class SharedStates implements Visited {
  readonly control: Int32Array;
  table: Int32Array = new Int32Array(0);
  segments: readonly Int32Array[] = [];
  /** Numbers in a record: the words of the state, the hash, the parent. */
  stride = 0;
  places: Places;
  /** Where this thread notes the states that it is the first to come to. */
  claims: Claims | undefined;
  /** States with smaller numbers have the parent that they keep. */
  settled = ALL_SETTLED;
  /** Has the memory changed so that a vector fits, or more states do; what is attached afterwards is another memory. */
  makeRoom: () => void = () => undefined;
  private key = new Int32Array(0);
  private room = 0;
  /** Numbers that this thread has taken. */
  private unused = 0;
  private unusedEnd = 0;
  /** Of the last `expect`: the entry at the first place of each hash. */
  private readonly met = new IntList();
  /** Says nothing: where reads end that bring memory into the processor's cache, so that they are not optimised away. */
  seen = 0;
  private readonly opened: Opened;
  private openedState = 0;

  constructor(memory: SharedMemory) {
    this.control = new Int32Array(memory.control);
    this.places = placesOf(memory.bits);
    this.opened = new Opened(this.places, memory.bits.length);
    this.attach(memory);
  }

  attach(memory: SharedMemory): void {
    this.places = placesOf(memory.bits);
    const { words } = this.places;
    this.stride = words + 2;
    this.segments = memory.segments.map((segment) => new Int32Array(segment));
    if (memory.table !== this.table.buffer) this.claims?.tableMoved();
    this.table = new Int32Array(memory.table);
    this.room = roomOf(this.table.length) - RESERVE;
    this.key = new Int32Array(words);
    this.opened.repack(this.places);
  }

  get count(): number {
    return this.control[Control.count] as number;
  }

  get bytes(): number {
    return Math.ceil(this.count / SEGMENT) * SEGMENT * this.stride * 4 + this.table.byteLength;
  }

  insert(vector: Int32Array, hash: number, parent: number): number {
    while (!packInto(this.key, vector, this.places)) this.makeRoom();
    return this.findOrAdd(hash, parent);
  }

  get vector(): Int32Array {
    return this.opened.vector;
  }

  /** Adds a state that the table does not have yet, and does not get either. */
  append(vector: Int32Array, hash: number, parent: number): void {
    packInto(this.key, vector, this.places);
    this.write(hash, parent);
  }

  open(state: number): number {
    const segment = this.segments[state >>> SEGMENT_BITS] as Int32Array;
    this.opened.open(segment, (state & (SEGMENT - 1)) * this.stride);
    this.openedState = state;
    return this.opened.hash;
  }

  /** Reads what `insertNear` will look at, so that the processor waits for many places at once. */
  expect(hashes: Int32Array, count: number): void {
    const { table, segments, met, stride } = this;
    const mask = table.length - 1;
    met.reserve(count);
    for (let i = 0; i < count; i++) met.data[i] = table[spread(hashes[i] as number) & mask] as number;
    let seen = 0;
    for (let i = 0; i < count; i++) {
      const entry = met.data[i] as number;
      if (entry === 0 || ((entry ^ spread(hashes[i] as number)) & ~mask) !== 0) continue;
      const state = (entry & mask) - 1;
      seen ^= (segments[state >>> SEGMENT_BITS] as Int32Array)[(state & (SEGMENT - 1)) * stride] as number;
    }
    this.seen = seen;
  }

  insertNear(vector: Int32Array, slots: Int32Array, from: number, to: number, hash: number): number {
    const packed = this.opened.pack(this.key, vector, slots, from, to);
    if (!packed) return this.insert(vector, hash, this.openedState);
    return this.findOrAdd(hash, this.openedState);
  }

  read(state: number, into: Int32Array): void {
    const segment = this.segments[state >>> SEGMENT_BITS] as Int32Array;
    unpack(segment, (state & (SEGMENT - 1)) * this.stride, this.places, into);
  }

  parentOf(state: number): number {
    return parentOfCode(this.parentCode(state), NO_PARENT);
  }

  parentCode(state: number): number {
    const segment = this.segments[state >>> SEGMENT_BITS] as Int32Array;
    return segment[(state & (SEGMENT - 1)) * this.stride + this.stride - 1] as number;
  }

  /**
   * Puts the states of every `of`-th segment, from number `share` on, into the table, which is empty or being filled by others in
   * the same way. What a block of them will look at is read beforehand, at once.
   */
  fill(share = 0, of = 1): void {
    const { table, segments, stride, count } = this;
    const mask = table.length - 1;
    for (let number = share; number * SEGMENT < count; number += of) {
      const segment = segments[number] as Int32Array;
      const states = Math.min(SEGMENT, count - number * SEGMENT);
      for (let first = 0; first < states; first += BLOCK) {
        const end = Math.min(states, first + BLOCK);
        for (let at = first * stride + stride - 2; at < end * stride; at += stride)
          this.seen ^= table[spread(segment[at] as number) & mask] as number;
        for (let state = first; state < end; state++) {
          if (segment[state * stride + stride - 1] === UNUSED) continue;
          const hash = spread(segment[state * stride + stride - 2] as number);
          const entry = (hash & ~mask) | (number * SEGMENT + state + 1);
          let at = hash & mask;
          while (Atomics.compareExchange(table, at, 0, entry) !== 0) at = (at + 1) & mask;
        }
      }
    }
  }

  private findOrAdd(hash: number, parent: number): number {
    const { table, segments, key, stride } = this;
    const mask = table.length - 1;
    const words = key.length;
    const spot = spread(hash);
    const tag = spot & ~mask;
    let added = -1;
    for (let at = spot & mask; ; at = (at + 1) & mask) {
      let entry = table[at] as number;
      if (entry === 0) {
        if (added < 0) added = this.write(hash, parent);
        entry = Atomics.compareExchange(table, at, 0, tag | (added + 1));
        if (entry === 0) return this.claim(added, parent, at);
      }
      if ((entry & ~mask) !== tag) continue;
      const state = (entry & mask) - 1;
      const segment = segments[state >>> SEGMENT_BITS] as Int32Array;
      const from = (state & (SEGMENT - 1)) * stride;
      let w = 0;
      while (w < words && segment[from + w] === key[w]) w++;
      if (w < words) continue;
      if (added >= 0) this.unwrite(added);
      if (state >= this.settled) this.contest(state, at, parent);
      return state;
    }
  }

  /** A record for the key, under a number of its own. */
  private write(hash: number, parent: number): number {
    const { key, stride } = this;
    if (this.unused === this.unusedEnd) this.takeNumbers();
    const state = this.unused++;
    const segment = this.segments[state >>> SEGMENT_BITS] as Int32Array;
    const from = (state & (SEGMENT - 1)) * stride;
    for (let w = 0; w < key.length; w++) segment[from + w] = key[w] as number;
    segment[from + key.length] = hash;
    segment[from + key.length + 1] = parentCode(parent, NO_PARENT);
    return state;
  }

  /** One by one, unless several threads take them: then some stay unused. */
  private takeNumbers(): void {
    const numbers = this.claims === undefined ? 1 : NUMBERS;
    this.unused = Atomics.add(this.control, Control.count, numbers);
    this.unusedEnd = this.unused + numbers;
  }

  /** Begins a chunk of a round: whatever has a number by now was claimed by a chunk before the one taken next. */
  beginChunk(): void {
    this.settled = Atomics.load(this.control, Control.count);
    this.unusedEnd = this.unused;
  }

  /** Another thread was faster: the number is not used. */
  private unwrite(state: number): void {
    const segment = this.segments[state >>> SEGMENT_BITS] as Int32Array;
    segment[(state & (SEGMENT - 1)) * this.stride + this.stride - 1] = UNUSED;
  }

  private claim(state: number, parent: number, place: number): number {
    this.claims?.add(state, parent, place);
    if (state >= this.room) this.makeRoom();
    return -1 - state;
  }

  /** Takes over a state of this round that a parent with a larger number has claimed. */
  private contest(state: number, place: number, parent: number): void {
    const segment = this.segments[state >>> SEGMENT_BITS] as Int32Array;
    const at = (state & (SEGMENT - 1)) * this.stride + this.stride - 1;
    const mine = parentCode(parent, NO_PARENT);
    let theirs = segment[at] as number;
    while (mine < theirs) {
      const was = Atomics.compareExchange(segment, at, theirs, mine);
      if (was === theirs) {
        this.claims?.add(state, parent, place);
        return;
      }
      theirs = was;
    }
  }
}
