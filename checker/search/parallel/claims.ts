import { IntList } from '../../space/int-list.ts';
import { NO_PARENT } from '../../space/state-store.ts';
import { parentCode, SEGMENT, SEGMENT_BITS, spread } from './shared-memory.ts';
import type { SharedStates } from './shared-states.ts';

/**
 * The states of a round that one worker has come to first, in the order of their parents and of the steps out of them. The
 * claims of all workers, chunk by chunk, are therefore the new states in the order in which one thread discovers them; so
 * they get the numbers that it would give them.
 */
export class Claims {
  private readonly states = new IntList();
  private readonly parents = new IntList();
  /** Places in the table, as long as that is the same. */
  private readonly places = new IntList();
  private moved = false;
  /** What sleeps in each: so many words. */
  private readonly sets = new IntList();
  private readonly words: number;
  private readonly chunks = new IntList();
  private readonly chunkEnds = new IntList();

  constructor(words: number) {
    this.words = words;
  }

  begin(): void {
    this.states.length = 0;
    this.parents.length = 0;
    this.places.length = 0;
    this.moved = false;
    this.sets.length = 0;
    this.chunks.length = 0;
    this.chunkEnds.length = 0;
  }

  add(state: number, parent: number, place: number): void {
    this.states.push(state);
    this.parents.push(parent);
    this.places.push(place);
    for (let w = 0; w < this.words; w++) this.sets.push(0);
  }

  /** What sleeps in a state that was added since the last state was expanded. */
  keep(state: number, set: Int32Array): void {
    let at = this.states.length - 1;
    while (this.states.data[at] !== state) at--;
    this.sets.data.set(set, at * this.words);
  }

  /** The table is another one: places have to be looked for. */
  tableMoved(): void {
    this.moved = true;
  }

  /** What was added since the last call belongs to this chunk of the round. */
  closeChunk(chunk: number): void {
    this.chunks.push(chunk);
    this.chunkEnds.push(this.states.length);
  }

  /** Drops the states that others have taken over; counts the rest by chunk. */
  settle(store: SharedStates, counts: Int32Array): void {
    const { states, parents, places, sets, words, chunks, chunkEnds } = this;
    let kept = 0;
    let at = 0;
    for (let c = 0; c < chunks.length; c++) {
      const first = kept;
      for (; at < (chunkEnds.data[c] as number); at++) {
        const state = states.data[at] as number;
        if (store.parentCode(state) !== parentCode(parents.data[at] as number, NO_PARENT)) continue;
        places.data[kept] = this.moved ? placeOf(state, store) : (places.data[at] as number);
        for (let w = 0; w < words; w++) sets.data[kept * words + w] = sets.data[at * words + w] as number;
        states.data[kept++] = state;
      }
      chunkEnds.data[c] = kept;
      counts[chunks.data[c] as number] = kept - first;
    }
  }

  /**
   * Gives the states of each chunk the numbers from `numbers[chunk]` on; their records go to `records`, what sleeps in them to
   * `asleep`, from that of the state `first` on.
   */
  renumber(
    store: SharedStates,
    numbers: Int32Array,
    { records, asleep, first }: { records: Int32Array; asleep: Int32Array; first: number },
  ): void {
    const { states, places, sets, words, chunks, chunkEnds } = this;
    const { table, segments, stride } = store;
    const mask = table.length - 1;
    let at = 0;
    for (let c = 0; c < chunks.length; c++) {
      let number = numbers[chunks.data[c] as number] as number;
      for (; at < (chunkEnds.data[c] as number); at++, number++) {
        const state = states.data[at] as number;
        const segment = segments[state >>> SEGMENT_BITS] as Int32Array;
        const from = (state & (SEGMENT - 1)) * stride;
        const to = (number - first) * stride;
        for (let w = 0; w < stride; w++) records[to + w] = segment[from + w] as number;
        const set = (number - first) * words;
        for (let w = 0; w < words; w++) asleep[set + w] = sets.data[at * words + w] as number;
        const place = places.data[at] as number;
        table[place] = (spread(segment[from + stride - 2] as number) & ~mask) | (number + 1);
      }
    }
  }
}

function placeOf(state: number, { table, segments, stride }: SharedStates): number {
  const mask = table.length - 1;
  const segment = segments[state >>> SEGMENT_BITS] as Int32Array;
  let at = spread(segment[(state & (SEGMENT - 1)) * stride + stride - 2] as number) & mask;
  while (((table[at] as number) & mask) !== state + 1) at = (at + 1) & mask;
  return at;
}
