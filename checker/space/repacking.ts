import type { Places } from './places.ts';

/**
 * Packs states anew whose components have other places from now on. States that follow one another are alike, so of each only
 * the components that differ from the one before are moved.
 */
export class Repacking {
  private readonly old: Places;
  private readonly places: Places;
  /** The last state, as it was and as it is packed; at first all ids are 0. */
  private readonly before: Int32Array;
  private readonly after: Int32Array;

  constructor(old: Places, places: Places) {
    this.old = old;
    this.places = places;
    this.before = new Int32Array(old.words);
    this.after = new Int32Array(places.words);
  }

  /** Writes the state that begins at `at` in `source` to `target`, where it begins at `begin`; both may be one. */
  move(source: Int32Array, at: number, target: Int32Array, begin: number): void {
    const { before, after } = this;
    const { shift, bits, others, slotAt } = this.old;
    const { word, shift: nextShift, others: nextOthers } = this.places;
    for (let w = 0; w < before.length; w++) {
      const value = source[at + w] as number;
      let changes = value ^ (before[w] as number);
      before[w] = value;
      while (changes !== 0) {
        const s = slotAt[(w << 5) + 31 - Math.clz32(changes)] as number;
        changes &= others[s] as number;
        const id = (value >>> (shift[s] as number)) & ((1 << (bits[s] as number)) - 1);
        const to = word[s] as number;
        after[to] = ((after[to] as number) & (nextOthers[s] as number)) | (id << (nextShift[s] as number));
      }
    }
    for (let w = 0; w < after.length; w++) target[begin + w] = after[w] as number;
  }
}
