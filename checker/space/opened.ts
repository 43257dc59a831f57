import { rehash } from './hash.ts';
import { type Places, packInto } from './places.ts';

/**
 * The state that a search expands, read from where it is packed; its neighbours are packed from it. States that are expanded
 * one after the other are alike, so of each only what differs from the one before is unpacked.
 */
export class Opened {
  /** The state's ids, for others to read only. */
  readonly vector: Int32Array;
  hash = 0;
  private places: Places;
  /** The same, packed. */
  private base: Int32Array;

  constructor(places: Places, size: number) {
    this.places = places;
    this.vector = new Int32Array(size);
    this.base = new Int32Array(places.words);
  }

  /** Reads the state that begins at `from`. */
  open(packed: Int32Array, from: number): void {
    const { base, vector } = this;
    const { shift, bits, others, slotAt, words } = this.places;
    for (let w = 0; w < words; w++) {
      const value = packed[from + w] as number;
      let changes = value ^ (base[w] as number);
      base[w] = value;
      while (changes !== 0) {
        const s = slotAt[(w << 5) + 31 - Math.clz32(changes)] as number;
        changes &= others[s] as number;
        const id = (value >>> (shift[s] as number)) & ((1 << (bits[s] as number)) - 1);
        this.hash = rehash(this.hash, s, vector[s] as number, id);
        vector[s] = id;
      }
    }
  }

  /** Packs a vector that differs from the opened state only in `slots[from..to)`. Answers false when an id does not fit. */
  pack(key: Int32Array, vector: Int32Array, slots: Int32Array, from: number, to: number): boolean {
    const { base } = this;
    const { bits, word, shift, others, words } = this.places;
    for (let w = 0; w < words; w++) key[w] = base[w] as number;
    for (let c = from; c < to; c++) {
      const s = slots[c] as number;
      const id = vector[s] as number;
      if (id >>> (bits[s] as number) !== 0) return false;
      const w = word[s] as number;
      key[w] = ((key[w] as number) & (others[s] as number)) | (id << (shift[s] as number));
    }
    return true;
  }

  /** States are packed in another way from now on. */
  repack(places: Places): void {
    this.places = places;
    this.base = new Int32Array(places.words);
    packInto(this.base, this.vector, places);
  }
}
