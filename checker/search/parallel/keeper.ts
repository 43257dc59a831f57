import type { Layout } from '../../space/layout.ts';
import { placesOf, widened } from '../../space/places.ts';
import type { Visited } from '../visited.ts';
import { move } from './moving.ts';
import { SharedLog } from './shared-log.ts';
import { Control, RESERVE, roomOf, SEGMENT, type SharedMemory } from './shared-memory.ts';
import { RESULTS_BYTES } from './shared-results.ts';
import { SharedStates } from './shared-states.ts';
import { MOST_PLACES } from './table-entry.ts';

/** Below 64 MiB a table may be too large, and more so below 4 MiB, so that it need not be made anew so often. */
const TINY_BITS = 20;
const SMALL_BITS = 24;

/** Other threads, which take part when states are moved, and then go on with the memory that they were moved to. */
export interface Movers {
  begin(next: SharedMemory): void;
  /** Waits until all are done. */
  end(): void;
}

/** Makes and changes the memory that hands share. Nothing here may run while they work. */
export class Keeper {
  memory: SharedMemory;
  readonly states: SharedStates;
  readonly log: SharedLog;
  /** On this thread: what else sees the memory. */
  readonly views: SharedStates[] = [];
  movers: Movers | undefined;
  private readonly layout: Layout;

  /** Begins with the states of a search on one thread, under the same numbers. `numbered`: these can be asked for by record. */
  constructor(layout: Layout, visited: Visited, tableBits: number, numbered: boolean) {
    this.layout = layout;
    this.log = SharedLog.of(layout.domains);
    const bits = widened(new Uint8Array(layout.slots.length).fill(1), layout);
    const table = new SharedArrayBuffer(2 ** Math.max(tableBits, leastBitsFor(visited.count)) * 4);
    this.memory = {
      control: new SharedArrayBuffer(Control.words * 4),
      bits,
      segments: segmentsFor(table, placesOf(bits).words + 1),
      order: segmentsFor(table, 1),
      numbers: numbered ? segmentsFor(table, 1) : undefined,
      table,
      log: this.log.buffer,
      results: new SharedArrayBuffer(RESULTS_BYTES),
    };
    this.states = new SharedStates(this.memory);
    this.states.makeRoom = () => this.maintain();
    this.log.makeRoom = (bytes) => this.maintain(bytes);
    for (let state = 0; state < visited.count; state++) {
      const hash = visited.open(state);
      this.states.insert(visited.vector, hash, visited.parentOf(state));
    }
  }

  /** Makes room wherever there is none, and attaches this thread to what has changed. */
  maintain(logRoom = 0): void {
    this.log.catchUp();
    if (logRoom > 0) {
      const log = this.log.larger(logRoom);
      this.log.attach(log);
      this.memory = { ...this.memory, log };
    }
    const { growth } = this;
    if (growth > 0) {
      if (growth > 4 * 2 ** MOST_PLACES) throw new RangeError('more than 375 million states');
      const { segments, order, numbers } = this.memory;
      const larger = new SharedArrayBuffer(growth);
      this.move({
        ...this.memory,
        table: larger,
        segments: [...segments, ...segmentsFor(larger, this.states.stride).slice(segments.length)],
        order: [...order, ...segmentsFor(larger, 1).slice(order.length)],
        numbers: numbers && [...numbers, ...segmentsFor(larger, 1).slice(numbers.length)],
      });
    }
    this.repack();
  }

  /** How many bytes `maintain` takes for a larger table. */
  get growth(): number {
    const { table } = this.memory;
    const isFull = this.records + 2 * RESERVE > roomOf(table.byteLength / 4);
    return isFull ? 2 ** bitsFor(this.records) * 4 : 0;
  }

  /** Forgets the records from number `count` on, which were written since `table` was the table. */
  truncate(count: number, table: SharedArrayBuffer): void {
    const { states, memory } = this;
    states.control[Control.records] = count;
    if (memory.table === table) forgetEntries(states.table, count);
    // Where hands have moved neighbouring parts side by side, an older entry may stand behind a younger one.
    else this.move({ ...memory, table: new SharedArrayBuffer(memory.table.byteLength) });
  }

  /** Records given out, to states or in vain. */
  get records(): number {
    return this.states.control[Control.records] as number;
  }

  /** In the same memory, if states take as many words as before. */
  private repack(): void {
    const { bits, table, segments } = this.memory;
    const wider = widened(bits, this.layout);
    if (wider.every((one, slot) => one <= (bits[slot] as number))) return;
    const stride = placesOf(wider).words + 1;
    const isSame = stride === this.states.stride;
    this.move({ ...this.memory, bits: wider, segments: isSame ? segments : segmentsFor(table, stride) });
  }

  private move(next: SharedMemory): void {
    this.states.control[Control.part] = 0;
    this.movers?.begin(next);
    move(this.states, next);
    this.movers?.end();
    this.memory = next;
    for (const view of [this.states, ...this.views]) view.attach(next);
  }
}

function forgetEntries(table: Int32Array, count: number): void {
  const mask = table.length - 1;
  for (let at = 0; at < table.length; at++) {
    if (((table[at] as number) & mask) > count) table[at] = 0;
  }
}

/** Of a table in which so many records leave room for a third more at least. */
function leastBitsFor(records: number): number {
  let bits = 8;
  while (roomOf(2 ** bits) < 1.3 * records + 4 * RESERVE) bits++;
  return bits;
}

/** Small tables grow by four or sixteen times at once. */
function bitsFor(records: number): number {
  const bits = leastBitsFor(records);
  return bits < TINY_BITS ? bits + 3 : bits < SMALL_BITS ? bits + 1 : bits;
}

/** As many as the table's records may fill, with so many numbers for each. */
function segmentsFor(table: SharedArrayBuffer, stride: number): SharedArrayBuffer[] {
  const segments = Math.ceil(roomOf(table.byteLength / 4) / SEGMENT);
  return Array.from({ length: segments }, () => new SharedArrayBuffer(SEGMENT * stride * 4));
}
