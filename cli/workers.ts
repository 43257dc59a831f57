import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import type { Request } from '../checker/language/configure.ts';
import type { WorkerOptions } from '../checker/search/parallel/together.ts';
import type { LoadedModel } from './models.ts';
import type { Bundle } from './user-module.ts';

/** What a worker thread needs to search the same space. */
export interface WorkerData {
  readonly argument: string;
  readonly bundle: Bundle | undefined;
  /** Only these properties; all by default. */
  readonly properties: readonly string[] | undefined;
  readonly request: Request;
}

/** Threads for a search: as many as are asked for, or one for each core. */
export function workersFor(
  { argument, bundle }: LoadedModel,
  properties: readonly string[] | undefined,
  request: Request,
  count = availableParallelism(),
): WorkerOptions {
  const data: WorkerData = { argument, bundle, properties, request };
  return { count, entry: new URL(`./search-worker${extname(import.meta.url)}`, import.meta.url).href, data };
}
