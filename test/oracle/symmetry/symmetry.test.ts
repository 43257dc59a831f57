import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectSymmetric } from '../../support/symmetric.ts';
import { type ComparedSymmetry, compareSymmetry } from './compare.ts';
import { symmetricSpec, symmetricTree } from './models.ts';

// test/slow/oracle.slow.ts does it for many more models.
test('one state an orbit, and the verdicts of a search for all of them', async () => {
  const all: ComparedSymmetry[] = [];
  await fc.assert(
    fc.asyncProperty(symmetricTree, async (tree) => {
      const compared = await compareSymmetry(tree);
      if (compared !== undefined) all.push(compared);
    }),
    { numRuns: 40 },
  );
  expect(all.length).toBeGreaterThan(20);
  const share = (of: (one: ComparedSymmetry) => boolean): number => all.filter(of).length / all.length;
  expect(share(({ distinct, orbits }) => distinct > 20 && orbits < 0.7 * distinct)).toBeGreaterThan(0.1);
  expect(share(({ violated }) => violated)).toBeGreaterThan(0.1);
  expect(share(({ violated }) => !violated)).toBeGreaterThan(0.1);
  expect(share(({ reached }) => reached)).toBeGreaterThan(0.05);
});

test('what is written in patterns of members is symmetric', () => {
  fc.assert(
    fc.property(symmetricTree, (tree) => expectSymmetric(symmetricSpec(tree), {}, 3, 6)),
    { numRuns: 15 },
  );
});
