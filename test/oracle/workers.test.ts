import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bundledWorker } from '../support/bundled-worker.ts';
import { modelTree } from './arbitraries.ts';
import { compareBeforeWorkers, compareWorkers, ways } from './workers.ts';

// The same result for any number of workers. test/slow/workers.slow.ts does it for many more models.
test('random models with one thread, two and three workers', async () => {
  const entry = await bundledWorker(new URL('./worker.ts', import.meta.url));
  const seen = { 'few states': 0, 'the same': 0, 'the same loop': 0 };
  await fc.assert(
    fc.asyncProperty(
      modelTree,
      fc.boolean(),
      fc.constantFrom(2, 3),
      fc.constantFrom(...ways),
      async (tree, live, count, way) => {
        seen[await compareWorkers({ tree, live }, { entry, count, after: 0 }, way, 40)]++;
      },
    ),
    { numRuns: 100 },
  );
  expect(seen['the same']).toBeGreaterThan(10);
  expect(seen['the same loop']).toBeGreaterThan(2);
}, 120_000);

test('random models in searches that end before their workers are there', async () => {
  const seen = await compareBeforeWorkers(200, undefined);
  expect(seen['the same']).toBeGreaterThan(40);
  expect(seen['the same loop']).toBeGreaterThan(4);
}, 120_000);
