import { IntList } from '../../space/int-list.ts';
import { Opened } from '../../space/opened.ts';
import { type Places, packInto, placesOf, unpack } from '../../space/places.ts';
import { NO_PARENT } from '../../space/state-store.ts';
import type { Visited } from '../visited.ts';
import type { Claims } from './claims.ts';
import {
  Control,
  RECORDS,
  RESERVE,
  roomOf,
  SEGMENT,
  SEGMENT_BITS,
  type SharedMemory,
} from './shared-memory.ts';
import { homeOf, restOf, spread, tagOf } from './table-entry.ts';

const ALL_SETTLED = 0x7fffffff;

/**
 * The visited states in memory that several threads share: one hand's view of it. A new state's record is written first,
 * then an atomic exchange puts the record's number into the table; whoever reads that in the table therefore finds the record
 * (its address depends on the number), without atomic reads, which cost as much as all the rest of a lookup.
 *
 * Records are numbered as they are written, by whichever hand; states are numbered in the order of discovery on one thread, when
 * a round has ended. What `insert` and `insertNear` answer, and `settled` compares with, are numbers of records. Within a
 * round several hands may come to a new state: its parent is the one of them with the smallest number, which is the one that a
 * search on one thread comes from first.
 */
export class SharedStates implements Visited {
  readonly control: Int32Array;
  table: Int32Array = new Int32Array(0);
  segments: readonly Int32Array[] = [];
  order: readonly Int32Array[] = [];
  private numbers: readonly Int32Array[] | undefined;
  /** Numbers in a record: the words of the state, the parent. */
  stride = 0;
  bits: Uint8Array;
  places: Places;
  /** States that have a number; kept up to date for the search's own thread alone. */
  count = 0;
  /** Where this hand notes the states that it is the first to come to. Without it, they are numbered at once. */
  claims: Claims | undefined;
  /** States in records with smaller numbers have the parent that they keep. */
  settled = ALL_SETTLED;
  /** Has the memory changed so that a vector fits, or more states do; what is attached afterwards is another memory. */
  makeRoom: () => void = () => undefined;
  private key = new Int32Array(0);
  private room = 0;
  private tableBits = 0;
  /** Records that this hand has taken. */
  private unused = 0;
  private unusedEnd = 0;
  /** Of the last `expect`: the entry at the home of each hash. */
  private readonly met = new IntList();
  /** Says nothing: where reads end that bring memory into the processor's cache, so that they are not optimised away. */
  seen = 0;
  private readonly opened: Opened;
  private openedState = 0;

  constructor(memory: SharedMemory) {
    this.control = new Int32Array(memory.control);
    this.bits = memory.bits;
    this.places = placesOf(memory.bits);
    this.opened = new Opened(this.places, memory.bits.length);
    this.attach(memory);
  }

  attach(memory: SharedMemory): void {
    this.bits = memory.bits;
    this.places = placesOf(memory.bits);
    const { words } = this.places;
    this.stride = words + 1;
    this.segments = memory.segments.map((segment) => new Int32Array(segment));
    this.order = memory.order.map((part) => new Int32Array(part));
    this.numbers = memory.numbers?.map((part) => new Int32Array(part));
    this.table = new Int32Array(memory.table);
    this.tableBits = 31 - Math.clz32(this.table.length);
    this.room = roomOf(this.table.length) - RESERVE;
    this.key = new Int32Array(words);
    this.opened.repack(this.places);
  }

  get bytes(): number {
    const segments = Math.ceil((this.control[Control.records] as number) / SEGMENT);
    const numbers = this.numbers === undefined ? 0 : 1;
    return segments * SEGMENT * (this.stride + 1 + numbers) * 4 + this.table.byteLength;
  }

  insert(vector: Int32Array, hash: number, parent: number): number {
    while (!packInto(this.key, vector, this.places)) this.makeRoom();
    return this.findOrAdd(hash, parent);
  }

  get vector(): Int32Array {
    return this.opened.vector;
  }

  open(state: number): number {
    const record = this.recordOf(state);
    const segment = this.segments[record >>> SEGMENT_BITS] as Int32Array;
    this.opened.open(segment, (record & (SEGMENT - 1)) * this.stride);
    this.openedState = state;
    return this.opened.hash;
  }

  /** Reads what `insertNear` will look at, so that the processor waits for many places at once. */
  expect(hashes: Int32Array, count: number): void {
    const { table, tableBits, segments, met, stride } = this;
    const mask = table.length - 1;
    met.reserve(count);
    for (let i = 0; i < count; i++)
      met.data[i] = table[homeOf(spread(hashes[i] as number), tableBits)] as number;
    let seen = 0;
    for (let i = 0; i < count; i++) {
      const entry = met.data[i] as number;
      const tag = tagOf(restOf(spread(hashes[i] as number), tableBits), 0);
      if (entry === 0 || ((entry ^ tag) & ~mask) !== 0) continue;
      const record = (entry & mask) - 1;
      seen ^= (segments[record >>> SEGMENT_BITS] as Int32Array)[(record & (SEGMENT - 1)) * stride] as number;
    }
    this.seen = seen;
  }

