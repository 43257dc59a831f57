import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareLiveness } from './compare-liveness.ts';
import { type GraphFormula, marks, randomGraph } from './random-graph.ts';

test('on random graphs with random fairness liveness is what the definitions say, in any order of exploration', async () => {
  const seen = { holds: 0, violated: 0 };
  await fc.assert(
    fc.asyncProperty(randomGraph, async (graph) => {
      for (const holds of await compareLiveness(graph)) seen[holds ? 'holds' : 'violated']++;
    }),
    { numRuns: 500 },
  );
  expect(Math.min(seen.holds, seen.violated)).toBeGreaterThan(200);
});

test('claims that contradict each other never both hold', async () => {
  await fc.assert(
    fc.asyncProperty(randomGraph, marks, async (graph, goal) => {
      const never = goal.map((is) => !is);
      const from = goal.map(() => true);
      const claims: GraphFormula[] = [
        { form: 'alwaysEventually', goal },
        { form: 'eventuallyAlways', goal: never },
        { form: 'leadsTo', from, goal },
        { form: 'eventuallyAlways', goal },
      ];
      const [again, gone, once, stays] = await compareLiveness({
        ...graph,
        claims: claims.map((claimed) => ({ claimed, provided: undefined })),
      });
      expect(again && gone).toBe(false);
      expect(once).toBe(again); // from anywhere on it comes, that is: again and again
      expect(stays && !again).toBe(false);
    }),
    { numRuns: 200 },
  );
});
