import fc from 'fast-check';
import { z } from 'zod';
import {
  anyOf,
  choose,
  defineModel,
  properties,
  type Spec,
  single,
} from '../../../checker/language/index.ts';

/** From a state to a state, by an action and a label. */
interface Arrow {
  readonly from: number;
  readonly by: number;
  readonly label: string;
  readonly to: number;
}

/** Two designs as small graphs that have most of their arrows in common. */
export interface GraphPair {
  readonly common: readonly Arrow[];
  readonly before: readonly Arrow[];
  readonly after: readonly Arrow[];
  readonly initial: readonly number[];
  /** What is seen of each state. */
  readonly colors: readonly number[];
  readonly bad: readonly number[];
  /** Steps that violate something, by the color before and after. */
  readonly wrong: readonly (readonly [number, number])[];
  readonly cut: readonly number[];
  readonly mayEnd: boolean;
}

const STATES = 9;
const state = fc.nat({ max: STATES - 1 });
const arrow: fc.Arbitrary<Arrow> = fc.record({
  from: state,
  by: fc.nat({ max: 1 }),
  label: fc.constantFrom('x', 'y'),
  to: state,
});
const color = fc.nat({ max: 2 });

export const graphPair: fc.Arbitrary<GraphPair> = fc.record({
  common: fc.array(arrow, { minLength: 6, maxLength: 20, size: 'max' }),
  before: fc.array(arrow, { maxLength: 2, size: 'max' }),
  after: fc.array(arrow, { maxLength: 2, size: 'max' }),
  initial: fc.uniqueArray(state, { minLength: 1, maxLength: 3 }),
  colors: fc.array(color, { minLength: STATES, maxLength: STATES }),
  bad: fc.uniqueArray(state, { maxLength: 2 }),
  wrong: fc.array(fc.tuple(color, color), { maxLength: 1 }),
  cut: fc.uniqueArray(state, { maxLength: 1 }),
  mayEnd: fc.boolean(),
});

/** The pair as one model: with the change `after`, the other arrows. */
export function specOfPair(pair: GraphPair): Spec {
  const { colors, common } = pair;
  const initial = pair.initial.filter((at) => !pair.cut.includes(at));
  const model = defineModel('pair', { about: 'a random graph', params: z.strictObject({}) })
    .rules({ arrows: [...pair.before, ...common] })
    .changes({ after: { about: '', source: 'seeded', rules: { arrows: [...pair.after, ...common] } } })
    .components(() => ({ at: single(z.int()), color: single(z.int()) }))
    .init(() =>
      (initial.length === 0 ? [0] : initial).map((at) => ({ at: anyOf([at]), color: colors[at] ?? 0 })),
    )
    .action('go', {
      each: () => [0, 1],
      next(s, by, _p, rules) {
        const here = rules.arrows.filter((one) => one.from === s.at.value && one.by === by);
        // The same label may lead to one state only.
        const first = here.filter((one, i) => here.findIndex(({ label }) => label === one.label) === i);
        if (first.length === 0) return;
        return choose(
          first,
          ({ to }) => [s.at.set(to), s.color.set(colors[to] ?? 0)],
          ({ label }) => label,
        );
      },
    })
    .within((s) => initial.length === 0 || !pair.cut.includes(s.at.value))
    .deadlock(pair.mayEnd ? 'allowed' : 'forbidden');
  return properties(model)
    .always('good', { holds: (s) => !pair.bad.includes(s.at.value) })
    .step('right', {
      holds: (before, after) =>
        !pair.wrong.some(([a, b]) => before.color.value === a && after.color.value === b),
    });
}
