import type { Alternative } from '../language/operations.ts';
import { IntList } from './int-list.ts';
import type { Recorder } from './recorder.ts';

/**
 * What evaluations have read and written: pairs of sets of components, each distinct pair under a number. Two steps out of one
 * state are independent when neither writes what the other reads or writes: then each leaves the other as it was, and both
 * orders lead to the same state.
 */
export class Reaches {
  /** Of 32 components each. */
  private readonly words: number;
  /** By number: the set of what is written, then that of what is read. */
  private readonly sets = new IntList();
  private readonly numbers = new Map<string, number>();

  constructor(components: number) {
    this.words = Math.ceil(components / 32);
  }

  /** The number of what the recorded evaluation has read, and what its alternatives write. */
  numberOf({ reads, readables }: Recorder, alternatives: readonly Alternative[]): number {
    const written = new Int32Array(this.words);
    const read = new Int32Array(this.words);
    for (const { updates } of alternatives) for (const { slot } of updates) include(written, slot);
    for (const readable of reads) include(read, readables.positionOf(readable));
    const key = `${written.join()} ${read.join()}`;
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    const number = this.numbers.size;
    this.numbers.set(key, number);
    for (const word of [...written, ...read]) this.sets.push(word);
    return number;
  }

  areIndependent(a: number, b: number): boolean {
    const { words } = this;
    const { data } = this.sets;
    const writtenByA = 2 * words * a;
    const writtenByB = 2 * words * b;
    for (let w = 0; w < words; w++) {
      const a = data[writtenByA + w] as number;
      const b = data[writtenByB + w] as number;
      const common =
        (a & (b | (data[writtenByB + words + w] as number))) | (b & (data[writtenByA + words + w] as number));
      if (common !== 0) return false;
    }
    return true;
  }

  get bytes(): number {
    return this.sets.bytes + this.numbers.size * (ENTRY_BYTES + 20 * this.words);
  }
}

/** About what an entry of the map takes, beside its key. */
const ENTRY_BYTES = 80;

function include(set: Int32Array, component: number): void {
  const word = component >>> 5;
  set[word] = (set[word] as number) | (1 << (component & 31));
}
