// A worker of a source tree: Node's own loader reads no TypeScript, and a worker does not inherit tsx. Not in the package.
import { workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();
await import(workerData.entry);
