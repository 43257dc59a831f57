import type { Layout } from './layout.ts';

const SEGMENT_BITS = 16;
const SEGMENT = 2 ** SEGMENT_BITS;
const INITIAL_TABLE = 2 ** 16;
/** The parent of an initial state. */
export const NO_PARENT = 0xffffffff;

/**
 * The exact set of states: vectors of component ids, packed into as few bits as the ids need, in segments of typed
 * arrays; an open-addressing table of state numbers (with hash bits to spare as tags) finds them. No hash decides: a
 * found state is compared bit by bit. When a component outgrows its bits, all states are packed anew.
 */
export class StateStore {
  count = 0;
  private readonly layout: Layout;
  private readonly size: number;
  private readonly bits: Uint8Array;
  private readonly word: Uint32Array;
  private readonly shift: Uint8Array;
  /** By component: ones everywhere but in its place. */
  private readonly others: Int32Array;
  private words = 1;
  private segments: Int32Array[] = [];
  private readonly parents: Uint32Array[] = [];
  private readonly hashes: Int32Array[] = [];
  private table = new Uint32Array(INITIAL_TABLE);
  private tableBits = 16;
  private packed = new Int32Array(1);
  /** The packed state that `open` read last. */
  private base = new Int32Array(1);
  private opened = 0;

  constructor(layout: Layout) {
    this.layout = layout;
    this.size = layout.slots.length;
    this.bits = new Uint8Array(this.size).fill(1);
    this.word = new Uint32Array(this.size);
    this.shift = new Uint8Array(this.size);
    this.others = new Int32Array(this.size);
    this.place();
  }

  /** The number of the state, or -1 - number when it was not there and has been added. */
  insert(vector: Int32Array, hash: number, parent: number): number {
    if (!this.pack(vector)) {
      this.widen(vector);
      this.pack(vector);
    }
    return this.find(hash, parent);
  }

  /** Reads a state to expand it; its successors go in by `insertNear`. Answers its hash. */
  open(state: number, into: Int32Array): number {
    this.read(state, into);
    this.opened = state;
    const { words, base } = this;
    const segment = this.segments[state >>> SEGMENT_BITS] as Int32Array;
    const from = (state & (SEGMENT - 1)) * words;
    for (let w = 0; w < words; w++) base[w] = segment[from + w] as number;
    return (this.hashes[state >>> SEGMENT_BITS] as Int32Array)[state & (SEGMENT - 1)] as number;
  }

  /** As `insert`, for a state that differs from the opened one only in `slots[from..to)`. The parent is the opened one. */
  insertNear(vector: Int32Array, slots: Int32Array, from: number, to: number, hash: number): number {
    const { packed, base, words, bits, word, shift, others } = this;
    for (let w = 0; w < words; w++) packed[w] = base[w] as number;
    for (let c = from; c < to; c++) {
      const s = slots[c] as number;
      const id = vector[s] as number;
      if (id >>> (bits[s] as number) !== 0) {
        this.widen(vector);
        this.pack(vector);
        break;
      }
      const w = word[s] as number;
      packed[w] = ((packed[w] as number) & (others[s] as number)) | (id << (shift[s] as number));
    }
    return this.find(hash, this.opened);
  }

  private find(hash: number, parent: number): number {
    const { table, words, packed, segments } = this;
    const mask = table.length - 1;
    const tagMask = ~mask;
    const tag = hash & tagMask;
    let at = hash & mask;
    for (;;) {
      const entry = table[at] as number;
      if (entry === 0) break;
      if ((entry & tagMask) === tag) {
        const state = (entry & mask) - 1;
        const segment = segments[state >>> SEGMENT_BITS] as Int32Array;
        let from = (state & (SEGMENT - 1)) * words;
        let w = 0;
        while (w < words && segment[from++] === packed[w]) w++;
        if (w === words) return state;
      }
      at = (at + 1) & mask;
    }
    return this.append(hash, parent, at, tag);
  }

  private append(hash: number, parent: number, at: number, tag: number): number {
    const state = this.count++;
    const offset = state & (SEGMENT - 1);
    if (offset === 0) {
      this.segments.push(new Int32Array(SEGMENT * this.words));
      this.parents.push(new Uint32Array(SEGMENT));
      this.hashes.push(new Int32Array(SEGMENT));
    }
    const number = state >>> SEGMENT_BITS;
    (this.segments[number] as Int32Array).set(this.packed, offset * this.words);
    (this.parents[number] as Uint32Array)[offset] = parent;
    (this.hashes[number] as Int32Array)[offset] = hash;
    this.table[at] = tag | (state + 1);
    if (this.count * 10 >= this.table.length * 7) this.growTable();
    return -1 - state;
  }

