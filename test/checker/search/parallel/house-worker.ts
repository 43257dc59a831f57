import { workerData } from 'node:worker_threads';
import { serveSearch } from '../../../../checker/search/parallel/worker.ts';
import { type HouseOptions, houseSpace } from './house.ts';

serveSearch(houseSpace(workerData.data as HouseOptions));
