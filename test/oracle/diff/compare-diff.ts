import fc from 'fast-check';
import { diffDesigns } from '../../../checker/diff/diff.ts';
import { Doom, Violates } from '../../../checker/diff/doom.ts';
import { LabelledGraph } from '../../../checker/diff/labelled-graph.ts';
import { Names } from '../../../checker/diff/names.ts';
import { walkPairs } from '../../../checker/diff/pair-walk.ts';
import { StepTraces } from '../../../checker/diff/step-traces.ts';
import { type Configuration, configure } from '../../../checker/language/configure.ts';
import { Space } from '../../../checker/space/space.ts';
import { modelTree } from '../arbitraries.ts';
import type { ModelTree } from '../ast.ts';
import { specOfTree } from '../interpret.ts';
import { Fault, Naive } from '../naive.ts';
import { type GraphPair, specOfPair } from './graph-pair.ts';
import {
  legalPart,
  naiveInclusion,
  type See,
  seeComponents,
  seeSteps,
  type Written,
  written,
} from './naive-inclusion.ts';

type Designs = readonly [before: Configuration, after: Configuration];

/** Two random models of the public language that differ in a rule, in an action, or in where they begin. */
export const treePair: fc.Arbitrary<Designs> = fc
  .tuple(modelTree, modelTree, fc.constantFrom('rule', 'action', 'guard', 'initial'), fc.nat())
  .map(([before, other, what, n]) => {
    const at = n % before.actions.length;
    const action = other.actions[n % other.actions.length];
    const replaced = (part: object): ModelTree => ({
      ...before,
      actions: before.actions.map((one, i) => (i === at ? { ...one, ...part } : one)),
    });
    const after = {
      action: () => replaced(action ?? {}),
      guard: () => replaced({ guard: action?.guard }),
      initial: () => ({ ...before, initial: before.initial.slice(0, 1) }),
      rule: () => ({ ...before, changed: !before.changed }),
    };
    return [ofTree(before), ofTree(after[what]())] as const;
  });

const ofTree = (tree: ModelTree): Configuration =>
  configure(specOfTree(tree), tree.changed ? { changes: ['other'] } : {});

export const designsOfGraphs = (pair: GraphPair): Designs => {
  const spec = specOfPair(pair);
  return [configure(spec), configure(spec, { changes: ['after'] })];
};

/** What a pair was like, so that a suite can show that its pairs are worth comparing. */
export interface ComparedPair {
  readonly outcome: 'same' | 'faulty' | 'too large';
  /** Lengths of the shortest traces by steps; undefined where there is none. */
  readonly lost?: number | undefined;
  readonly gained?: number | undefined;
  readonly seenLost?: number | undefined;
  readonly legal?: number | undefined;
  readonly doomed?: number;
}

const LIMIT = 80;

/** Compares a pair with the checker and naively; `seen`: a component to observe. @throws Error when they differ */
export async function comparePair(designs: Designs, seen: string): Promise<ComparedPair> {
  const naive = designs.map((design) => new Naive(design));
  let graphs: (Written | undefined)[];
  try {
    graphs = naive.map((one) => written(one, LIMIT));
  } catch (error) {
    if (error instanceof Fault) return { outcome: 'faulty' };
    throw error;
  }
  const [a, b] = graphs;
  if (a === undefined || b === undefined) return { outcome: 'too large' };
  if (a.initial.length === 0 || b.initial.length === 0) return { outcome: 'faulty' };
  const { lost, gained } = await same(designs, a, b, seeSteps);
  const { lost: seenLost } = await same(designs, a, b, seeComponents(seen), [seen]);
  const [of] = naive;
  const part = of && legalPart(a, of);
  const legal = part && naiveInclusion(part, b, seeSteps);
  const ours = await legalLost(designs);
  equal('the shortest legal one', ours.lost, legal);
  const doomed = a.states.size - (part?.states.size ?? 0);
  equal('doomed states', ours.doomed, doomed);
  return { outcome: 'same', lost, gained, seenLost, legal, doomed };
}

async function same([before, after]: Designs, a: Written, b: Written, see: See, observe?: readonly string[]) {
  const diff = await diffDesigns(before, after, { observe });
  const lost = naiveInclusion(a, b, see);
  const gained = naiveInclusion(b, a, see);
  equal('stopped', diff.stoppedBy, undefined);
  const visible = (side: 'before' | 'after', path: { states: readonly Int32Array[] } | undefined) =>
    path && visibleSteps(diff[side].space, path.states, observe);
  equal('lost', visible('before', diff.lost?.path), lost);
  equal('gained', visible('after', diff.gained?.path), gained);
  return { lost, gained };
}

/** Of a run, the steps that change what is observed. */
function visibleSteps(space: Space, states: readonly Int32Array[], observe?: readonly string[]): number {
  const seen = states.map((vector) =>
    JSON.stringify(
      space.layout.slots
        .filter(({ component }) => observe?.includes(component))
        .map(({ index, domain }) => domain.encoding(vector[index] ?? 0)),
    ),
  );
  return seen.slice(1).filter((now, i) => observe === undefined || now !== seen[i]).length;
}

/** The length of the shortest run of the one design that violates nothing, need not, and is none of the other. */
async function legalLost([before, after]: Designs) {
  const names = new Names();
  const [a, b] = [new LabelledGraph(new Space(before), names), new LabelledGraph(new Space(after), names)];
  const all = new Set(['deadlock', ...before.spec.properties.map(({ name }) => name)]);
  const doom = new Doom(a, new Violates(a, all));
  const { lost } = await walkPairs(new StepTraces(a, doom), new StepTraces(b), { want: 'lost' });
  let doomed = 0;
  for (let state = 0; state < a.count; state++) {
    a.begin(state); // finds the states after it
    if (doom.isDoomed(state)) doomed++;
  }
  return { lost: lost && lost.labels.length - 1, doomed };
}

function equal(what: string, found: unknown, expected: unknown): void {
  if (found !== expected) throw new Error(`${what}: ${String(found)}, but naively ${String(expected)}`);
}
