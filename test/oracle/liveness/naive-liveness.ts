import type { Fairness } from '../../../checker/language/index.ts';
import { fold, type GraphClaim, type GraphFormula, type RandomGraph } from './random-graph.ts';

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

/** A run that never ends, as far as claims can tell runs apart. */
export interface EndlessRun {
  /** The states that it has been in before it stays for ever, each where it was there last. */
  readonly past: readonly number[];
  /** Those that it is in infinitely often, and the steps that it takes again and again. */
  readonly inside: ReadonlySet<number>;
  readonly taken: ReadonlySet<string>;
}

/**
 * Whether a claim holds, from the definitions alone: every set of states is tried as the one that a run is in infinitely
 * often, after every past that leads there. The set must hang together, also without some of the steps that the claim is
 * about; taking every other edge inside satisfies whatever can be satisfied there.
 */
export function holdsNaively(graph: RandomGraph, claim: GraphClaim): boolean {
  const edges = edgesOf(graph);
  const conditions = conditionsOf(graph);
  const pasts = pastsOf(graph, edges);
  const named = [claim.claimed, ...(claim.provided ? [claim.provided] : [])].flatMap((one) =>
    namedIn(graph, one),
  );
  for (const inside of subsets([...Array(graph.states).keys()])) {
    const [some] = inside;
    if (some === undefined) continue;
    for (const left of subsets([...new Set(named)])) {
      const within = edges.filter(({ from, to, by }) => inside.has(from) && inside.has(to) && !left.has(by));
      if (![...inside].every((state) => reaches(within, some, state) && reaches(within, state, some)))
        continue;
      const taken = new Set(within.map(({ by }) => by));
      if (!isFair(conditions, edges, inside, taken)) continue;
      const breaks = (past: readonly number[]): boolean =>
        inside.has(past.at(-1) ?? -1) && isBroken(claim, { past, inside, taken });
      if (pasts.some(breaks)) return false;
    }
  }
  return true;
}

export function isBroken({ claimed, provided }: GraphClaim, run: EndlessRun): boolean {
  return (provided === undefined || isTrue(provided, run)) && !isTrue(claimed, run);
}

function isTrue(formula: GraphFormula, run: EndlessRun): boolean {
  const { past, inside, taken } = run;
  const states = [...inside];
  switch (formula.form) {
    case 'and':
      return formula.of.every((one) => isTrue(one, run));
    case 'or':
      return formula.of.some((one) => isTrue(one, run));
    case 'not':
      return !isTrue(formula.of, run);
    case 'taken': {
      const { action, instance } = formula;
      return [...taken].some((by) =>
        instance === undefined ? by.startsWith(`a${action}(`) : by === instanceName(action, instance),
      );
    }
    case 'eventually':
      return [...past, ...states].some((state) => formula.goal[state]);
    case 'always':
      return [...past, ...states].every((state) => formula.goal[state]);
    case 'alwaysEventually':
      return states.some((state) => formula.goal[state]);
    case 'eventuallyAlways':
      return states.every((state) => formula.goal[state]);
    case 'leadsTo': {
      if (states.some((state) => formula.goal[state])) return true;
      if (states.some((state) => formula.from[state])) return false;
      const last = (marks: readonly boolean[]): number => past.findLastIndex((state) => marks[state]);
      return last(formula.from) <= last(formula.goal);
    }
  }
}

/** The instances of the steps that a formula is about. */
function namedIn(graph: RandomGraph, formula: GraphFormula): string[] {
  switch (formula.form) {
    case 'and':
    case 'or':
      return formula.of.flatMap((one) => namedIn(graph, one));
    case 'not':
      return namedIn(graph, formula.of);
    case 'taken':
      return (graph.actions[formula.action]?.instances ?? []).map((_, i) => instanceName(formula.action, i));
    default:
      return [];
  }
}

/** Every past of a run, as the order in which it was in its states last. */
function pastsOf(graph: RandomGraph, edges: readonly Edge[]): (readonly number[])[] {
  const pasts = new Map(graph.initial.map((state) => [String(fold(graph, state)), [fold(graph, state)]]));
  for (const past of pasts.values()) {
    for (const { from, to } of edges) {
      if (from !== past.at(-1)) continue;
      const longer = [...past.filter((state) => state !== to), to];
      pasts.set(String(longer), longer);
    }
  }
  return [...pasts.values()];
}

function subsets<T>(all: readonly T[]): ReadonlySet<T>[] {
  return [...Array(2 ** all.length).keys()].map(
    (bits) => new Set(all.filter((_, i) => (bits >> i) % 2 === 1)),
  );
}

function reaches(edges: readonly Edge[], start: number, goal: number): boolean {
  const seen = new Set([start]);
  for (const state of seen) for (const { from, to } of edges) if (from === state) seen.add(to);
  return seen.has(goal);
}
