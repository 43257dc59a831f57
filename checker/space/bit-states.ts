import { UsageError } from '../language/errors.ts';

/** Bits that are set for each state. */
export const HASHES = 3;
/** Positions are drawn from 32 bits. */
const MOST_BYTES = 2 ** 29;

/**
 * A set of states that keeps a few bits of each (Bloom's filter, Holzmann's bitstate hashing): a state may be taken for one
 * that was there before, never the other way round.
 */
export class BitStates {
  /** States that were added; those that were wrongly taken for known ones are not among them. */
  count = 0;
  private readonly words: Uint32Array;
  private readonly size: number;
  private readonly seed: number;
  private set = 0;

  /** @throws UsageError for more than 512 MiB */
  constructor(bytes: number, seed: number) {
    if (bytes > MOST_BYTES) throw new UsageError('a bitstate search takes at most 512 MiB for its bits.');
    this.words = new Uint32Array(Math.max(1, Math.floor(bytes / 4)));
    this.size = this.words.length * 32;
    this.seed = seed;
  }

  /** Whether the vector was not there, as far as its bits tell. */
  add(vector: Int32Array): boolean {
    let a = this.seed;
    let b = ~this.seed;
    for (let s = 0; s < vector.length; s++) {
      const id = vector[s] as number;
      a = Math.imul(a ^ id, 0x85ebca6b);
      a ^= a >>> 13;
      b = Math.imul((b << 5) ^ (b >>> 27) ^ id, 0x9e3779b1) + 0x7f4a7c15;
    }
    a = Math.imul(a ^ (a >>> 16), 0xc2b2ae35);
    b = Math.imul(b ^ (b >>> 15), 0x2c1b3c6d);
    const first = (a ^ (a >>> 16)) >>> 0;
    const second = ((b ^ (b >>> 13)) | 1) >>> 0;
    let added = false;
    for (let i = 0; i < HASHES; i++) {
      const bit = (first + i * second) % this.size;
      const word = Math.floor(bit / 32);
      const before = this.words[word] as number;
      const mask = 1 << (bit & 31);
      if ((before & mask) !== 0) continue;
      this.words[word] = before | mask;
      this.set++;
      added = true;
    }
    if (added) this.count++;
    return added;
  }

  /** The share of the bits that are set. */
  get fill(): number {
    return this.set / this.size;
  }

  /**
   * The probability with which a state was taken for a known one, at most: all its bits set, as often as at the end. (On
   * average over the run it is a quarter of that, as the fill grows evenly.)
   */
  get omission(): number {
    return this.fill ** HASHES;
  }

  get bytes(): number {
    return this.words.byteLength;
  }
}
