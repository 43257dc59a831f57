import type { Fairness } from '../../../checker/language/index.ts';
import { fold, type GraphClaim, type RandomGraph } from './random-graph.ts';

interface Edge {
  readonly from: number;
  readonly to: number;
  /** a0(1) */
  readonly by: string;
}

/** Some action instances, and what is assumed of them together. */
interface Condition {
  readonly strong: boolean;
  readonly of: ReadonlySet<string>;
}

const instanceName = (action: number, instance: number): string => `a${action}(${instance})`;

/** The edges that change the state: others are no progress. */
export function edgesOf(graph: RandomGraph): Edge[] {
  return graph.actions.flatMap(({ instances }, a) =>
    instances.flatMap((edges, i) =>
      edges
        .map(([from, to]) => ({ from: fold(graph, from), to: fold(graph, to), by: instanceName(a, i) }))
        .filter(({ from, to }) => from !== to),
    ),
  );
}

export function conditionsOf(graph: RandomGraph): Condition[] {
  const conditions = new Map<string, { strong: boolean; of: Set<string> }>();
  for (const [a, { fairness, instances }] of graph.actions.entries()) {
    for (const i of instances.keys()) {
      const own = instanceName(a, i);
      const assumed = assumedOf(fairness, own);
      if (assumed === undefined) continue;
      const condition = conditions.get(assumed) ?? { strong: assumed.startsWith('strong'), of: new Set() };
      condition.of.add(own);
      conditions.set(assumed, condition);
    }
  }
  return [...conditions.values()];
}

function assumedOf(fairness: Fairness, own: string): string | undefined {
  if (fairness === 'none') return undefined;
  if (typeof fairness === 'string') return `${fairness} ${own}`;
  return 'weak' in fairness ? `weak shared ${fairness.weak}` : `strong shared ${fairness.strong}`;
}

/** Whether a run may be in exactly these states infinitely often, and take exactly these steps again and again. */
export function isFair(
  conditions: readonly Condition[],
  edges: readonly Edge[],
  inside: ReadonlySet<number>,
  taken: ReadonlySet<string>,
): boolean {
  return conditions.every(({ strong, of }) => {
    if ([...of].some((by) => taken.has(by))) return true;
    const enabled = [...inside].filter((state) => edges.some(({ from, by }) => from === state && of.has(by)));
    return strong ? enabled.length === 0 : enabled.length < inside.size;
  });
}

/**
 * Whether a claim holds, from the definitions alone: every set of states is tried as the one that a run is in infinitely
 * often. It must hang together; taking every edge inside satisfies whatever can be satisfied there.
 */
export function holdsNaively(graph: RandomGraph, claim: GraphClaim): boolean {
  const edges = edgesOf(graph);
  const conditions = conditionsOf(graph);
  for (let bits = 1; bits < 2 ** graph.states; bits++) {
    const inside = new Set([...Array(graph.states).keys()].filter((state) => (bits >> state) % 2 === 1));
    const within = edges.filter(({ from, to }) => inside.has(from) && inside.has(to));
    const [some = 0] = inside;
    if (![...inside].every((state) => reaches(within, [some], state) && reaches(within, [state], some)))
      continue;
    if (!isFair(conditions, edges, inside, new Set(within.map(({ by }) => by)))) continue;
    if (breaks(graph, claim, edges, inside)) return false;
  }
  return true;
}

/** Whether some run that is in exactly these states infinitely often breaks the claim. */
function breaks(
  graph: RandomGraph,
  claim: GraphClaim,
  edges: readonly Edge[],
  inside: ReadonlySet<number>,
): boolean {
  const { form, goal, from, again, forGood } = claim;
  const states = [...inside];
  const initial = graph.initial.map((state) => fold(graph, state));
  if (again && !states.some((state) => again[state])) return false;
  if (forGood && !states.every((state) => forGood[state])) return false;
  const [some = 0] = states;
  if (form === 'eventuallyAlways')
    return states.some((state) => !goal[state]) && reaches(edges, initial, some);
  if (states.some((state) => goal[state])) return false;
  if (form === 'alwaysEventually') return reaches(edges, initial, some);
  const starts =
    form === 'eventually'
      ? initial
      : [...Array(graph.states).keys()].filter((state) => from[state] && reaches(edges, initial, state));
  const missing = edges.filter((edge) => !goal[edge.from] && !goal[edge.to]);
  return reaches(
    missing,
    starts.filter((state) => !goal[state]),
    some,
  );
}

function reaches(edges: readonly Edge[], starts: readonly number[], goal: number): boolean {
  const seen = new Set(starts);
  for (const state of seen) for (const { from, to } of edges) if (from === state) seen.add(to);
  return seen.has(goal);
}
