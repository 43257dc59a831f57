import { hashOf } from '../space/hash.ts';
import type { Space } from '../space/space.ts';
import { Successors } from '../space/successors.ts';
import type { Walk, Walker, WalkStep } from './walker.ts';

/** How many states shrinking one walk may look at: some seconds at worst, and the same number on every machine. */
const BUDGET = 400_000;

/** Where a pass of deletions stands; passed on from a shrunk walk to its own shrinking. */
interface Pass {
  readonly size: number;
  /** The end of the piece to take out next. */
  readonly end: number;
  /** Whether this pass has shortened the walk already. */
  readonly progress: boolean;
}

export interface Shrunk {
  readonly walk: Walk;
  readonly context: unknown;
}

/**
 * Shorter walks that still end in a violation of the same property. A step is named by its action instance and label,
 * not by its number among the steps that happen to be enabled, so that what is left after taking a piece out still
 * means the same; a step that is no longer enabled is skipped.
 */
export class Shrinker {
  private readonly space: Space;
  private readonly walker: Walker;
  private readonly successors = new Successors();
  private spent = 0;

  constructor(space: Space, walker: Walker) {
    this.space = space;
    this.walker = walker;
  }

  /** `context` says how the walk was found: that of a `Shrunk`, or undefined for a fresh walk. @throws ModelError */
  *shrink(walk: Walk, context: unknown): Generator<Shrunk> {
    const pass = isPass(context) ? context : undefined;
    if (pass === undefined) yield* this.shortcut(walk);
    const length = walk.steps.length;
    let { size, end, progress }: Pass = pass ?? { size: length, end: length, progress: false };
    for (;;) {
      size = Math.min(size, length);
      for (end = Math.min(end, length); end > 0 && this.spent < BUDGET; end--) {
        const start = Math.max(0, end - size);
        const shorter = this.along(walk, [...walk.steps.slice(0, start), ...walk.steps.slice(end)]);
        if (shorter) yield { walk: shorter, context: { size, end: start, progress: true } satisfies Pass };
        if (size > 1) end = start + 1;
      }
      if (this.spent >= BUDGET || (size <= 1 && !progress)) return;
      [size, end, progress] = size <= 1 ? [length, length, false] : [size >> 1, length, progress];
    }
  }

  /** The shortest way to the end through the states of the walk: no loops, no detours. */
  private *shortcut(walk: Walk): Generator<Shrunk> {
    // The last step of a step property's violation is what it is about; otherwise the last state is.
    const aboutStep = walk.found.some(({ kind }) => kind === 'step');
    const goal = walk.states.length - (aboutStep ? 2 : 1);
    const steps = goal < 0 ? [] : this.wayThrough(walk.states, goal);
    const last = walk.steps.at(-1);
    const shorter = this.along(walk, aboutStep && last ? [...steps, last] : steps);
    if (shorter) yield { walk: shorter, context: undefined };
  }

  private wayThrough(states: readonly Int32Array[], goal: number): readonly WalkStep[] {
    const numbers = new Map<string, number>();
    const keyOf = (state: Int32Array): string => `${hashOf(state)} ${state.join()}`;
    const firsts = states.map((state, i) => {
      const key = keyOf(state);
      if (!numbers.has(key)) numbers.set(key, i);
      return numbers.get(key) ?? i;
    });
    const cameBy = new Map<number, { readonly from: number; readonly step: WalkStep }>();
    const queue = [0];
    const target = firsts[goal] ?? goal;
    for (const from of queue) {
      if (from === target || this.spent >= BUDGET) break;
      const state = states[from] as Int32Array;
      this.spent++;
      this.space.transitions.expand(state, this.successors);
      for (let i = 0; i < this.successors.count; i++) {
        const next = Int32Array.from(state);
        this.successors.applyTo(next, i);
        const to = numbers.get(keyOf(next));
        if (to === undefined || to === 0 || cameBy.has(to)) continue;
        cameBy.set(to, {
          from,
          step: { instance: this.successors.instance.at(i), label: this.successors.label.at(i) },
        });
        queue.push(to);
      }
    }
    const steps: WalkStep[] = [];
    for (let at = cameBy.get(target); at !== undefined; at = cameBy.get(at.from)) steps.unshift(at.step);
    return steps;
  }

  /** The walk along these steps, where they are enabled, if it is shorter and still violates the property. */
  private along(walk: Walk, steps: readonly WalkStep[]): Walk | undefined {
    const initial = walk.states[0];
    if (initial === undefined || steps.length >= walk.steps.length) return undefined;
    const before = this.walker.visited;
    let at = 0;
    const shorter = this.walker.walk(initial, (successors) => {
      while (at < steps.length) {
        const i = indexOf(successors, steps[at++] as WalkStep);
        if (i >= 0) return i;
      }
      return -1;
    });
    this.spent += this.walker.visited - before;
    const same = shorter.found.some(({ property }) => walk.found.some((one) => one.property === property));
    return same ? shorter : undefined;
  }
}

function indexOf(successors: Successors, { instance, label }: WalkStep): number {
  for (let i = 0; i < successors.count; i++) {
    if (successors.instance.at(i) === instance && successors.label.at(i) === label) return i;
  }
  return -1;
}

function isPass(context: unknown): context is Pass {
  return typeof context === 'object' && context !== null && 'size' in context;
}
