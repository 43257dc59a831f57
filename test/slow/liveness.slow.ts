import fc from 'fast-check';
import { expect, test } from 'vitest';
import ewd840 from '../../invariants/examples/ewd840.ts';
import election from '../../invariants/zookeeper/election.ts';
import { explore } from '../model/examples/explore.ts';
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

test('an election of three servers without faults ends, in whatever order messages arrive', async () => {
  const found = await explore(election, { set: { recovery: 'fair', finalizeWait: 'noBetter' } });
  expect(found).toMatchObject({
    verdict: 'holds',
    complete: true,
    distinct: 1_155_116,
    generated: 4_272_022,
  });
  const live = found.properties.filter(({ kind }) => kind === 'temporal');
  expect(live.map(({ result }) => result)).toEqual(['holds', 'holds']);
}, 120_000);

test('liveness keeps at most 24 bytes a transition', async () => {
  const { verdict, liveness } = await explore(ewd840, { set: { nodes: 7 } });
  expect(verdict).toBe('holds');
  expect(liveness?.bytes).toBeLessThan(24 * (liveness?.transitions ?? 0));
}, 120_000);
