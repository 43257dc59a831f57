import { ModelError } from '../language/errors.ts';
import type { Projection } from '../language/operations.ts';
import type { Readables } from './readables.ts';

/** What code has read: server(1).state, and what that was. */
export interface Read {
  readonly name: string;
  readonly value: unknown;
}

/** Records what a piece of model code reads from one vector, in which order: the path of its memo. */
export class Recorder {
  readonly readables: Readables;
  /** The readables of the present evaluation, in the order of first reading, and what they showed. */
  readonly reads: number[] = [];
  readonly ids: number[] = [];
  private vector: Int32Array = new Int32Array(0);
  private seen = new Set<number>();
  /** All that was read in any evaluation. */
  readonly ever = new Set<number>();
  /** Whether code runs that may read. */
  private open = false;

  constructor(readables: Readables) {
    this.readables = readables;
  }

  start(vector: Int32Array): void {
    this.vector = vector;
    this.reads.length = 0;
    this.ids.length = 0;
    this.seen.clear();
    this.open = true;
  }

  /** Ends the evaluation: whoever reads later has kept a view, and nobody would notice what that depends on. */
  stop(): void {
    this.open = false;
  }

  readWhole(position: number): unknown {
    return this.record(position);
  }

  readPart(position: number, projection: Projection<unknown, unknown>): unknown {
    const readable = this.readables.projected(position, projection);
    if (this.seen.has(position)) {
      return this.readables.valueOf(readable, this.idOf(readable));
    }
    return this.record(readable);
  }

  /** What the last evaluation has read, in the order of first reading. */
  get told(): readonly Read[] {
    const { readables, reads, ids } = this;
    return reads.map((readable, at) => ({
      name: readables.nameOf(readable),
      value: readables.valueOf(readable, ids[at] as number),
    }));
  }

  /** Whether the present evaluation has read the whole component. */
  hasRead(position: number): boolean {
    return this.seen.has(position);
  }

  private record(readable: number): unknown {
    const id = this.idOf(readable);
    if (!this.seen.has(readable)) {
      this.seen.add(readable);
      this.ever.add(readable);
      this.reads.push(readable);
      this.ids.push(id);
    }
    return this.readables.valueOf(readable, id);
  }

  private idOf(readable: number): number {
    if (!this.open) {
      throw new ModelError(
        `reads ${this.readables.nameOf(readable)} when it is not asked: an operation or a projection may look only at ` +
          'what it is given, and a view of the state must not be kept',
      );
    }
    if (readable < this.readables.vectorSize) return this.vector[readable] as number;
    this.open = false; // while a projection looks
    const id = this.readables.idOf(readable, this.vector);
    this.open = true;
    return id;
  }
}