  insertNear(vector: Int32Array, slots: Int32Array, from: number, to: number, hash: number): number {
    const packed = this.opened.pack(this.key, vector, slots, from, to);
    if (!packed) return this.insert(vector, hash, this.openedState);
    return this.findOrAdd(hash, this.openedState);
  }

  wasBefore(record: number): boolean {
    return record < this.settled || this.parentCodeOf(record) < parentCode(this.openedState, NO_PARENT);
  }

  /** Of a state that has one, where steps are recorded. */
  numberOf(record: number): number {
    const numbers = this.numbers?.[record >>> SEGMENT_BITS] as Int32Array;
    return numbers[record & (SEGMENT - 1)] as number;
  }

  read(state: number, into: Int32Array): void {
    this.readRecord(this.recordOf(state), into);
  }

  readRecord(record: number, into: Int32Array): void {
    const segment = this.segments[record >>> SEGMENT_BITS] as Int32Array;
    unpack(segment, (record & (SEGMENT - 1)) * this.stride, this.places, into);
  }

  parentOf(state: number): number {
    return parentOfCode(this.parentCodeOf(this.recordOf(state)), NO_PARENT);
  }

  parentCodeOf(record: number): number {
    const segment = this.segments[record >>> SEGMENT_BITS] as Int32Array;
    return segment[(record & (SEGMENT - 1)) * this.stride + this.stride - 1] as number;
  }

  recordOf(state: number): number {
    return (this.order[state >>> SEGMENT_BITS] as Int32Array)[state & (SEGMENT - 1)] as number;
  }

  private findOrAdd(hash: number, parent: number): number {
    const { table, tableBits, segments, key, stride } = this;
    const mask = table.length - 1;
    const words = key.length;
    const even = spread(hash);
    const rest = restOf(even, tableBits);
    let at = homeOf(even, tableBits);
    for (let distance = 0; ; distance++, at = (at + 1) & mask) {
      const tag = tagOf(rest, distance);
      let entry = table[at] as number;
      if (entry === 0) {
        const record = this.write(parent);
        entry = Atomics.compareExchange(table, at, 0, tag | (record + 1));
        if (entry === 0) return this.claim(record, parent);
      }
      if (((entry ^ tag) & ~mask) !== 0) continue;
      const record = (entry & mask) - 1;
      const segment = segments[record >>> SEGMENT_BITS] as Int32Array;
      const from = (record & (SEGMENT - 1)) * stride;
      let w = 0;
      while (w < words && segment[from + w] === key[w]) w++;
      if (w < words) continue;
      if (record >= this.settled) this.contest(record, parent);
      return record;
    }
  }

  /** A record for the key, which serves the next one unless it is claimed. */
  private write(parent: number): number {
    const { key, stride } = this;
    if (this.unused === this.unusedEnd) this.takeRecords();
    const record = this.unused;
    const segment = this.segments[record >>> SEGMENT_BITS] as Int32Array;
    const from = (record & (SEGMENT - 1)) * stride;
    for (let w = 0; w < key.length; w++) segment[from + w] = key[w] as number;
    segment[from + key.length] = parentCode(parent, NO_PARENT);
    return record;
  }

  /** One by one, unless several hands take them: then some stay unused. */
  private takeRecords(): void {
    const records = this.claims === undefined ? 1 : RECORDS;
    this.unused = Atomics.add(this.control, Control.records, records);
    this.unusedEnd = this.unused + records;
  }

  /** Begins a chunk of a round: whatever has a record by now was claimed by a chunk before the one taken next. */
  beginChunk(): void {
    this.settled = Atomics.load(this.control, Control.records);
    this.unusedEnd = this.unused;
  }

  private claim(record: number, parent: number): number {
    this.unused++;
    if (this.claims !== undefined) this.claims.add(record, parent);
    else {
      this.number(record, this.count++);
    }
    if (record >= this.room) this.makeRoom();
    return -1 - record;
  }

  /** Says which number the state in this record has. */
  number(record: number, state: number): void {
    (this.order[state >>> SEGMENT_BITS] as Int32Array)[state & (SEGMENT - 1)] = record;
    const numbers = this.numbers?.[record >>> SEGMENT_BITS];
    if (numbers !== undefined) numbers[record & (SEGMENT - 1)] = state;
  }

  /** Takes over a state of this round that a parent with a larger number has claimed. */
  private contest(record: number, parent: number): void {
    const segment = this.segments[record >>> SEGMENT_BITS] as Int32Array;
    const at = (record & (SEGMENT - 1)) * this.stride + this.stride - 1;
    const mine = parentCode(parent, NO_PARENT);
    let theirs = segment[at] as number;
    while (mine < theirs) {
      const was = Atomics.compareExchange(segment, at, theirs, mine);
      if (was === theirs) {
        this.claims?.add(record, parent);
        return;
      }
      theirs = was;
    }
  }
}

/** Parents in records: 0 for none, otherwise the parent's number + 1. */
export function parentCode(parent: number, none: number): number {
  return parent === none ? 0 : parent + 1;
}

function parentOfCode(code: number, none: number): number {
  return code === 0 ? none : code - 1;
}
