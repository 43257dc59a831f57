/** A set of state numbers: one bit each. */
export class Bits {
  readonly size: number;
  private readonly words: Uint32Array;

  constructor(size: number) {
    this.size = size;
    this.words = new Uint32Array(Math.ceil(size / 32));
  }

  has(i: number): boolean {
    return (((this.words[i >>> 5] as number) >>> (i & 31)) & 1) === 1;
  }

  add(i: number): void {
    this.words[i >>> 5] = (this.words[i >>> 5] as number) | (1 << (i & 31));
  }

  get count(): number {
    let count = 0;
    for (let i = 0; i < this.size; i++) if (this.has(i)) count++;
    return count;
  }

  get bytes(): number {
    return this.words.byteLength;
  }
}
