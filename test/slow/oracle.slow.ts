import fc from 'fast-check';
import { expect, test } from 'vitest';
import { modelTree } from '../oracle/arbitraries.ts';
import { compare } from '../oracle/compare.ts';

// The comparison of test/oracle/ for tens of thousands of models. Each run tries others, and says which.
const models = 20_000;
const seed = Number(process.env.FENCEPOST_TEST_SEED ?? Date.now() % 2 ** 31);

test(`${models} random models, FENCEPOST_TEST_SEED=${seed}`, async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(modelTree, async (tree) => {
      if ((await compare(tree)).outcome === 'same') compared++;
    }),
    { numRuns: models, seed },
  );
  expect(compared).toBeGreaterThan(models / 2);
});
