import { workerData } from 'node:worker_threads';
import { serveSearch } from '../../checker/search/parallel/worker.ts';
import { type Searched, spaceOf } from './workers.ts';

// A worker thread on a random model, which it is given as a tree.
serveSearch(spaceOf(workerData.data as Searched));
