import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Request } from '../../checker/language/configure.ts';
import { type Spec, specOf } from '../../checker/language/index.ts';
import { modelTree } from '../oracle/arbitraries.ts';
import { compare, compareModel } from '../oracle/compare.ts';
import { compareReduction } from '../oracle/reduction/compare.ts';
import { cellsTree } from '../oracle/reduction/models.ts';
import { compareSymmetry } from '../oracle/symmetry/compare.ts';
import { symmetricTree } from '../oracle/symmetry/models.ts';

// The comparison of test/oracle/ for tens of thousands of models. Each run tries others, and says which.
const models = 20_000;
const seed = Number(process.env.FENCEPOST_TEST_SEED ?? Date.now() % 2 ** 31);

test(
  `${models} random models, FENCEPOST_TEST_SEED=${seed}`,
  async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(modelTree, async (tree) => {
        if ((await compare(tree)).outcome === 'same') compared++;
      }),
      { numRuns: models, seed },
    );
    expect(compared).toBeGreaterThan(models / 2);
  },
  120 * 60_000,
);

test(
  `5000 random symmetric models, FENCEPOST_TEST_SEED=${seed}`,
  async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(symmetricTree, async (tree) => {
        if ((await compareSymmetry(tree)) !== undefined) compared++;
      }),
      { numRuns: 5000, seed },
    );
    expect(compared).toBeGreaterThan(2500);
  },
  30 * 60_000,
);

test(
  `20000 random models with footprints, FENCEPOST_TEST_SEED=${seed}`,
  async () => {
    let fewer = 0;
    await fc.assert(
      fc.asyncProperty(cellsTree, async (tree) => {
        const { distinct, left } = await compareReduction(tree);
        if (left < distinct) fewer++;
      }),
      { numRuns: 20_000, seed },
    );
    expect(fewer).toBeGreaterThan(5000);
  },
  30 * 60_000,
);

const folder = fileURLToPath(new URL('../../invariants/', import.meta.url));
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.ts'),
);

test.each(files)('%s and its changes, where they are small enough', async (file) => {
  const { default: spec } = (await import(/* @vite-ignore */ `../../invariants/${file}`)) as {
    default?: Spec;
  };
  if (spec === undefined) return; // a part of a model's invariants
  const designs: Request[] = [
    {},
    ...Object.entries(spec.model.definition.changes).map(([name, { at }]) => ({
      set: at ?? {},
      changes: [name],
    })),
  ];
  for (const request of designs) await compareModel(specOf(spec), request, 4000);
});
