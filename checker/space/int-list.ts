/** A growing Int32Array. Hot loops read `data` directly. */
export class IntList {
  data: Int32Array<ArrayBuffer>;
  length = 0;

  constructor(capacity = 16) {
    this.data = new Int32Array(capacity);
  }

  push(value: number): number {
    if (this.length === this.data.length) this.reserve(this.length + 1);
    this.data[this.length] = value;
    return this.length++;
  }

  /** Makes indices below `size` valid; new cells are 0. */
  reserve(size: number): void {
    if (size <= this.data.length) return;
    const grown = new Int32Array(Math.max(size, this.data.length * 2));
    grown.set(this.data);
    this.data = grown;
  }

  /** The value at an index that may lie beyond what was written: 0 there. */
  at(index: number): number {
    return index < this.data.length ? (this.data[index] ?? 0) : 0;
  }

  put(index: number, value: number): void {
    this.reserve(index + 1);
    this.data[index] = value;
    if (index >= this.length) this.length = index + 1;
  }

  /** Empties the list and gives its memory back. */
  reset(): void {
    this.data = new Int32Array(16);
    this.length = 0;
  }

  get bytes(): number {
    return this.data.byteLength;
  }
}
