import fc from 'fast-check';
import { z } from 'zod';
import { defineModel, family, properties, range, type Spec } from '../../../checker/language/index.ts';

const CELLS = 5;

interface Cell {
  readonly cell: number;
  readonly value: number;
}

/** Actions that look at some cells and change some, one after the other; each says so. */
export interface CellsTree {
  readonly actions: readonly {
    readonly when: readonly Cell[];
    readonly effects: readonly (Cell & { readonly adds: boolean })[];
  }[];
  readonly never: readonly (readonly Cell[])[];
  readonly sometimes: readonly (readonly Cell[])[];
  readonly mayStop: boolean;
}

const anyCell = fc.nat({ max: CELLS - 1 });
const cell = fc.record({ cell: anyCell, value: fc.nat({ max: 2 }) });
export const cellsCut = fc.array(cell, { minLength: 1, maxLength: 2 });
const some = (minLength: number, maxLength: number) => fc.array(cell, { minLength, maxLength });
const effect = fc.record({
  cell: anyCell,
  value: fc.integer({ min: 1, max: 2 }),
  adds: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
});
const seldom = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<readonly T[]> =>
  fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: one.map((it) => [it]) });

/** An action at one cell that seldom has to do with another one, so that many orders do not matter. */
const action = fc
  .record({ at: anyCell, value: fc.nat({ max: 2 }), effect, guards: seldom(cell), effects: seldom(effect) })
  .map(({ at, value, effect: own, guards, effects }) => ({
    when: [{ cell: at, value }, ...guards],
    effects: [{ ...own, cell: at }, ...effects],
  }));

export const cellsTree: fc.Arbitrary<CellsTree> = fc.record({
  actions: fc.array(action, { minLength: 5, maxLength: 10, size: 'max' }),
  never: fc.array(some(1, 2), { maxLength: 2 }),
  sometimes: fc.array(some(1, 2), { maxLength: 1 }),
  mayStop: fc.boolean(),
});

/** States in which all of `cut` is so are beyond the constraint, if there is one. */
export function cellsSpec({ actions, never, sometimes, mayStop }: CellsTree, cut?: readonly Cell[]): Spec {
  let model = defineModel('cells', { about: 'a random model with footprints', params: z.strictObject({}) })
    .components(() => ({ cell: family(range(CELLS), z.int().min(0).max(2)) }))
    .init(() => ({ cell: (i) => i % 3 }))
    .deadlock(mayStop ? 'allowed' : 'forbidden');
  for (const [i, { when, effects }] of actions.entries()) {
    const adding = effects.filter(({ adds }) => adds);
    model = model.action(`action${i}`, {
      touches: () => ({
        reads: [...when, ...adding].map((one) => ['cell', one.cell] as const),
        writes: effects.map((one) => ['cell', one.cell] as const),
      }),
      next(s) {
        if (!when.every((one) => s.cell(one.cell).value !== one.value)) return;
        return effects.map(({ cell: at, value, adds }) =>
          s.cell(at).set(adds ? (s.cell(at).value + value) % 3 : value),
        );
      },
    });
  }
  if (cut !== undefined)
    model = model.within((s) => !cut.every(({ cell: at, value }) => s.cell(at).value === value));
  let spec = properties(model);
  for (const [i, one] of never.entries()) {
    const holds = (s: { cell(at: number): { readonly value: number } }): boolean =>
      !one.every(({ cell: at, value }) => s.cell(at).value === value);
    spec = spec.always(`never${i}`, { source: 'seeded', holds });
  }
  for (const [i, one] of sometimes.entries()) {
    spec = spec.reachable(`sometimes${i}`, {
      when: (s) => one.every(({ cell: at, value }) => s.cell(at).value === value),
    });
  }
  return spec;
}
