import { workerData } from 'node:worker_threads';
import { configure } from '../checker/language/configure.ts';
import { only } from '../checker/search/only.ts';
import { serveSearch } from '../checker/search/parallel/worker.ts';
import { Space } from '../checker/space/space.ts';
import { bundledModel, loadModel } from './models.ts';
import type { WorkerData } from './workers.ts';

// Where a worker thread of a search begins.

const { argument, bundle, properties, request } = workerData.data as WorkerData;
const { spec } = bundle === undefined ? await loadModel(argument) : await bundledModel(bundle);
serveSearch(new Space(configure(properties === undefined ? spec : only(spec, properties), request)));
