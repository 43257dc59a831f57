import { workerData } from 'node:worker_threads';
import { serveSearch } from '../../checker/search/parallel/worker.ts';
import { Space } from '../../checker/space/space.ts';
import type { ModelTree } from './ast.ts';
import { configurationOf } from './compare.ts';

// A worker thread on a random model, which it is given as a tree.
serveSearch(new Space(configurationOf(workerData.data as ModelTree)));
