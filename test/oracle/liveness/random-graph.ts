import fc from 'fast-check';
import { z } from 'zod';
import {
  anyOf,
  choose,
  defineModel,
  type Fairness,
  type PropertyChain,
  properties,
  type Spec,
  single,
} from '../../../checker/language/index.ts';

/** An action: for each of its instances the edges from state to state; some go nowhere else. */
export interface GraphAction {
  readonly fairness: Fairness;
  readonly instances: readonly (readonly (readonly [number, number])[])[];
}

/** Which states are in a set, by number. */
type Marks = readonly boolean[];

/** A formula on the graph; `taken`: steps of an action, of all its instances or of one. */
export type GraphFormula =
  | { readonly form: 'eventually' | 'always' | 'alwaysEventually' | 'eventuallyAlways'; readonly goal: Marks }
  | { readonly form: 'leadsTo'; readonly from: Marks; readonly goal: Marks }
  | { readonly form: 'taken'; readonly action: number; readonly instance: number | undefined }
  | { readonly form: 'and' | 'or'; readonly of: readonly GraphFormula[] }
  | { readonly form: 'not'; readonly of: GraphFormula };

export interface GraphClaim {
  readonly claimed: GraphFormula;
  readonly provided: GraphFormula | undefined;
}

export interface RandomGraph {
  readonly states: number;
  readonly initial: readonly number[];
  readonly actions: readonly GraphAction[];
  readonly claims: readonly GraphClaim[];
}

const MOST = 6;
const state = fc.nat({ max: MOST - 1 });
export const marks = fc.array(fc.boolean(), { minLength: MOST, maxLength: MOST });
const edges = fc.array(fc.tuple(state, state), { maxLength: 6, size: 'max' });

const fairness: fc.Arbitrary<Fairness> = fc.oneof(
  { weight: 3, arbitrary: fc.constant('weak' as const) },
  { weight: 3, arbitrary: fc.constant('strong' as const) },
  { weight: 2, arbitrary: fc.constant('none' as const) },
  { weight: 1, arbitrary: fc.constantFrom({ weak: 'both' }, { strong: 'both' }, { strong: 'these' }) },
);

const { formula } = fc.letrec<{ formula: GraphFormula; atom: GraphFormula }>((tie) => ({
  formula: fc.oneof(
    { maxDepth: 2, depthSize: 'small' },
    { weight: 4, arbitrary: tie('atom') },
    {
      weight: 2,
      arbitrary: fc.record({
        form: fc.constantFrom('and', 'or'),
        of: fc.array(tie('formula'), { minLength: 1, maxLength: 3 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ form: fc.constant('not'), of: tie('formula') }) },
  ),
  atom: fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        form: fc.constantFrom('eventually', 'always', 'alwaysEventually', 'eventuallyAlways'),
        goal: marks,
      }),
    },
    { weight: 2, arbitrary: fc.record({ form: fc.constant('leadsTo'), from: marks, goal: marks }) },
    {
      weight: 1,
      arbitrary: fc.record({
        form: fc.constant('taken'),
        action: fc.nat({ max: 1 }),
        instance: fc.constantFrom(0, undefined),
      }),
    },
  ),
}));

export const randomGraph: fc.Arbitrary<RandomGraph> = fc.record({
  states: fc.integer({ min: 1, max: MOST }),
  initial: fc.uniqueArray(state, { minLength: 1, maxLength: 2 }),
  actions: fc.array(fc.record({ fairness, instances: fc.array(edges, { minLength: 1, maxLength: 2 }) }), {
    minLength: 2,
    maxLength: 4,
    size: 'max',
  }),
  claims: fc.array(
    fc.record({ claimed: formula, provided: fc.option(formula, { nil: undefined, freq: 3 }) }),
    { minLength: 1, maxLength: 4, size: 'max' },
  ),
});

/** States, folded into the number that the graph has. */
export const fold = (graph: RandomGraph, state: number): number => state % graph.states;

/**
 * The graph as a model of one component. Actions are called a0, a1, ...; claims c0, c1, ... With `backwards` everything is
 * declared the other way round.
 */
export function specOfGraph(graph: RandomGraph, backwards = false): Spec {
  const ordered = <T>(list: readonly T[]): T[] => (backwards ? [...list].reverse() : [...list]);
  let model = defineModel('random/graph', { about: 'a random graph', params: z.strictObject({}) })
    .components(() => ({ at: single(z.int()) }))
    .init(() => ({ at: anyOf(ordered([...new Set(graph.initial.map((state) => fold(graph, state)))])) }))
    .deadlock('allowed');
  for (const [a, { fairness, instances }] of ordered([...graph.actions.entries()])) {
    model = model.action(`a${a}`, {
      each: () => ordered([...instances.keys()]),
      fairness,
      next(s, i) {
        const at = s.at.value;
        const targets = ordered(instances[i] ?? []).flatMap(([from, to]) =>
          fold(graph, from) === at ? [fold(graph, to)] : [],
        );
        return choose([...new Set(targets)], (to) => [s.at.set(to)]);
      },
    });
  }
  let chain: PropertyChain<unknown, unknown, never> = properties(model) as never;
  for (const [c, { claimed, provided }] of graph.claims.entries()) {
    const claim = { ...declared(claimed), ...(provided && { provided: declared(provided) }) };
    chain = chain.temporal(`c${c}`, claim as never);
  }
  return chain;
}

/** A formula as the language has it. */
function declared(formula: GraphFormula): object {
  const is = (marks: Marks) => (s: { at: { value: number } }) => marks[s.at.value] === true;
  switch (formula.form) {
    case 'leadsTo':
      return { from: is(formula.from), leadsTo: is(formula.goal) };
    case 'taken': {
      const { action, instance } = formula;
      const of = instance === undefined ? {} : { of: (taken: unknown) => taken === instance };
      return { alwaysEventually: { taken: `a${action}`, ...of } };
    }
    case 'and':
    case 'or':
      return { [formula.form]: formula.of.map(declared) };
    case 'not':
      return { not: declared(formula.of) };
    default:
      return { [formula.form]: is(formula.goal) };
  }
}
