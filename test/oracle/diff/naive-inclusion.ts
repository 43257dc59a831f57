import { type Naive, type NaiveStep, type State, text } from '../naive.ts';

/** A design written out: every state within the bounds with its steps. */
export interface Written {
  readonly initial: readonly string[];
  readonly states: ReadonlyMap<string, { readonly state: State; readonly steps: readonly Edge[] }>;
}

interface Edge {
  readonly label: string;
  readonly to: string;
  readonly step: NaiveStep;
  /** Whether it leads out of the bounds. */
  readonly cut: boolean;
}

/** Undefined for a design of more than `limit` states. */
export function written(naive: Naive, limit: number): Written | undefined {
  const initial = naive.initial.filter((state) => naive.within(state));
  const states = new Map<string, { state: State; steps: readonly Edge[] }>();
  const queue = [...initial];
  for (const state of queue) {
    if (states.has(text(state))) continue;
    if (states.size >= limit) return undefined;
    const steps = naive.successors(state).map((step) => ({
      label: `${step.by} ${step.label}`,
      to: text(step.to),
      step,
      cut: !naive.within(step.to),
    }));
    states.set(text(state), { state, steps });
    queue.push(...steps.filter(({ cut }) => !cut).map(({ step }) => step.to));
  }
  return { initial: initial.map(text), states };
}

/** What is visible of a step; undefined for nothing. */
export type See = (
  before: State | undefined,
  step: Pick<NaiveStep, 'to'> & { readonly label: string },
) => string | undefined;

export const seeSteps: See = (before, { label }) => (before === undefined ? '' : label);

/** Changes of the components whose names begin so. */
export function seeComponents(name: string): See {
  const seen = (state: State): string =>
    JSON.stringify(Object.entries(state).filter(([key]) => key === name || key.startsWith(`${name}(`)));
  return (before, { to }) => (before !== undefined && seen(before) === seen(to) ? undefined : seen(to));
}

/**
 * How many visible steps the shortest trace of `a` has that `b` has not; undefined when there is none. Each state of `a` goes
 * together with the set of all states that `b` may be in after the same trace.
 */
export function naiveInclusion(a: Written, b: Written, see: See): number | undefined {
  let level: { at: string; set: ReadonlySet<string> }[] = [];
  const known = new Set<string>();
  for (const at of a.initial) {
    const shown = see(undefined, { to: stateOf(a, at), label: '' });
    const set = b.initial.filter((one) => see(undefined, { to: stateOf(b, one), label: '' }) === shown);
    if (set.length === 0) return 0;
    level.push({ at, set: unseen(b, new Set(set), see) });
  }
  for (let length = 1; level.length > 0; length++) {
    const next: typeof level = [];
    const here = [...level];
    for (const { at, set } of here) {
      const key = `${at} ${[...set].sort().join()}`;
      if (known.has(key)) continue;
      known.add(key);
      for (const { label, to, step, cut } of a.states.get(at)?.steps ?? []) {
        if (cut) continue;
        const shown = see(stateOf(a, at), { to: step.to, label });
        if (shown === undefined) {
          here.push({ at: to, set });
          continue;
        }
        const after = [...set].flatMap((one) => targets(b, one, see, shown));
        if (after.length === 0) return length;
        next.push({ at: to, set: unseen(b, new Set(after), see) });
      }
    }
    level = next;
  }
  return undefined;
}

const stateOf = ({ states }: Written, at: string): State => states.get(at)?.state ?? {};

/** Where the steps from a state lead of which so much is visible. */
function targets(written: Written, from: string, see: See, shown: string | undefined): readonly string[] {
  const steps = written.states.get(from)?.steps ?? [];
  return steps
    .filter(({ cut, label, step }) => !cut && see(stateOf(written, from), { to: step.to, label }) === shown)
    .map(({ to }) => to);
}

function unseen(written: Written, set: Set<string>, see: See): ReadonlySet<string> {
  for (const state of set) for (const to of targets(written, state, see, undefined)) set.add(to);
  return set;
}

/** The design without what violates something, or must come to do so, by the book: rounds until nothing more is doomed. */
export function legalPart(written: Written, naive: Naive): Written {
  const bad = (at: string): boolean => {
    const { state, steps } = written.states.get(at) ?? { state: {}, steps: [] };
    return naive.judge(state).length > 0 || (steps.length === 0 && !naive.mayEndIn(state));
  };
  const wrong = (at: string, { step }: Edge): boolean => naive.judge(stateOf(written, at), step).length > 0;
  const doomed = new Set([...written.states.keys()].filter(bad));
  for (let before = -1; before < doomed.size; ) {
    before = doomed.size;
    for (const [at, { steps }] of written.states) {
      const lost = (edge: Edge): boolean => !edge.cut && (wrong(at, edge) || doomed.has(edge.to));
      if (steps.length > 0 && steps.every(lost)) doomed.add(at);
    }
  }
  const kept = [...written.states].filter(([at]) => !doomed.has(at));
  return {
    initial: written.initial.filter((at) => !doomed.has(at)),
    states: new Map(
      kept.map(([at, { state, steps }]) => [
        at,
        { state, steps: steps.filter((edge) => !wrong(at, edge) && !doomed.has(edge.to)) },
      ]),
    ),
  };
}
