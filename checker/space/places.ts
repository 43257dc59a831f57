import type { Layout } from './layout.ts';

/** Where each component stands in a packed state. */
export interface Places {
  readonly bits: Uint8Array;
  readonly word: Uint32Array;
  readonly shift: Uint8Array;
  /** By component: ones everywhere but in its place. */
  readonly others: Int32Array;
  /** By bit, from the lowest of the first word on: the component that it belongs to. */
  readonly slotAt: Uint32Array;
  /** 32-bit words a state. */
  readonly words: number;
}

/**
 * Places the components in 32-bit words, the widest first, each in the word with the most room. What is left of a word is
 * dealt out among its components, so that they outgrow their bits later.
 */
export function placesOf(needed: Uint8Array): Places {
  const sum = needed.reduce((bits, width) => bits + width, 0);
  let byWord: readonly Word[] | undefined;
  for (let words = Math.ceil(sum / 32); byWord === undefined; words++) byWord = distributed(needed, words);
  const word = new Uint32Array(needed.length);
  const shift = new Uint8Array(needed.length);
  const bits = needed.slice();
  const others = new Int32Array(needed.length);
  const slotAt = new Uint32Array(32 * byWord.length);
  for (const [w, { free, slots }] of byWord.entries()) {
    let at = 0;
    for (const [i, s] of slots.entries()) {
      const width = (needed[s] as number) + Math.floor((free + i) / slots.length);
      word[s] = w;
      shift[s] = at;
      bits[s] = Math.min(31, width);
      others[s] = ~(((1 << (bits[s] as number)) - 1) << at);
      slotAt.fill(s, 32 * w + at, 32 * w + at + width);
      at += width;
    }
  }
  return { bits, word, shift, others, slotAt, words: Math.max(1, byWord.length) };
}

interface Word {
  free: number;
  readonly slots: number[];
}

/** Undefined when so many words do not suffice. */
function distributed(needed: Uint8Array, words: number): readonly Word[] | undefined {
  const byWord: Word[] = Array.from({ length: words }, () => ({ free: 32, slots: [] }));
  const byWidth = Array.from(needed.keys()).sort((a, b) => (needed[b] as number) - (needed[a] as number));
  for (const s of byWidth) {
    const word = byWord.reduce((best, one) => (one.free > best.free ? one : best));
    word.slots.push(s);
    word.free -= needed[s] as number;
    if (word.free < 0) return undefined;
  }
  return byWord;
}

/** How much of its range a component may use before it gets more bits along with others. */
const NEARLY_OUTGROWN = 0.6;

/**
 * The bits that components need for the ids that their domains have. When any has outgrown its bits, all states are packed anew:
 * so it gets some to spare, and those that will soon need one get it too.
 */
export function widened(bits: Uint8Array, { slots }: Layout): Uint8Array {
  const needed = bits.map((_, s) => 32 - Math.clz32((slots[s]?.domain.size ?? 1) - 1));
  if (needed.every((least, s) => least <= (bits[s] as number))) return bits;
  return bits.map((had, s) => {
    const least = needed[s] as number;
    if (least > had) return Math.min(31, least + spareBits(least));
    const isNearly = had > 2 && (slots[s]?.domain.size ?? 1) > NEARLY_OUTGROWN * 2 ** had;
    return isNearly ? Math.min(31, had + 1) : had;
  });
}

/** With few values a component may well stay small; with many it grows with the search. */
function spareBits(needed: number): number {
  return needed > 8 ? 2 : needed > 2 ? 1 : 0;
}

/** False when a component's id does not fit its bits. */
export function packInto(packed: Int32Array, vector: Int32Array, { bits, word, shift }: Places): boolean {
  packed.fill(0);
  for (let s = 0; s < vector.length; s++) {
    const id = vector[s] as number;
    if (id >>> (bits[s] as number) !== 0) return false;
    const w = word[s] as number;
    packed[w] = (packed[w] as number) | (id << (shift[s] as number));
  }
  return true;
}

/** Reads the state that begins at `from`. */
export function unpack(
  packed: Int32Array,
  from: number,
  { bits, word, shift }: Places,
  into: Int32Array,
): void {
  for (let s = 0; s < into.length; s++) {
    const value = (packed[from + (word[s] as number)] as number) >>> (shift[s] as number);
    into[s] = value & ((1 << (bits[s] as number)) - 1);
  }
}
