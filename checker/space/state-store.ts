import { AscendingList } from './ascending-list.ts';
import type { Layout } from './layout.ts';
import { PackedStates } from './packed-states.ts';
import { StateTable } from './state-table.ts';

/** The parent of an initial state. */
export const NO_PARENT = 0xffffffff;

/**
 * The exact set of states in order of discovery: vectors of component ids in as few bits as they need, a table that finds
 * them, and the parent of each. Breadth-first, parents ascend: a state found later has no earlier parent.
 */
export class StateStore {
  private readonly states: PackedStates;
  private readonly table = new StateTable();
  /** 0 without a parent, otherwise its number + 1. */
  private readonly parents = new AscendingList();
  private opened = 0;
  private countAtOpening = 0;

  constructor(layout: Layout) {
    this.states = new PackedStates(layout);
  }

  get count(): number {
    return this.states.count;
  }

  /** The number of the state, or -1 - number when it was not there and has been added. */
  insert(vector: Int32Array, hash: number, parent: number): number {
    this.states.pack(vector);
    return this.findOrAdd(hash, parent);
  }

  /** Whether the state comes after the opened one, in order of discovery: it is not there yet, or was found later. */
  isAhead(vector: Int32Array, hash: number): boolean {
    this.states.pack(vector);
    const known = this.table.find(hash, this.states);
    return known < 0 || known > this.opened;
  }

  /** The state that was opened last, to be read only. */
  get vector(): Int32Array {
    return this.states.opened.vector;
  }

  /** Reads a state to expand it; its successors go in by `insertNear`. Answers its hash. */
  open(state: number): number {
    this.opened = state;
    this.countAtOpening = this.count;
    return this.states.open(state);
  }

  /** Says which states are about to be inserted, by their hashes. */
  expect(hashes: Int32Array, count: number): void {
    this.table.expect(hashes, count, this.states);
  }

  /** As `insert`, for a state that differs from the opened one only in `slots[from..to)`. The parent is the opened one. */
  insertNear(vector: Int32Array, slots: Int32Array, from: number, to: number, hash: number): number {
    this.states.packNear(vector, slots, from, to);
    return this.findOrAdd(hash, this.opened);
  }

  wasBefore(found: number): boolean {
    return found < this.countAtOpening;
  }

  private findOrAdd(hash: number, parent: number): number {
    const { states, table } = this;
    const known = table.find(hash, states);
    if (known >= 0) return known;
    const state = states.append();
    table.add(hash, state);
    this.parents.push(parent === NO_PARENT ? 0 : parent + 1);
    return -1 - state;
  }

  read(state: number, into: Int32Array): void {
    this.states.read(state, into);
  }

  parentOf(state: number): number {
    const parent = this.parents.at(state);
    return parent === 0 ? NO_PARENT : parent - 1;
  }

  get bytes(): number {
    return this.states.bytes + this.table.bytes + this.parents.bytes;
  }
}
