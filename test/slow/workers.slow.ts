import fc from 'fast-check';
import { expect, test } from 'vitest';
import { modelTree } from '../oracle/arbitraries.ts';
import { compareWorkers, ways } from '../oracle/workers.ts';
import { bundledWorker } from '../support/bundled-worker.ts';

// The comparison of test/oracle/workers.test.ts for many more models. Each run tries others, and says which.
const models = 4000;
const seed = Number(process.env.FENCEPOST_TEST_SEED ?? Date.now() % 2 ** 31);

test(
  `${models} random models with two to four workers, FENCEPOST_TEST_SEED=${seed}`,
  async () => {
    const entry = await bundledWorker(new URL('../oracle/worker.ts', import.meta.url));
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(
        modelTree,
        fc.integer({ min: 2, max: 4 }),
        fc.constantFrom(...ways),
        async (tree, count, way) => {
          if (await compareWorkers(tree, entry, count, way, 10)) compared++;
        },
      ),
      { numRuns: models, seed },
    );
    expect(compared).toBeGreaterThan(models / 5);
  },
  60 * 60_000,
);
