import { configure } from '../../../checker/language/configure.ts';
import { breadthFirst } from '../../../checker/search/breadth-first.ts';
import { breaksClaim, lassoFault } from '../../../checker/search/liveness/check-lasso.ts';
import type { Violation } from '../../../checker/search/result.ts';
import { Space } from '../../../checker/space/space.ts';
import { conditionsOf, edgesOf, holdsNaively, isBroken, isFair } from './naive-liveness.ts';
import { fold, type GraphClaim, type RandomGraph, specOfGraph } from './random-graph.ts';

/** The claims of a random graph with both checkers, and each lasso against the definitions. @throws Error when they differ */
export async function compareLiveness(graph: RandomGraph): Promise<readonly boolean[]> {
  const expected = graph.claims.map((claim) => holdsNaively(graph, claim));
  for (const backwards of [false, true]) {
    const space = new Space(configure(specOfGraph(graph, backwards)));
    const { properties, violations } = await breadthFirst(space, { all: true });
    const found = properties.map(({ result }) => result === 'holds');
    equal('verdicts', found, expected);
    for (const violation of violations) {
      const claim = graph.claims[Number(violation.property.slice(1))];
      if (claim) checkLasso(graph, claim, violation, space);
    }
  }
  return expected;
}

function checkLasso(graph: RandomGraph, claim: GraphClaim, violation: Violation, space: Space): void {
  const { path, loop } = violation;
  if (path === undefined || loop === undefined) throw new Error('no lasso');
  equal('the replay of the lasso', lassoFault(space, path, loop), undefined);
  equal('what the replay says', breaksClaim(space, path, loop, violation.property, violation.instance), true);
  const edges = edgesOf(graph);
  const states = path.states.map((state) => Number(space.valuesOf(state).at));
  const taken = path.steps.map(({ instance }) => space.transitions.instances[instance]?.name ?? '');
  equal('it begins', graph.initial.map((state) => fold(graph, state)).includes(states[0] ?? -1), true);
  for (const [i, by] of taken.entries()) {
    const step = edges.some((edge) => edge.by === by && edge.from === states[i] && edge.to === states[i + 1]);
    equal(`step ${i + 1} is one`, step, true);
  }
  equal('it comes back', states.at(-1), states[loop]);
  const inside = new Set(states.slice(loop));
  equal('it is fair', isFair(conditionsOf(graph), edges, inside, new Set(taken.slice(loop))), true);
  const past = states.slice(0, loop + 1);
  const repeated = new Set(taken.slice(loop).filter((_, i) => states[loop + i] !== states[loop + i + 1]));
  const last = past.filter((state, i) => past.lastIndexOf(state) === i);
  equal('it breaks the claim', isBroken(claim, { past: last, inside, taken: repeated }), true);
}

function equal(what: string, found: unknown, expected: unknown): void {
  if (JSON.stringify(found) === JSON.stringify(expected)) return;
  throw new Error(`${what}: ${JSON.stringify(found)}, expected ${JSON.stringify(expected)}`);
}
