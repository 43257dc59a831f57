const SEGMENT_WORDS = 2 ** 12;
const SAMPLE = 64;

/**
 * Numbers of which none is smaller than the one before, in 1 bit each and 1 bit for each unit that they rise by: an entry is
 * a one, with as many zeros before it as it is larger than its predecessor (Elias and Fano's upper bits).
 */
export class AscendingList {
  length = 0;
  private readonly segments: Uint32Array[] = [];
  /** Bits written. */
  private end = 0;
  private last = 0;
  /** Of every 64th entry: the position of its one. */
  private readonly samples: Uint32Array[] = [];

  /** @throws RangeError for a number smaller than the last one, or too far for 2^32 bits */
  push(value: number): void {
    if (value < this.last) throw new RangeError(`${value} after ${this.last}: the list must ascend`);
    const position = this.end + (value - this.last);
    if (position >= 2 ** 32) throw new RangeError(`more than 2^32 bits in an ascending list`);
    const word = Math.floor(position / 32);
    while (this.segments.length * SEGMENT_WORDS <= word) this.segments.push(new Uint32Array(SEGMENT_WORDS));
    const segment = this.segments[Math.floor(word / SEGMENT_WORDS)] as Uint32Array;
    segment[word % SEGMENT_WORDS] = (segment[word % SEGMENT_WORDS] as number) | (1 << (position & 31));
    if (this.length % SAMPLE === 0) this.sample(position);
    this.last = value;
    this.end = position + 1;
    this.length++;
  }

  at(index: number): number {
    const sample = Math.floor(index / SAMPLE);
    const from = (this.samples[Math.floor(sample / SEGMENT_WORDS)] as Uint32Array)[
      sample % SEGMENT_WORDS
    ] as number;
    let word = Math.floor(from / 32);
    let bits = this.word(word) & (-1 << (from & 31));
    let ones = index % SAMPLE;
    for (let here = popcount(bits); here <= ones; here = popcount(bits)) {
      ones -= here;
      bits = this.word(++word);
    }
    for (; ones > 0; ones--) bits &= bits - 1;
    return word * 32 + (31 - Math.clz32(bits & -bits)) - index;
  }

  get bytes(): number {
    return (this.segments.length + this.samples.length) * SEGMENT_WORDS * 4;
  }

  private word(number: number): number {
    return (this.segments[Math.floor(number / SEGMENT_WORDS)] as Uint32Array)[
      number % SEGMENT_WORDS
    ] as number;
  }

  private sample(position: number): void {
    const sample = this.length / SAMPLE;
    if (sample % SEGMENT_WORDS === 0) this.samples.push(new Uint32Array(SEGMENT_WORDS));
    (this.samples.at(-1) as Uint32Array)[sample % SEGMENT_WORDS] = position;
  }
}

function popcount(bits: number): number {
  let n = bits - ((bits >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
