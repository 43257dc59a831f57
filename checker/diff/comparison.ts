import type { Limits } from '../search/limits.ts';
import { whyNot } from '../search/why-not.ts';
import type { Space } from '../space/space.ts';
import { Doom, Violates } from './doom.ts';
import { LabelledGraph } from './labelled-graph.ts';
import { Names } from './names.ts';
import { ObservedTraces, Observer } from './observed-traces.ts';
import {
  type Distinguishing,
  type LabelTrace,
  type Walked,
  type WalkOptions,
  walkPairs,
} from './pair-walk.ts';
import {
  type Behaviour,
  type DesignDiff,
  isBad,
  type Parting,
  type PropertyDiff,
  repaired,
} from './result.ts';
import { runAlong } from './run-along.ts';
import { SameState } from './same-state.ts';
import { StepTraces } from './step-traces.ts';
import type { Traces } from './traces.ts';

export interface CompareOptions extends Pick<Limits, 'states' | 'seconds' | 'signal'> {
  /** Compares what can be seen of these components, instead of steps. */
  readonly observe?: readonly string[] | undefined;
  readonly maxPairs?: number | undefined;
  readonly onPairs?: ((pairs: number) => void) | undefined;
}

/** What the comparison of behaviours finds out. */
type Compared = Pick<
  DesignDiff,
  'gained' | 'lost' | 'lostThoughLegal' | 'legalityKnown' | 'parting' | 'comparable' | 'stoppedBy' | 'pairs'
>;

const MAX_BYTES = 2 * 2 ** 30;
const LOOK_EVERY = 2 ** 16;

/** Compares what two designs can do. */
export class Comparison {
  private readonly before: LabelledGraph;
  private readonly after: LabelledGraph;
  private readonly observers: readonly [Observer, Observer] | undefined;
  private readonly options: CompareOptions;
  private readonly same: SameState;

  /** @throws UsageError for a component to observe that one side does not have */
  constructor(before: Space, after: Space, options: CompareOptions) {
    const names = new Names();
    this.before = new LabelledGraph(before, names);
    this.after = new LabelledGraph(after, names);
    this.options = options;
    this.same = new SameState(before.layout, after.layout);
    const { observe } = options;
    if (observe === undefined) return;
    const seen = new Names();
    this.observers = [new Observer(this.before, observe, seen), new Observer(this.after, observe, seen)];
  }

  async run(properties: readonly PropertyDiff[]): Promise<Compared> {
    const { same, observers } = this;
    const [left, right] = this.traces();
    let parting: LabelTrace | undefined;
    const walked = await walkPairs(left, right, {
      ...this.walkOptions(),
      onPair:
        observers === undefined && same.comparable
          ? (a, b, trace) => {
              if (parting === undefined && !this.sameStates(left.statesOf(a), right.statesOf(b)))
                parting = trace();
            }
          : undefined,
    });
    const { lost, gained, pairs, stoppedBy } = walked;
    const legal = stoppedBy === undefined && lost !== undefined ? await this.legal(properties) : undefined;
    return {
      gained: gained && this.behaviour(this.after, gained, this.before, observers?.[1]),
      lost: lost && this.behaviour(this.before, lost, this.after, observers?.[0]),
      lostThoughLegal: legal?.lost && this.behaviour(this.before, legal.lost, this.after),
      legalityKnown: legal !== undefined && legal.stoppedBy === undefined,
      parting: parting && this.parting(parting),
      comparable: same.comparable,
      stoppedBy,
      pairs,
    };
  }

  private traces(): readonly [Traces, Traces] {
    const { before, after, observers } = this;
    return observers === undefined
      ? [new StepTraces(before), new StepTraces(after)]
      : [new ObservedTraces(before, observers[0]), new ObservedTraces(after, observers[1])];
  }

  private walkOptions(): WalkOptions {
    const { states, maxPairs, signal, seconds, onPairs } = this.options;
    let calls = 0;
    const mustStop = (): string | undefined => {
      if (states !== undefined && Math.max(this.before.count, this.after.count) > states)
        return `the limit of ${states} states`;
      // Adding up what the graphs take costs more than a step.
      if (++calls % LOOK_EVERY === 0 && this.before.bytes + this.after.bytes > MAX_BYTES)
        return `the limit of ${MAX_BYTES / 2 ** 30} GiB for the transitions of both`;
      return undefined;
    };
    return { signal, seconds, maxPairs, mustStop, onProgress: onPairs };
  }

  /** Runs that are lost though they violate nothing and need not come to a violation. */
  private async legal(properties: readonly PropertyDiff[]): Promise<Walked | undefined> {
    const repairs = repaired({ properties });
    const isInvariant = ({ kind }: PropertyDiff): boolean => kind !== 'temporal' && kind !== 'reachable';
    if (this.observers !== undefined || repairs.length === 0 || !repairs.every(isInvariant)) return undefined;
    const violated = properties.filter((one) => isBad(one.before) && isInvariant(one));
    const violates = new Violates(this.before, new Set(violated.map(({ name }) => name)));
    const legal = new StepTraces(this.before, new Doom(this.before, violates));
    return walkPairs(legal, new StepTraces(this.after), { ...this.walkOptions(), want: 'lost' });
  }

  private sameStates(left: readonly number[], right: readonly number[]): boolean {
    if (left.length !== right.length) return false;
    const others = right.map((state) => this.after.vectorOf(state));
    return left.every((state) => {
      const vector = this.before.vectorOf(state);
      return others.some((other) => this.same.same(vector, other));
    });
  }

  private parting(trace: LabelTrace): Parting {
    const before = runAlong(this.before, trace);
    const after = runAlong(this.after, trace);
    const ends = [before, after].map(({ states }) => states.at(-1) as Int32Array);
    const components = this.same.differing(ends[0] as Int32Array, ends[1] as Int32Array);
    return { before, after, components };
  }

  private behaviour(
    graph: LabelledGraph,
    { labels, other }: Distinguishing,
    otherGraph: LabelledGraph,
    observer?: Observer,
  ): Behaviour {
    const path = runAlong(graph, labels, observer);
    const last = path.steps.at(-1);
    if (observer !== undefined || last === undefined || other === undefined)
      return { path, otherwise: undefined };
    // Where the other side may be in several states, the step is impossible in each; the shortest run to one shows why.
    const there = runAlong(otherGraph, labels.slice(0, -1)).states.at(-1) as Int32Array;
    const { name } = graph.space.transitions.instances[last.instance] ?? { name: '' };
    const instance = otherGraph.space.transitions.instances.findIndex((one) => one.name === name);
    const otherwise =
      instance < 0 ? `there is no ${name}` : whyNot(otherGraph.space, instance, last.label, there);
    return { path, otherwise };
  }
}
