import fc from 'fast-check';
import { expect, test } from 'vitest';
import { modelTree } from '../oracle/arbitraries.ts';
import { compareBeforeWorkers, compareWorkers, ways } from '../oracle/workers.ts';
import { bundledWorker } from '../support/bundled-worker.ts';

// The comparison of test/oracle/workers.test.ts for many more models. Each run tries others, and says which.
const models = 4000;
const seed = Number(process.env.FENCEPOST_TEST_SEED ?? Date.now() % 2 ** 31);

test(
  `${models} random models with two to four workers, FENCEPOST_TEST_SEED=${seed}`,
  async () => {
    const entry = await bundledWorker(new URL('../oracle/worker.ts', import.meta.url));
    const seen = { 'few states': 0, 'the same': 0, 'the same loop': 0 };
    await fc.assert(
      fc.asyncProperty(
        modelTree,
        fc.boolean(),
        fc.integer({ min: 2, max: 4 }),
        fc.constantFrom(...ways),
        async (tree, live, count, way) => {
          seen[await compareWorkers({ tree, live }, { entry, count, after: 0 }, way, 10)]++;
        },
      ),
      { numRuns: models, seed },
    );
    expect(seen['the same']).toBeGreaterThan(models / 5);
    expect(seen['the same loop']).toBeGreaterThan(models / 50);
  },
  60 * 60_000,
);

test(
  `${models} random models in searches that end before their workers are there`,
  async () => {
    const seen = await compareBeforeWorkers(models, seed);
    expect(seen['the same']).toBeGreaterThan(models / 5);
    expect(seen['the same loop']).toBeGreaterThan(models / 50);
  },
  10 * 60_000,
);
