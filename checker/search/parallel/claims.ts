import { IntList } from '../../space/int-list.ts';
import { NO_PARENT } from '../../space/state-store.ts';
import { parentCode, type SharedStates } from './shared-states.ts';

/**
 * The states of a round that one hand has come to first, in the order of their parents and of the steps out of them. The
 * claims of all hands, chunk by chunk, are therefore the new states in the order in which one thread discovers them; so
 * they get the numbers that it would give them.
 */
export class Claims {
  private readonly records = new IntList();
  private readonly parents = new IntList();
  /** What sleeps in each: so many words. */
  private readonly sets = new IntList();
  private readonly words: number;
  private readonly chunks = new IntList();
  private readonly chunkEnds = new IntList();

  constructor(words: number) {
    this.words = words;
  }

  begin(): void {
    this.records.length = 0;
    this.parents.length = 0;
    this.chunks.length = 0;
    this.chunkEnds.length = 0;
  }

  add(record: number, parent: number): void {
    const at = this.records.push(record) * this.words;
    this.parents.push(parent);
    this.sets.reserve(at + this.words);
    for (let w = 0; w < this.words; w++) this.sets.data[at + w] = 0;
  }

  /** The record that was added last. */
  get last(): number {
    return this.records.at(this.records.length - 1);
  }

  /** What sleeps in a state that was added since the last state was expanded. */
  keep(record: number, set: Int32Array): void {
    let at = this.records.length - 1;
    while (this.records.data[at] !== record) at--;
    at *= this.words;
    for (let w = 0; w < set.length; w++) this.sets.data[at + w] = set[w] as number;
  }

  /** What was added since the last call belongs to this chunk of the round. */
  closeChunk(chunk: number): void {
    this.chunks.push(chunk);
    this.chunkEnds.push(this.records.length);
  }

  /** Drops the states that others have taken over; counts the rest by chunk. */
  settle(store: SharedStates, counts: Int32Array): void {
    const { records, parents, sets, words, chunks, chunkEnds } = this;
    let kept = 0;
    let at = 0;
    for (let c = 0; c < chunks.length; c++) {
      const first = kept;
      for (; at < (chunkEnds.data[c] as number); at++) {
        const record = records.data[at] as number;
        if (store.parentCodeOf(record) !== parentCode(parents.data[at] as number, NO_PARENT)) continue;
        for (let w = 0; w < words; w++) sets.data[kept * words + w] = sets.data[at * words + w] as number;
        records.data[kept++] = record;
      }
      chunkEnds.data[c] = kept;
      counts[chunks.data[c] as number] = kept - first;
    }
  }

  /** Gives the states of each chunk the numbers from `numbers[chunk]` on; what sleeps goes to `asleep`, from state `first` on. */
  number(
    states: SharedStates,
    { numbers, asleep, first }: { numbers: Int32Array; asleep: Int32Array; first: number },
  ): void {
    const { records, sets, words, chunks, chunkEnds } = this;
    let at = 0;
    for (let c = 0; c < chunks.length; c++) {
      let number = numbers[chunks.data[c] as number] as number;
      for (; at < (chunkEnds.data[c] as number); at++, number++) {
        states.number(records.data[at] as number, number);
        const set = (number - first) * words;
        for (let w = 0; w < words; w++) asleep[set + w] = sets.data[at * words + w] as number;
      }
    }
  }
}
