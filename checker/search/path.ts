import { ModelError } from '../language/errors.ts';
import type { Space } from '../space/space.ts';
import { NO_PARENT } from '../space/state-store.ts';
import { Successors } from '../space/successors.ts';
import type { Representative, Visited } from './visited.ts';

export interface PathStep {
  /** Number of the action instance in `space.transitions.instances`. */
  readonly instance: number;
  readonly label: string;
}

/** A run of the model: states.length = steps.length + 1. */
export interface Path {
  readonly states: readonly Int32Array[];
  readonly steps: readonly PathStep[];
}

/**
 * The path by which the search first reached a state: only the states' parents are stored, the steps are found anew. With a
 * `representative` each step leads to a state that the next one stands for.
 */
export function pathTo(
  state: number,
  store: Visited,
  space: Space,
  representative?: Representative | undefined,
): Path {
  const numbers: number[] = [];
  for (let at = state; at !== NO_PARENT; at = store.parentOf(at)) numbers.push(at);
  const states = numbers.reverse().map((number) => {
    const vector = new Int32Array(space.layout.slots.length);
    store.read(number, vector);
    return vector;
  });
  const steps = states
    .slice(1)
    .map((after, i) => stepBetween(states[i] as Int32Array, after, space, undefined, representative));
  return { states, steps };
}

/** The first step, in order of declaration, that leads from one state to the other: of any action instance or of this one. */
export function stepBetween(
  before: Int32Array,
  after: Int32Array,
  space: Space,
  by?: number | undefined,
  representative?: Representative | undefined,
): PathStep {
  const successors = new Successors();
  space.transitions.expand(before, successors);
  for (let i = 0; i < successors.count; i++) {
    if (by !== undefined && successors.instance.at(i) !== by) continue;
    const reached = Int32Array.from(before);
    successors.applyTo(reached, i);
    representative?.(Int32Array.from(reached), reached);
    if (reached.every((id, slot) => id === after[slot])) return stepAt(successors, i, space);
  }
  throw new ModelError('a step that was taken is no longer possible: some action is impure', {
    model: space.configuration.spec.model.name,
  });
}

/** Step `i` of an expansion, by name. */
export function stepAt(successors: Successors, i: number, space: Space): PathStep {
  const label = space.transitions.outcomes.labels[successors.label.at(i)] ?? '';
  return { instance: successors.instance.at(i), label };
}

export function extend(path: Path, step: PathStep, state: Int32Array): Path {
  return { states: [...path.states, Int32Array.from(state)], steps: [...path.steps, step] };
}
