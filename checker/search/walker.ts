import type { Space } from '../space/space.ts';
import type { Failure } from '../space/state-checks.ts';
import { Successors } from '../space/successors.ts';
import type { Path } from './path.ts';
import type { Violation } from './result.ts';

/** A step by the numbers of its action instance and of its label: as much as it takes to look for it elsewhere. */
export interface WalkStep {
  readonly instance: number;
  readonly label: number;
}

export interface Found extends Failure {
  readonly kind: Violation['kind'];
}

/** One run from an initial state. */
export interface Walk {
  readonly states: readonly Int32Array[];
  readonly steps: readonly WalkStep[];
  /** What the last state or step violates. Nothing before it does: a walk ends at its first violation. */
  readonly found: readonly Found[];
  /** Whether the last state has no step. */
  readonly stuck: boolean;
}

/**
 * Picks one of the steps out of the present state, or ends the walk with -1. `refused` counts the picks in this state
 * that led out of the bounds: such a step is checked, as in an exhaustive search, but not taken.
 */
export type Pick = (successors: Successors, refused: number, length: number) => number;

/** Takes walks through a space and checks every state and step on the way. */
export class Walker {
  /** Picked steps that `within` cut. */
  cut = 0;
  /** States gone through and looked at, over all walks: what a walk costs. */
  visited = 0;
  private readonly space: Space;
  private readonly successors = new Successors();
  private readonly mayStop: boolean;

  constructor(space: Space) {
    this.space = space;
    this.mayStop = space.configuration.spec.model.definition.deadlock === 'allowed';
  }

  /** @throws ModelError */
  walk(initial: Int32Array, pick: Pick): Walk {
    const { space, successors } = this;
    const states = [initial];
    const steps: WalkStep[] = [];
    this.visited++;
    const found = this.failures(initial);
    if (found.length > 0 || this.isOutside(initial)) return { states, steps, found, stuck: false };
    for (let current = initial; ; ) {
      space.transitions.expand(current, successors);
      if (successors.count === 0) return { states, steps, found: this.deadlock(current), stuck: true };
      const taken = this.step(current, (refused) => pick(successors, refused, steps.length));
      if (taken === undefined) return { states, steps, found, stuck: false };
      states.push(taken.state);
      steps.push(taken.step);
      if (taken.found.length > 0) return { states, steps, found: taken.found, stuck: false };
      current = taken.state;
    }
  }

  /** The picked step with what it violates; undefined at the end of the walk. */
  private step(
    current: Int32Array,
    pick: (refused: number) => number,
  ): { readonly state: Int32Array; readonly step: WalkStep; readonly found: readonly Found[] } | undefined {
    const { space, successors } = this;
    for (let refused = 0; ; refused++) {
      const i = pick(refused);
      if (i < 0) return undefined;
      this.visited++;
      const state = Int32Array.from(current);
      successors.applyTo(state, i);
      const step = { instance: successors.instance.at(i), label: successors.label.at(i) };
      let found = this.failures(state);
      if (space.steps.any) {
        space.steps.pair.set(current);
        space.steps.pair.set(state, current.length);
        const failed = space.steps.failures(step.instance, step.label);
        if (failed.length > 0)
          found = [...failed.map((one) => ({ ...one, kind: 'step' }) as const), ...found];
      }
      if (found.length > 0 || !this.isOutside(state)) return { state, step, found };
      this.cut++;
    }
  }

  private isOutside(state: Int32Array): boolean {
    return this.space.states.constrained && !this.space.states.within(state);
  }

  private failures(state: Int32Array): readonly Found[] {
    const failed = this.space.states.failures(state);
    return failed.length === 0 ? NONE : failed.map((one) => ({ ...one, kind: 'always' }));
  }

  private deadlock(state: Int32Array): readonly Found[] {
    if (this.mayStop || this.space.states.isExpectedEnd(state)) return NONE;
    return [{ property: 'deadlock', instance: '', sentence: 'no action is enabled', kind: 'deadlock' }];
  }
}

const NONE: readonly never[] = [];

/** The first `steps` steps of a walk as a path. */
export function pathOf(walk: Walk, space: Space, steps = walk.steps.length): Path {
  const { labels } = space.transitions.outcomes;
  return {
    states: walk.states.slice(0, steps + 1),
    steps: walk.steps
      .slice(0, steps)
      .map(({ instance, label }) => ({ instance, label: labels[label] ?? '' })),
  };
}
