import { workerData } from 'node:worker_threads';
import { serveSearch } from '../../../../checker/search/parallel/worker.ts';
import { type GridOptions, grid } from './grid.ts';

serveSearch(grid(workerData.data as GridOptions));
