import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareLiveness } from '../oracle/liveness/compare-liveness.ts';
import { randomGraph } from '../oracle/liveness/random-graph.ts';

test('on 10,000 random graphs with random fairness liveness is what the definitions say', async () => {
  const seen = { holds: 0, violated: 0 };
  await fc.assert(
    fc.asyncProperty(randomGraph, async (graph) => {
      for (const holds of await compareLiveness(graph)) seen[holds ? 'holds' : 'violated']++;
    }),
    { numRuns: 10_000 },
  );
  expect(Math.min(seen.holds, seen.violated)).toBeGreaterThan(5_000);
}, 600_000);
