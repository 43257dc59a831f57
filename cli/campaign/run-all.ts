import { searchError } from '../search-json.ts';
import type { Job } from './load.ts';
import { Worker } from './pool.ts';
import type { CellResult } from './result.ts';
import { runCell } from './run-cell.ts';

export interface RunOptions {
  /** How many processes at a time. */
  readonly jobs: number;
  /** Seconds for everything. */
  readonly budget?: number | undefined;
  readonly signal: AbortSignal;
}

/** Runs the cells in their order on several processes. Hands on each result as it comes; an abort ends what runs. */
export async function runAll(
  open: readonly Job[],
  { jobs, budget, signal }: RunOptions,
  onResult: (job: Job, result: CellResult) => void,
): Promise<void> {
  const queue = [...open];
  const begin = performance.now();
  /** An equal part of what is left for each cell that is left, as many at a time as there are processes. */
  const share = (): number | undefined => {
    if (budget === undefined) return undefined;
    const left = budget - (performance.now() - begin) / 1000;
    return Math.max(0.1, (left * Math.min(jobs, queue.length + 1)) / (queue.length + 1));
  };
  const drain = async (worker: Worker): Promise<void> => {
    for (let job = queue.shift(); job !== undefined && !signal.aborted; job = queue.shift()) {
      const result = await runCell(job, (what) => worker.ask(what), share()).catch((reason: Error) =>
        failedCell(job, reason.message),
      );
      if (!signal.aborted) onResult(job, result);
    }
  };
  const workers = Array.from({ length: Math.min(jobs, open.length) }, () => new Worker());
  const stop = (): void => {
    for (const worker of workers) worker.end();
  };
  signal.addEventListener('abort', stop);
  const aborted = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
  try {
    await Promise.race([Promise.all(workers.map(drain)), aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
  }
}

/** A cell that could not be run: its processes died, say. */
export function failedCell({ key, name, cell }: Job, message: string): CellResult {
  const result = searchError(message, cell.model, 'breadth-first');
  return { key, name, expect: cell.expect, result, alsoRandom: null, declaredAt: {} };
}
