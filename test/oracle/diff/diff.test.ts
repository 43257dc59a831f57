import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ComparedPair, comparePair, designsOfGraphs, treePair } from './compare-diff.ts';
import { graphPair } from './graph-pair.ts';

// Random small pairs of designs: trace inclusion both ways, by steps and by what is seen of a component, which states are
// doomed, and which lost traces are legal, compared with a checker that writes everything out. test/slow/diff.slow.ts does
// it for many more of them.

test('pairs of graphs', async () => {
  const all: ComparedPair[] = [];
  await fc.assert(
    fc.asyncProperty(graphPair, async (pair) => {
      all.push(await comparePair(designsOfGraphs(pair), 'color'));
    }),
    { numRuns: 300 },
  );
  const share = (is: (pair: ComparedPair) => boolean): number => all.filter(is).length / all.length;
  expect(share(({ lost }) => lost !== undefined)).toBeGreaterThan(0.2);
  expect(share(({ lost, gained }) => lost === undefined && gained !== undefined)).toBeGreaterThan(0.1);
  expect(share(({ lost, gained }) => lost === undefined && gained === undefined)).toBeGreaterThan(0.2);
  expect(share(({ lost = 0 }) => lost > 2)).toBeGreaterThan(0.05);
  expect(share(({ seenLost = 0 }) => seenLost > 1)).toBeGreaterThan(0.03);
  expect(share(({ doomed = 0 }) => doomed > 3)).toBeGreaterThan(0.05);
  expect(share(({ lost, legal }) => lost !== undefined && legal !== lost)).toBeGreaterThan(0.05);
}, 60_000);

test('pairs of models in the whole language', async () => {
  const all: ComparedPair[] = [];
  await fc.assert(
    fc.asyncProperty(treePair, async (pair) => {
      all.push(await comparePair(pair, 'c0'));
    }),
    { numRuns: 40 },
  );
  expect(all.filter(({ outcome }) => outcome === 'same').length).toBeGreaterThan(20);
}, 60_000);
