import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bundledWorker } from '../support/bundled-worker.ts';
import { modelTree } from './arbitraries.ts';
import { compareWorkers, ways } from './workers.ts';

// The same result for any number of workers. test/slow/workers.slow.ts does it for many more models.
test('random models with one thread, two and three workers', async () => {
  const entry = await bundledWorker(new URL('./worker.ts', import.meta.url));
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(modelTree, fc.constantFrom(2, 3), fc.constantFrom(...ways), async (tree, count, way) => {
      if (await compareWorkers(tree, entry, count, way, 40)) compared++;
    }),
    { numRuns: 100 },
  );
  expect(compared).toBeGreaterThan(10);
}, 120_000);
