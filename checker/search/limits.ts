import { getHeapStatistics } from 'node:v8';

/** Where a search may stop early; a search that did says so and never says "holds". */
export interface Limits {
  readonly states?: number | undefined;
  /** Breadth-first levels. */
  readonly depth?: number | undefined;
  readonly seconds?: number | undefined;
  /** Bytes of the whole process, as the operating system counts them. */
  readonly memory?: number | undefined;
  /** Ends the search at the next pause, such as on Ctrl-C. */
  readonly signal?: AbortSignal | undefined;
}

const SLICE_MS = 50;
/** Where something is waited for that other work of the process brings. */
const SHORT_SLICE_MS = 10;
/** Between two looks at the clock: at most so many expansions, and fewer where they take long. */
const CHECK_EVERY = 256;
const CHECK_MS = 5;

/** Lets other work of the process (signals, progress lines) run between slices of a search, and watches the clock. */
export class Pacer {
  private readonly limits: Limits;
  private readonly pause: () => void;
  private readonly begin = performance.now();
  private sliceEnd = this.begin + SLICE_MS;
  private checked = this.begin;
  private every = 1;
  private countdown = 1;

  /** `pause` is called between slices. */
  constructor(limits: Limits, pause: () => void) {
    this.limits = limits;
    this.pause = pause;
  }

  get seconds(): number {
    return (performance.now() - this.begin) / 1000;
  }

  /** Whether `rest` is due. */
  get isOver(): boolean {
    return performance.now() >= this.sliceEnd;
  }

  /** The same, to be asked after each of many small steps. */
  due(): boolean {
    if (--this.countdown > 0) return false;
    const now = performance.now();
    this.every =
      now - this.checked > CHECK_MS ? Math.ceil(this.every / 4) : Math.min(CHECK_EVERY, 2 * this.every);
    this.countdown = this.every;
    this.checked = now;
    return now >= this.sliceEnd;
  }

  /** Answers why the search must stop, or undefined. */
  async rest(soonAgain = false): Promise<string | undefined> {
    this.pause();
    await new Promise<void>((resolve) => setImmediate(resolve));
    this.checked = performance.now();
    this.sliceEnd = this.checked + (soonAgain ? SHORT_SLICE_MS : SLICE_MS);
    if (this.limits.signal?.aborted) return 'interrupted';
    const { seconds } = this.limits;
    if (seconds !== undefined && this.seconds >= seconds) return `the limit of ${seconds} seconds`;
    return memoryLimit(this.limits.memory);
  }
}

/** How full the heap may be: what a search adds between two looks at it is much less than the rest. */
const HEAP_SHARE = 0.75;

/** Why a search must stop lest it be killed when it takes so many bytes `more`, or undefined. */
export function memoryLimit(limit: number | undefined, more = 0): string | undefined {
  if (limit !== undefined && process.memoryUsage.rss() + more >= limit)
    return `the limit of ${Math.round(limit / 2 ** 20)} MiB of memory`;
  const { used_heap_size: used, heap_size_limit: size } = getHeapStatistics();
  if (used > HEAP_SHARE * size)
    return `the limit of ${Math.round(size / 2 ** 20)} MiB of JavaScript values, which node --max-old-space-size raises`;
  return undefined;
}
