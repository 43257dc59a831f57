import fc from 'fast-check';
import { test } from 'vitest';
import { comparePair, designsOfGraphs, treePair } from '../oracle/diff/compare-diff.ts';
import { graphPair } from '../oracle/diff/graph-pair.ts';

// The comparison of test/oracle/diff/ for many thousands of pairs. Each run tries others, and says which.
const seed = Number(process.env.FENCEPOST_TEST_SEED ?? Date.now() % 2 ** 31);
const parameters = (numRuns: number) => ({ numRuns, seed });

test(
  `20000 pairs of graphs, FENCEPOST_TEST_SEED=${seed}`,
  async () => {
    await fc.assert(
      fc.asyncProperty(graphPair, async (pair) => {
        await comparePair(designsOfGraphs(pair), 'color');
      }),
      parameters(20_000),
    );
  },
  30 * 60_000,
);

test(
  `2000 pairs of models, FENCEPOST_TEST_SEED=${seed}`,
  async () => {
    await fc.assert(
      fc.asyncProperty(treePair, async (pair) => {
        await comparePair(pair, 'c0');
      }),
      parameters(2_000),
    );
  },
  30 * 60_000,
);
