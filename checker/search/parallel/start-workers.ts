import { Worker } from 'node:worker_threads';

/** How a worker gets the space of the search: by a module that reads `data` (its `workerData.data`) and calls `serveSearch`. */
export interface WorkerSource {
  /** Address of the module. */
  readonly entry: string;
  /** Whatever the structured clone algorithm takes. */
  readonly data: unknown;
}

/** A worker thread has died. What was found until then stands; nothing may be concluded from what was not. */
export class WorkerError extends Error {
  override readonly name = 'WorkerError';

  constructor(cause: unknown) {
    super(`a worker thread has died: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

export interface Starting {
  readonly workers: readonly Worker[];
  /** Once all of them are ready; rejects with a `WorkerError` when one cannot be. */
  readonly ready: Promise<void>;
}

/** Starts so many threads. */
export function startWorkers(source: WorkerSource, count: number): Starting {
  const workers = Array.from({ length: count }, () => startWorker(source));
  const ready = workers.map(
    (worker) =>
      new Promise<void>((resolve, reject) => {
        worker.once('message', () => resolve());
        worker.once('error', (error) => reject(new WorkerError(error)));
      }),
  );
  return { workers, ready: Promise.all(ready).then(() => undefined) };
}

function startWorker({ entry, data }: WorkerSource): Worker {
  const options = { workerData: { entry, data } };
  if (!entry.endsWith('.ts')) return new Worker(new URL(entry), options);
  const loader = new URL('../../../scripts/worker-from-source.mjs', import.meta.url);
  return new Worker(loader, { ...options, execArgv: [] });
}
