import type { Projection } from '../language/operations.ts';
import type { Readables } from './readables.ts';

/** Records what a piece of model code reads from one vector, in which order: the path of its memo. */
export class Recorder {
  readonly readables: Readables;
  /** The readables of the present evaluation, in the order of first reading, and what they showed. */
  readonly reads: number[] = [];
  readonly ids: number[] = [];
  private vector: Int32Array = new Int32Array(0);
  private seen = new Set<number>();

  constructor(readables: Readables) {
    this.readables = readables;
  }

  start(vector: Int32Array): void {
    this.vector = vector;
    this.reads.length = 0;
    this.ids.length = 0;
    this.seen.clear();
  }

  readWhole(position: number): unknown {
    return this.record(position);
  }

  readPart(position: number, projection: Projection<unknown, unknown>): unknown {
    const readable = this.readables.projected(position, projection);
    if (this.seen.has(position)) {
      return this.readables.valueOf(readable, this.readables.idOf(readable, this.vector));
    }
    return this.record(readable);
  }

  /** Whether the present evaluation has read the whole component. */
  hasRead(position: number): boolean {
    return this.seen.has(position);
  }

  private record(readable: number): unknown {
    const id = this.readables.idOf(readable, this.vector);
    if (!this.seen.has(readable)) {
      this.seen.add(readable);
      this.reads.push(readable);
      this.ids.push(id);
    }
    return this.readables.valueOf(readable, id);
  }
}
