import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ComparedReduction, compareReduction } from './compare.ts';
import { cellsTree } from './models.ts';

// test/slow/oracle.slow.ts does it for many more models.
test('what is left out changes no verdict', async () => {
  const all: ComparedReduction[] = [];
  await fc.assert(
    fc.asyncProperty(cellsTree, async (tree) => {
      all.push(await compareReduction(tree));
    }),
    { numRuns: 80 },
  );
  const share = (of: (one: ComparedReduction) => boolean): number => all.filter(of).length / all.length;
  expect(share(({ distinct }) => distinct > 20)).toBeGreaterThan(0.2);
  expect(share(({ distinct, left }) => left < 0.8 * distinct)).toBeGreaterThan(0.2);
  expect(share(({ violated }) => violated)).toBeGreaterThan(0.2);
  expect(share(({ violated }) => !violated)).toBeGreaterThan(0.1);
  expect(share(({ stuck }) => stuck)).toBeGreaterThan(0.01);
});
