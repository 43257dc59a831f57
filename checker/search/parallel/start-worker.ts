import { Worker } from 'node:worker_threads';

/** How a worker gets the space of the search: by a module that reads `data` (its `workerData.data`) and calls `serveSearch`. */
export interface WorkerSource {
  /** Address of the module. */
  readonly entry: string;
  /** Whatever the structured clone algorithm takes. */
  readonly data: unknown;
}

export function startWorker({ entry, data }: WorkerSource): Worker {
  const options = { workerData: { entry, data } };
  if (!entry.endsWith('.ts')) return new Worker(new URL(entry), options);
  const loader = new URL('../../../scripts/worker-from-source.mjs', import.meta.url);
  return new Worker(loader, { ...options, execArgv: [] });
}
