const SEGMENT_BITS = 12;
const SEGMENT = 2 ** SEGMENT_BITS;

/** Where the action instances that sleep in the states not yet expanded are kept: a bit for each, in words of 32. */
export interface SleepKeeper {
  keep(state: number, set: Int32Array): void;
  /** Reads what sleeps in the state that is expanded next; nothing where nothing was kept. */
  take(state: number, into: Int32Array): void;
}

/** So many words for one state. */
export function sleepWords(instances: number): number {
  return Math.ceil(instances / 32);
}

/** Keeps them by number of the state, and forgets those of states before the one that was taken last. */
export class SleepSets implements SleepKeeper {
  private readonly words: number;
  private readonly segments = new Map<number, Int32Array>();
  /** Those that were taken from and kept in last. */
  private taken = -1;
  private takenFrom: Int32Array | undefined;
  private kept = -1;
  private keptIn: Int32Array = new Int32Array(0);

  constructor(instances: number) {
    this.words = sleepWords(instances);
  }

  keep(state: number, set: Int32Array): void {
    const number = state >>> SEGMENT_BITS;
    if (number !== this.kept) this.keepIn(number);
    const from = (state & (SEGMENT - 1)) * this.words;
    for (let w = 0; w < this.words; w++) this.keptIn[from + w] = set[w] as number;
  }

  take(state: number, into: Int32Array): void {
    const number = state >>> SEGMENT_BITS;
    if (number !== this.taken) this.takeFrom(number);
    const from = (state & (SEGMENT - 1)) * this.words;
    for (let w = 0; w < this.words; w++) into[w] = this.takenFrom?.[from + w] ?? 0;
  }

  private keepIn(number: number): void {
    const segment = this.segments.get(number) ?? new Int32Array(SEGMENT * this.words);
    this.segments.set(number, segment);
    this.kept = number;
    this.keptIn = segment;
    if (number === this.taken) this.takenFrom = segment;
  }

  private takeFrom(number: number): void {
    this.segments.delete(this.taken);
    this.taken = number;
    this.takenFrom = this.segments.get(number);
  }

  get bytes(): number {
    return this.segments.size * SEGMENT * this.words * 4;
  }
}
