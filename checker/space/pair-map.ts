/** A hash map from pairs of non-negative integers to non-zero integers, in one typed array: no limit of 2^24 entries. */
export class PairMap {
  private cells = new Int32Array(4 * 64);
  private mask = 63;
  size = 0;

  /** 0 when the pair is absent. */
  get(a: number, b: number): number {
    const cells = this.cells;
    let i = hash(a, b) & this.mask;
    for (;;) {
      const at = i << 2;
      const value = cells[at + 2] as number;
      if (value === 0) return 0;
      if (cells[at] === a && cells[at + 1] === b) return value;
      i = (i + 1) & this.mask;
    }
  }

  set(a: number, b: number, value: number): void {
    if (this.size * 10 >= (this.mask + 1) * 6) this.grow();
    this.insert(a, b, value);
  }

  private insert(a: number, b: number, value: number): void {
    const cells = this.cells;
    let i = hash(a, b) & this.mask;
    for (;;) {
      const at = i << 2;
      if (cells[at + 2] === 0) {
        this.size++;
      } else if (cells[at] !== a || cells[at + 1] !== b) {
        i = (i + 1) & this.mask;
        continue;
      }
      cells[at] = a;
      cells[at + 1] = b;
      cells[at + 2] = value;
      return;
    }
  }

  private grow(): void {
    const old = this.cells;
    this.cells = new Int32Array(old.length * 2);
    this.mask = this.mask * 2 + 1;
    this.size = 0;
    for (let at = 0; at < old.length; at += 4) {
      if (old[at + 2] !== 0) this.insert(old[at] as number, old[at + 1] as number, old[at + 2] as number);
    }
  }

  clear(): void {
    this.cells = new Int32Array(4 * 64);
    this.mask = 63;
    this.size = 0;
  }

  get bytes(): number {
    return this.cells.byteLength;
  }
}

function hash(a: number, b: number): number {
  let h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  return h ^ (h >>> 13);
}
