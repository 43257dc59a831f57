import { Doom, TooLarge, Violates } from '../diff/doom.ts';
import { CUT, LabelledGraph } from '../diff/labelled-graph.ts';
import { Names } from '../diff/names.ts';
import type { Path, PathStep } from '../search/path.ts';
import type { Violation } from '../search/result.ts';
import { whyNot } from '../search/why-not.ts';
import type { Read } from '../space/recorder.ts';
import type { Space } from '../space/space.ts';

/** A step that would have avoided the violation, where it was still possible. */
export interface WayOut {
  readonly step: PathStep;
  /** Why it is not possible after the step that was taken; undefined if it is, but comes too late. */
  readonly tooLate: string | undefined;
}

/** When the violation became unavoidable: after so many steps every run that goes on comes to it. */
export interface PointOfNoReturn {
  /** 0: from the beginning; the number of all steps: with the last one. */
  readonly step: number;
  /** Instead of that step; undefined if there was no choice from the beginning. */
  readonly instead: WayOut | undefined;
}

export interface Explanation {
  /** What the failing property looked at, in this order; of a step the state after it is marked. */
  readonly looked: readonly Read[];
  readonly noReturn: PointOfNoReturn | undefined;
  /** Why that was not worked out. */
  readonly unknown: string | undefined;
}

/** States that finding the point of no return may look at. */
const LIMIT = 500_000;

/** Why a run violates what it violates, and when that could still be avoided. @throws ModelError */
export function explain(space: Space, violation: Violation, limit = LIMIT): Explanation {
  const { path, kind } = violation;
  const looked = path === undefined ? [] : looksAt(space, violation, path);
  if (path === undefined || kind === 'temporal' || kind === 'reachable')
    return {
      looked,
      noReturn: undefined,
      unknown: 'it is not about a state or a step that could be avoided',
    };
  try {
    return { looked, noReturn: pointOfNoReturn(space, violation.property, path, limit), unknown: undefined };
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    return { looked, noReturn: undefined, unknown: error.message };
  }
}

function looksAt(space: Space, violation: Violation, { states, steps }: Path): readonly Read[] {
  const [end, last] = [states.at(-1), steps.at(-1)];
  if (end === undefined) return [];
  if (violation.kind === 'always') return space.states.looksAt(violation, end);
  const before = states.at(-2);
  if (violation.kind !== 'step' || before === undefined || last === undefined) return [];
  space.steps.pair.set(before);
  space.steps.pair.set(end, before.length);
  return space.steps.reads(violation.property, last.instance, alternativeOf(space, last));
}

const alternativeOf = (space: Space, { label }: PathStep): number =>
  space.transitions.outcomes.labels.indexOf(label);

function pointOfNoReturn(space: Space, property: string, path: Path, limit: number): PointOfNoReturn {
  const graph = new LabelledGraph(space, new Names());
  const doom = new Doom(graph, new Violates(graph, new Set([property])), limit);
  const passed = follow(graph, path);
  let step = path.steps.length;
  while (step > 0 && isDoomed(passed[step - 1], doom)) step--;
  const from = passed[step - 1];
  if (from === undefined) return { step: 0, instead: undefined };
  return { step, instead: wayOut(graph, doom, from, passed[step]) };
}

const isDoomed = (state: number | undefined, doom: Doom): boolean =>
  state !== undefined && doom.isDoomed(state);

/** The states of a run by number; the last one is missing if it is out of the bounds (within). */
function follow(graph: LabelledGraph, { states, steps }: Path): readonly number[] {
  const [initial] = states;
  const first = graph.initial.find((state) => isSame(graph.vectorOf(state), initial));
  if (first === undefined) return [];
  const passed = [first];
  for (const [i, step] of steps.entries()) {
    const from = passed.at(-1) as number;
    const begin = graph.begin(from);
    const edges = Array.from({ length: graph.end(from) - begin }, (_, n) => begin + n);
    const taken = edges.find((edge) => {
      const { instance, label } = graph.stepOf(graph.labelOf(edge));
      if (instance !== step.instance || label !== step.label) return false;
      return graph.targetOf(edge) !== CUT && isSame(graph.vectorOf(graph.targetOf(edge)), states[i + 1]);
    });
    if (taken === undefined) break;
    passed.push(graph.targetOf(taken));
  }
  return passed;
}

const isSame = (a: Int32Array, b: Int32Array | undefined): boolean => a.every((id, slot) => id === b?.[slot]);

/** A step out of `from` after which the violation is not unavoidable, rather one that the step taken has disabled. */
function wayOut(graph: LabelledGraph, doom: Doom, from: number, to: number | undefined): WayOut | undefined {
  const { space } = graph;
  const steps: PathStep[] = [];
  const begin = graph.begin(from);
  for (let edge = begin; edge < graph.end(from); edge++) {
    const target = graph.targetOf(edge);
    if (doom.edge(from, edge) && target !== CUT && doom.state(target))
      steps.push(graph.stepOf(graph.labelOf(edge)));
  }
  const [first] = steps;
  if (first === undefined || to === undefined) return first && { step: first, tooLate: undefined };
  const later = stepsOf(graph, to);
  const gone = steps.find(
    (step) => !later.some((one) => one.instance === step.instance && one.label === step.label),
  );
  if (gone === undefined) return { step: first, tooLate: undefined };
  return { step: gone, tooLate: whyNot(space, gone.instance, gone.label, graph.vectorOf(to)) };
}

function stepsOf(graph: LabelledGraph, state: number): readonly PathStep[] {
  const begin = graph.begin(state);
  return Array.from({ length: graph.end(state) - begin }, (_, i) => graph.stepOf(graph.labelOf(begin + i)));
}
