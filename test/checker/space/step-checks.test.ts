import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { configure } from '../../../checker/language/configure.ts';
import { choose, defineModel, family, properties, range, specOf } from '../../../checker/language/index.ts';
import type { Taken } from '../../../checker/language/properties.ts';
import { Space } from '../../../checker/space/space.ts';
import { Successors } from '../../../checker/space/successors.ts';

const CELLS = 4;
const VALUES = 3;

/** A look at one cell, before the step or after it, or at the step itself. */
type Look = { readonly cell: number; readonly after: boolean } | 'instance' | 'label';

/** Looks one after the other while what it has seen is small; armed, and violated, where the sum of all that is so much. */
interface Plan {
  readonly on: readonly string[] | undefined;
  readonly looks: readonly Look[];
  readonly stopAt: number;
  readonly idleAt: number;
  readonly badAt: number;
}

const look: fc.Arbitrary<Look> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ cell: fc.nat({ max: CELLS - 1 }), after: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constantFrom('instance' as const, 'label' as const) },
);

const plan: fc.Arbitrary<Plan> = fc.record({
  on: fc.option(fc.constantFrom(['turn'], ['swap']), { nil: undefined }),
  looks: fc.array(look, { maxLength: 4 }),
  stopAt: fc.nat({ max: 4 }),
  idleAt: fc.nat({ max: 2 }),
  badAt: fc.nat({ max: 6 }),
});

type Values = (cell: number) => number;

function sumOf({ looks, stopAt }: Plan, before: Values, after: Values, taken: Taken): number {
  let sum = 0;
  for (const one of looks) {
    if (sum > stopAt) break;
    if (one === 'instance') sum += Number(taken.instance);
    else if (one === 'label') sum += taken.label.length;
    else sum += one.after ? after(one.cell) : before(one.cell);
  }
  return sum;
}

const model = defineModel('cells', { about: 'cells that turn', params: z.strictObject({}) })
  .components(() => ({ cell: family(range(CELLS), z.int()) }))
  .init(() => ({ cell: 0 }))
  .action('turn', {
    each: () => range(CELLS),
    next: (s, i) =>
      choose({ on: [s.cell(i).set((s.cell(i).value + 1) % VALUES)], off: [s.cell(i).set(0)], stay: [] }),
  })
  .action('swap', {
    each: () => range(CELLS - 1),
    next: (s, i) => [s.cell(i).set(s.cell(i + 1).value), s.cell(i + 1).set(s.cell(i).value)],
  })
  .deadlock('allowed');

function spaceWith(plans: readonly Plan[]): Space {
  const spec = properties(model).always('any', { holds: () => true });
  const all = plans.reduce((chain, one, i) => {
    const sum = (before: Any, after: Any, taken: Taken): number =>
      sumOf(
        one,
        (cell) => before.cell(cell).value,
        (cell) => after.cell(cell).value,
        taken,
      );
    return chain.step(`p${i}`, {
      ...(one.on && { on: one.on as ('turn' | 'swap')[] }),
      premise: (before, after, taken) => sum(before, after, taken) % 3 !== one.idleAt,
      holds: (before, after, taken) => sum(before, after, taken) !== one.badAt,
    });
  }, spec);
  return new Space(configure(specOf(all)));
}

// biome-ignore lint/suspicious/noExplicitAny: views of a model that is made here
type Any = any;

/** Every step out of every state, as the search asks of them; answers how many steps there were. */
function compare(plans: readonly Plan[]): number {
  const space = spaceWith(plans);
  const { steps, transitions, layout } = space;
  const successors = new Successors();
  const armed = plans.map(() => 0);
  let asked = 0;
  for (let number = 0; number < VALUES ** CELLS; number++) {
    const values = range(CELLS).map((cell) => Math.floor(number / VALUES ** cell) % VALUES);
    const state = Int32Array.from(values, (value) => layout.slots[0]?.domain.intern(value) as number);
    transitions.expand(state, successors);
    steps.leave(state);
    let from = 0;
    for (let i = 0; i < successors.count; i++) {
      const [instance, label, to] = [successors.instance.at(i), successors.label.at(i), successors.end.at(i)];
      const by = transitions.instances[instance];
      const action = by?.action.name ?? '';
      const after = [...values];
      const next = Int32Array.from(state);
      successors.applyTo(next, i);
      for (let cell = 0; cell < CELLS; cell++)
        after[cell] = layout.slots[0]?.domain.value(next[cell] as number) as number;
      const taken = { action, instance: by?.instance, label: transitions.outcomes.labels[label] ?? '' };
      const expected = plans.flatMap((one, p) => {
        if (one.on !== undefined && !one.on.includes(action)) return [];
        const sum = sumOf(
          one,
          (cell) => values[cell] as number,
          (cell) => after[cell] as number,
          taken as Taken,
        );
        if (sum % 3 === one.idleAt) return [];
        armed[p] = (armed[p] as number) + 1;
        return sum === one.badAt ? [`p${p}`] : [];
      });
      const failed = steps.failuresOf(instance, label, successors.slot.data, successors.id.data, from, to);
      expect(failed.map(({ property }) => property)).toEqual(expected);
      from = to;
      asked++;
    }
  }
  expect([...steps.armed].slice(1)).toEqual(armed);
  return asked;
}

test('a step is asked about as if every property looked at every step', () => {
  fc.assert(
    fc.property(fc.array(plan, { minLength: 1, maxLength: 6 }), (plans) => {
      compare(plans);
    }),
    { numRuns: 200 },
  );
});

test('with more properties than a mask has bits', () => {
  fc.assert(
    fc.property(fc.array(plan, { minLength: 33, maxLength: 36 }), (plans) => {
      compare(plans);
    }),
    { numRuns: 10 },
  );
});

test('all steps are compared', () => {
  expect(compare([{ on: undefined, looks: [], stopAt: 0, idleAt: 1, badAt: 1 }])).toBe(
    VALUES ** CELLS * (3 * CELLS + CELLS - 1),
  );
});
