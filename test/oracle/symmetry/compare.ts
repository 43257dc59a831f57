import { expect } from 'vitest';
import { configure } from '../../../checker/language/configure.ts';
import { breadthFirst } from '../../../checker/search/breadth-first.ts';
import { replay } from '../../../checker/search/replay.ts';
import { symmetricSearch } from '../../../checker/search/symmetric.ts';
import { Permutations } from '../../../checker/space/permutations.ts';
import { Space } from '../../../checker/space/space.ts';
import { StateStore } from '../../../checker/space/state-store.ts';
import { traceOf } from '../../../checker/trace/trace.ts';
import { type SymmetricTree, symmetricSpec } from './models.ts';

export interface ComparedSymmetry {
  readonly distinct: number;
  readonly orbits: number;
  readonly violated: boolean;
  readonly reached: boolean;
}

const MOST_STATES = 1000;

/**
 * Searches a model with and without its symmetry, to the end: the same verdicts, lengths and depth, one state an orbit.
 * Undefined for a model that is too large.
 */
export async function compareSymmetry(tree: SymmetricTree): Promise<ComparedSymmetry | undefined> {
  const spec = symmetricSpec(tree);
  const space = new Space(configure(spec));
  const store = new StateStore(space.layout);
  const full = await breadthFirst(space, { all: true, visited: store, states: MOST_STATES });
  if (!full.complete) return undefined;
  const again = new Space(configure(spec));
  const reduced = await symmetricSearch(again, { all: true });
  const said = ({ verdict, complete, depth, properties, violations, witnesses }: typeof full) => ({
    verdict,
    complete,
    depth,
    properties: properties.map(({ name, result }) => [name, result]),
    violations: violations.map(({ property, path }) => [property, path?.steps.length]).sort(),
    witnesses: witnesses.map(({ property, path }) => [property, path.steps.length]).sort(),
  });
  expect(said(reduced)).toEqual(said(full));
  expect(reduced.distinct).toBe(orbitsOf(space, store));
  for (const violation of reduced.violations) {
    if (violation.path === undefined) continue;
    const trace = traceOf(again, violation);
    expect(replay(new Space(configure(spec)), trace).verdict, violation.property).toBe('replayed');
  }
  return {
    distinct: full.distinct ?? 0,
    orbits: reduced.distinct ?? 0,
    violated: full.verdict === 'violated',
    reached: full.witnesses.length > 0,
  };
}

/** Orbits as one would first count them: the least text of all that permutations make of a state. */
function orbitsOf(space: Space, store: StateStore): number {
  const permutations = new Permutations(space);
  const vector = new Int32Array(space.layout.slots.length);
  const permuted = new Int32Array(vector.length);
  const orbits = new Set<string>();
  for (let state = 0; state < store.count; state++) {
    store.read(state, vector);
    const texts = permutations.all().map((one) => {
      permutations.apply(vector, one, permuted);
      return JSON.stringify(space.valuesOf(permuted));
    });
    orbits.add(texts.toSorted()[0] ?? '');
  }
  return orbits.size;
}
