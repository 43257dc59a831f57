/** A set of state numbers: one bit each. */
export class Bits {
  readonly size: number;
  private readonly words: Uint32Array<SharedArrayBuffer>;

  /** Of `size` states; in memory that another thread has made, if it is given. */
  constructor(size: number, memory = new SharedArrayBuffer(4 * Math.ceil(size / 32))) {
    this.size = size;
    this.words = new Uint32Array(memory);
  }

  get memory(): SharedArrayBuffer {
    return this.words.buffer;
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