  read(state: number, into: Int32Array): void {
    const segment = this.segments[state >>> SEGMENT_BITS] as Int32Array;
    const from = (state & (SEGMENT - 1)) * this.words;
    for (let s = 0; s < this.size; s++) {
      const bits = this.bits[s] as number;
      const value = (segment[from + (this.word[s] as number)] as number) >>> (this.shift[s] as number);
      into[s] = bits === 32 ? value : value & ((1 << bits) - 1);
    }
  }

  parentOf(state: number): number {
    return (this.parents[state >>> SEGMENT_BITS] as Uint32Array)[state & (SEGMENT - 1)] as number;
  }

  get bytes(): number {
    const states = this.segments.reduce((sum, segment) => sum + segment.byteLength, 0);
    return states + this.parents.length * SEGMENT * 8 + this.table.byteLength;
  }

  /** False when a component's id does not fit its bits. */
  private pack(vector: Int32Array): boolean {
    const { packed, bits, word, shift } = this;
    packed.fill(0);
    for (let s = 0; s < this.size; s++) {
      const id = vector[s] as number;
      if (id >>> (bits[s] as number) !== 0) return false;
      const w = word[s] as number;
      packed[w] = (packed[w] as number) | (id << (shift[s] as number));
    }
    return true;
  }

  /** Gives every component the bits that its domain needs now, and one to spare; repacks all states. */
  private widen(vector: Int32Array): void {
    const old = {
      bits: this.bits.slice(),
      word: this.word.slice(),
      shift: this.shift.slice(),
      words: this.words,
    };
    for (const slot of this.layout.slots) {
      const id = vector[slot.index] as number;
      const needed = 32 - Math.clz32(Math.max(id, slot.domain.size - 1));
      if (needed > (this.bits[slot.index] as number)) this.bits[slot.index] = Math.min(31, needed + 1);
    }
    this.place();
    const { words, size } = this;
    const scratch = new Int32Array(size);
    this.segments = this.segments.map((segment, number) => {
      const repacked = new Int32Array(SEGMENT * words);
      const states = Math.min(SEGMENT, this.count - number * SEGMENT);
      for (let state = 0; state < states; state++) {
        for (let s = 0; s < size; s++) {
          const value =
            (segment[state * old.words + (old.word[s] as number)] as number) >>> (old.shift[s] as number);
          scratch[s] = value & ((1 << (old.bits[s] as number)) - 1);
        }
        this.pack(scratch);
        repacked.set(this.packed, state * words);
      }
      return repacked;
    });
    if (this.count > 0) {
      const from = (this.opened & (SEGMENT - 1)) * words;
      this.base.set((this.segments[this.opened >>> SEGMENT_BITS] as Int32Array).subarray(from, from + words));
    }
  }

  /** Places the components in 32-bit words, the widest first, each in the first word with room. */
  private place(): void {
    const free: number[] = [];
    const byWidth = Array.from(this.bits.keys()).sort(
      (a, b) => (this.bits[b] as number) - (this.bits[a] as number),
    );
    for (const s of byWidth) {
      const bits = this.bits[s] as number;
      let w = free.findIndex((room) => room >= bits);
      if (w < 0) w = free.push(32) - 1;
      this.word[s] = w;
      this.shift[s] = 32 - (free[w] as number);
      free[w] = (free[w] as number) - bits;
      this.others[s] = bits === 32 ? 0 : ~(((1 << bits) - 1) << (this.shift[s] as number));
    }
    this.words = Math.max(1, free.length);
    this.packed = new Int32Array(this.words);
    this.base = new Int32Array(this.words);
  }

  private growTable(): void {
    this.tableBits++;
    if (this.tableBits > 31) throw new RangeError('more than 1.5 billion states');
    const table = new Uint32Array(2 ** this.tableBits);
    const mask = table.length - 1;
    for (let state = 0; state < this.count; state++) {
      const hash = (this.hashes[state >>> SEGMENT_BITS] as Int32Array)[state & (SEGMENT - 1)] as number;
      let at = hash & mask;
      while (table[at] !== 0) at = (at + 1) & mask;
      table[at] = (hash & ~mask) | (state + 1);
    }
    this.table = table;
  }
}

/** One component's share of a vector's hash; shares are combined by xor, so that a change costs two of them. */
export function hashOfSlot(slot: number, id: number): number {
  let h = Math.imul(id + 0x7f4a7c15, 0x9e3779b1) ^ Math.imul(slot + 1, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return h ^ (h >>> 16);
}

export function hashOf(vector: Int32Array): number {
  let hash = 0;
  for (let s = 0; s < vector.length; s++) hash ^= hashOfSlot(s, vector[s] as number);
  return hash;
}
