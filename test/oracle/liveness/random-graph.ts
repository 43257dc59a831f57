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

export interface GraphClaim {
  readonly form: 'eventually' | 'alwaysEventually' | 'eventuallyAlways' | 'leadsTo';
  readonly goal: Marks;
  readonly from: Marks;
  readonly again: Marks | undefined;
  readonly forGood: Marks | undefined;
}

export interface RandomGraph {
  readonly states: number;
  readonly initial: readonly number[];
  readonly actions: readonly GraphAction[];
  readonly claims: readonly GraphClaim[];
}

const MOST = 7;
const state = fc.nat({ max: MOST - 1 });
const marks = fc.array(fc.boolean(), { minLength: MOST, maxLength: MOST });
const edges = fc.array(fc.tuple(state, state), { maxLength: 6, size: 'max' });

const fairness: fc.Arbitrary<Fairness> = fc.oneof(
  { weight: 3, arbitrary: fc.constant('weak' as const) },
  { weight: 3, arbitrary: fc.constant('strong' as const) },
  { weight: 2, arbitrary: fc.constant('none' as const) },
  { weight: 1, arbitrary: fc.constantFrom({ weak: 'both' }, { strong: 'both' }, { strong: 'these' }) },
);

export const randomGraph: fc.Arbitrary<RandomGraph> = fc.record({
  states: fc.integer({ min: 1, max: MOST }),
  initial: fc.uniqueArray(state, { minLength: 1, maxLength: 2 }),
  actions: fc.array(fc.record({ fairness, instances: fc.array(edges, { minLength: 1, maxLength: 2 }) }), {
    minLength: 1,
    maxLength: 4,
    size: 'max',
  }),
  claims: fc.array(
    fc.record({
      form: fc.constantFrom('eventually', 'alwaysEventually', 'eventuallyAlways', 'leadsTo'),
      goal: marks,
      from: marks,
      again: fc.option(marks, { nil: undefined, freq: 3 }),
      forGood: fc.option(marks, { nil: undefined, freq: 3 }),
    }),
    { minLength: 1, maxLength: 4, size: 'max' },
  ),
});

/** The same graph, everything else declared in another order. */
export function reversed(graph: RandomGraph): RandomGraph {
  const actions = graph.actions.map(({ fairness, instances }) => ({
    fairness,
    instances: instances.map((edges) => [...edges].reverse()).reverse(),
  }));
  return { ...graph, initial: [...graph.initial].reverse(), actions: actions.reverse() };
}

/** States, folded into the number that the graph has. */
export const fold = (graph: RandomGraph, state: number): number => state % graph.states;

/** The graph as a model of one component. Actions are called a0, a1, ...; claims c0, c1, ... */
export function specOfGraph(graph: RandomGraph): Spec {
  let model = defineModel('random/graph', { about: 'a random graph', params: z.strictObject({}) })
    .components(() => ({ at: single(z.int()) }))
    .init(() => ({ at: anyOf([...new Set(graph.initial.map((state) => fold(graph, state)))]) }))
    .deadlock('allowed');
  for (const [a, { fairness, instances }] of graph.actions.entries()) {
    model = model.action(`a${a}`, {
      each: () => instances.map((_, i) => i),
      fairness,
      next(s, i) {
        const at = s.at.value;
        const targets = (instances[i] ?? []).flatMap(([from, to]) =>
          fold(graph, from) === at ? [fold(graph, to)] : [],
        );
        return choose([...new Set(targets)], (to) => [s.at.set(to)]);
      },
    });
  }
  let chain: PropertyChain<unknown, unknown, never> = properties(model) as never;
  for (const [c, claim] of graph.claims.entries()) chain = chain.temporal(`c${c}`, formula(claim) as never);
  return chain;
}

function formula({ form, goal, from, again, forGood }: GraphClaim): unknown {
  const is = (marks: Marks) => (s: { at: { value: number } }) => marks[s.at.value] === true;
  const provided = {
    ...(again ? { alwaysEventually: is(again) } : {}),
    ...(forGood ? { eventuallyAlways: is(forGood) } : {}),
  };
  return form === 'leadsTo'
    ? { from: is(from), leadsTo: is(goal), provided }
    : { [form]: is(goal), provided };
}
