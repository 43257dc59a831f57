import { hashOf } from '../../space/hash.ts';
import type { Layout } from '../../space/layout.ts';
import { placesOf, widened } from '../../space/places.ts';
import { Repacking } from '../../space/repacking.ts';
import type { Visited } from '../visited.ts';
import { SharedLog } from './shared-log.ts';
import {
  Control,
  RESERVE,
  roomOf,
  SEGMENT,
  SEGMENT_BITS,
  type SharedMemory,
  UNUSED,
} from './shared-memory.ts';
import { SharedStates } from './shared-states.ts';

/** Below 64 MiB a table may be too large, so that it need not be made anew so often. */
const SMALL_BITS = 24;

/** Makes and changes the memory that workers share. Nothing here may run while they do. */
export class Keeper {
  memory: SharedMemory;
  readonly states: SharedStates;
  readonly log: SharedLog;
  private readonly layout: Layout;

  /** Begins with the states of a search on one thread, under the same numbers. */
  constructor(layout: Layout, visited: Visited, tableBits: number) {
    this.layout = layout;
    this.log = SharedLog.of(layout.domains);
    const bits = widened(new Uint8Array(layout.slots.length).fill(1), layout);
    const table = new SharedArrayBuffer(2 ** Math.max(tableBits, bitsFor(visited.count)) * 4);
    this.memory = {
      control: new SharedArrayBuffer(Control.words * 4),
      bits,
      segments: segmentsFor(table, placesOf(bits).words),
      table,
      log: this.log.buffer,
    };
    this.states = new SharedStates(this.memory);
    this.states.makeRoom = () => this.maintain();
    this.log.makeRoom = (bytes) => this.maintain(bytes);
    const vector = new Int32Array(layout.slots.length);
    for (let state = 0; state < visited.count; state++) {
      visited.read(state, vector);
      this.states.append(vector, hashOf(vector), visited.parentOf(state));
    }
    this.states.fill();
  }

  /**
   * Makes room wherever there is none, and attaches this thread to what has changed. Answers whether the table is a new one,
   * which others fill unless `fills`.
   */
  maintain(logRoom = 0, fills = true): boolean {
    const { memory, states } = this;
    this.log.catchUp();
    let { bits, segments, table, log } = memory;
    if (logRoom > 0) {
      log = this.log.larger(logRoom);
      this.log.attach(log);
    }
    const wider = widened(bits, this.layout);
    const isWider = wider.some((one, slot) => one > (bits[slot] as number));
    if (isWider) {
      segments = this.repacked(wider);
      bits = wider;
    }
    const tableBits = bitsFor(states.count);
    if (tableBits > 31) throw new RangeError('more than 1.5 billion states');
    const isNew = 2 ** tableBits * 4 > table.byteLength;
    if (isNew) {
      table = new SharedArrayBuffer(2 ** tableBits * 4);
      segments = [...segments, ...segmentsFor(table, placesOf(bits).words).slice(segments.length)];
    }
    this.memory = { ...memory, bits, segments, table, log };
    states.attach(this.memory);
    if (isNew && fills) states.fill();
    return isNew;
  }

  /** How many bytes more `maintain` takes for the table. */
  get growth(): number {
    const { table } = this.memory;
    const bytes = tableBytes(this.states.count);
    return bytes > table.byteLength ? bytes : 0;
  }

  /** Forgets the states from number `count` on. */
  truncate(count: number): void {
    const { states, memory } = this;
    const table = new Int32Array(memory.table);
    const mask = table.length - 1;
    for (let at = 0; at < table.length; at++) {
      if (((table[at] as number) & mask) > count) table[at] = 0;
    }
    this.forgetRecords(count, states.count);
  }

  /** Takes the records of a round, `records` from number `first` on, in the place of what workers wrote. */
  adopt(records: Int32Array, first: number, end: number): void {
    const { segments, stride, count } = this.states;
    for (let from = first; from < end; ) {
      const to = Math.min(end, ((from >>> SEGMENT_BITS) + 1) * SEGMENT);
      (segments[from >>> SEGMENT_BITS] as Int32Array).set(
        records.subarray((from - first) * stride, (to - first) * stride),
        (from & (SEGMENT - 1)) * stride,
      );
      from = to;
    }
    this.forgetRecords(end, count);
  }

  private forgetRecords(from: number, to: number): void {
    const { segments, stride, control } = this.states;
    for (let state = from; state < to; state++) {
      (segments[state >>> SEGMENT_BITS] as Int32Array)[(state & (SEGMENT - 1)) * stride + stride - 1] =
        UNUSED;
    }
    control[Control.count] = from;
  }

  /** In the same memory, if states take as many words as before. */
  private repacked(bits: Uint8Array): readonly SharedArrayBuffer[] {
    const { places: old, segments, stride, count } = this.states;
    const places = placesOf(bits);
    const repacking = new Repacking(old, places);
    const buffers = this.memory.segments;
    return segments.map((segment, number) => {
      const isSame = places.words === old.words;
      const buffer = isSame
        ? (buffers[number] as SharedArrayBuffer)
        : new SharedArrayBuffer(SEGMENT * (places.words + 2) * 4);
      const repacked = isSame ? segment : new Int32Array(buffer);
      const states = Math.min(SEGMENT, count - number * SEGMENT);
      for (let state = 0; state < states; state++) {
        const from = state * stride;
        const to = state * (places.words + 2);
        repacking.move(segment, from, repacked, to);
        repacked[to + places.words] = segment[from + old.words] as number;
        repacked[to + places.words + 1] = segment[from + old.words + 1] as number;
      }
      return buffer;
    });
  }
}

function tableBytes(states: number): number {
  return 2 ** bitsFor(states) * 4;
}

/** Of a table in which so many states leave room for half as many more; small ones grow by four times at once. */
function bitsFor(states: number): number {
  let bits = 8;
  while (roomOf(2 ** bits) < 1.3 * states + 2 * RESERVE) bits++;
  return bits < SMALL_BITS ? bits + 1 : bits;
}

/** As many segments as the table's states may fill. */
function segmentsFor(table: SharedArrayBuffer, words: number): SharedArrayBuffer[] {
  const segments = Math.ceil(roomOf(table.byteLength / 4) / SEGMENT);
  return Array.from({ length: segments }, () => new SharedArrayBuffer(SEGMENT * (words + 2) * 4));
}
