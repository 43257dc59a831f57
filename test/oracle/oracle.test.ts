import fc from 'fast-check';
import { expect, test } from 'vitest';
import { modelTree } from './arbitraries.ts';
import { type Compared, compare } from './compare.ts';
import { statistics } from './statistics.ts';

// Random models of the public language, checked by breadthFirst and by a checker that is as simple as can be.
// test/slow/oracle.slow.ts does it for many more of them.
test('breadth-first search finds what the naive checker finds', async () => {
  const all: Compared[] = [];
  await fc.assert(
    fc.asyncProperty(modelTree, async (tree) => {
      all.push(await compare(tree));
    }),
    { numRuns: 250 },
  );
  const shares = statistics(all);
  const least = {
    moreThan20States: 0.15,
    moreThan100States: 0.04,
    moreThan5Levels: 0.1,
    duplicates: 0.5,
    severalInitialStates: 0.2,
    cuts: 0.05,
    deadlocks: 0.04,
    violated: 0.3,
    violatedAfter2Steps: 0.05,
    deadlockViolated: 0.02,
    invariantViolated: 0.2,
    stepViolated: 0.02,
    witnessReached: 0.2,
    witnessMissed: 0.05,
    premises: 0.1,
    sentences: 0.05,
    memoHits: 0.1,
    ghosts: 0.2,
    families: 0.4,
    channels: 0.3,
    choices: 0.4,
    changedDesigns: 0.3,
    severalCallsOnOneComponent: 0.2,
  };
  for (const [what, share] of Object.entries(least)) expect(shares[what], what).toBeGreaterThan(share);
  expect(shares.tooLarge).toBeLessThan(0.2);
  expect(shares.faulty).toBeGreaterThan(0);
}, 120_000);
