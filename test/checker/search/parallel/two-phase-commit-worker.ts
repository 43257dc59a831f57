import { workerData } from 'node:worker_threads';
import { configure, type Request } from '../../../../checker/language/configure.ts';
import { specOf } from '../../../../checker/language/index.ts';
import { serveSearch } from '../../../../checker/search/parallel/worker.ts';
import { Space } from '../../../../checker/space/space.ts';
import twoPhaseCommit from '../../../../invariants/examples/two-phase-commit.ts';

serveSearch(new Space(configure(specOf(twoPhaseCommit), workerData.data as Request)));
