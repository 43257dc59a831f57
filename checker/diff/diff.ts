import type { Configuration } from '../language/configure.ts';
import { breadthFirst } from '../search/breadth-first.ts';
import type { Limits } from '../search/limits.ts';
import type { Path } from '../search/path.ts';
import type { Progress, PropertyReport, PropertyResult, SearchResult } from '../search/result.ts';
import { whyNot } from '../search/why-not.ts';
import { Space } from '../space/space.ts';
import { Doom, Violates } from './doom.ts';
import { LabelledGraph } from './labelled-graph.ts';
import { Names } from './names.ts';
import { ObservedTraces, Observer } from './observed-traces.ts';
import { type Distinguishing, type LabelTrace, type WalkOptions, walkPairs } from './pair-walk.ts';
import { runAlong } from './run-along.ts';
import { SameState } from './same-state.ts';
import { StepTraces } from './step-traces.ts';
import type { Traces } from './traces.ts';

/** One design with its complete search. */
export interface Side {
  readonly space: Space;
  readonly result: SearchResult;
}

/** What was found of a property on one side; undefined where that side does not have it. */
export interface SideReport {
  readonly result: PropertyResult;
  /** Of the shortest run that violates or reaches it. */
  readonly steps: number | undefined;
}

export interface PropertyDiff {
  readonly name: string;
  readonly kind: PropertyReport['kind'];
  readonly before: SideReport | undefined;
  readonly after: SideReport | undefined;
}

/** A run of one side that the other side cannot make. */
export interface Behaviour {
  readonly path: Path;
  /** Why the other side cannot take the last step, where steps are compared. */
  readonly otherwise: string | undefined;
}

/** The same steps, after which the two sides are in different states. */
export interface Parting {
  readonly before: Path;
  readonly after: Path;
  /** The components that differ: server(3), inbox(3). */
  readonly components: readonly string[];
}

export interface DesignDiff {
  readonly before: Side;
  readonly after: Side;
  readonly properties: readonly PropertyDiff[];
  /** The shortest run that only the design after can make; undefined when there is none or none was found. */
  readonly gained: Behaviour | undefined;
  /** The shortest run that only the design before can make. */
  readonly lost: Behaviour | undefined;
  /**
   * Where the design after repairs an invariant: the shortest lost run that violates nothing, and that can go on to its
   * end, or for ever, without violating anything. Undefined when there is none or nobody looked.
   */
  readonly lostThoughLegal: Behaviour | undefined;
  /** Whether the lost runs were looked through for one that is legal. */
  readonly legalityKnown: boolean;
  /** The first common steps that lead to different states; undefined when there are none, or states cannot be compared. */
  readonly parting: Parting | undefined;
  /** Whether both sides have the same components. */
  readonly comparable: boolean;
  /** Components that were observed; undefined when steps are compared. */
  readonly observed: readonly string[] | undefined;
  /** Why not all behaviours were compared. */
  readonly stoppedBy: string | undefined;
  /** Pairs of states, or of sets of states, that the comparison went through. */
  readonly pairs: number;
}

export interface DiffOptions extends Pick<Limits, 'states' | 'seconds' | 'signal'> {
  /** Compares what can be seen of these components, instead of steps. */
  readonly observe?: readonly string[] | undefined;
  readonly maxPairs?: number | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly onPairs?: ((pairs: number) => void) | undefined;
}

/** Searches two designs to their ends, and compares what they promise and what they can do. @throws ModelError, UsageError */
export async function diffDesigns(
  before: Configuration,
  after: Configuration,
  options: DiffOptions = {},
): Promise<DesignDiff> {
  const spaces = [new Space(before), new Space(after)] as const;
  const { observe } = options;
  const comparison = new Comparison(spaces[0], spaces[1], options);
  const sides = {
    before: { space: spaces[0], result: await breadthFirst(spaces[0], { ...options, all: true }) },
    after: { space: spaces[1], result: await breadthFirst(spaces[1], { ...options, all: true }) },
  };
  const properties = propertyDiffs(sides.before.result, sides.after.result);
  return { ...sides, properties, observed: observe, ...(await comparison.run(properties)) };
}

function propertyDiffs(before: SearchResult, after: SearchResult): readonly PropertyDiff[] {
  const reports = [...before.properties, ...after.properties];
  const first = reports.filter(({ name }, i) => reports.findIndex((one) => one.name === name) === i);
  return first.map(({ name, kind }) => ({
    name,
    kind,
    before: sideReport(before, name),
    after: sideReport(after, name),
  }));
}

function sideReport(
  { properties, violations, witnesses }: SearchResult,
  name: string,
): SideReport | undefined {
  const report = properties.find((property) => property.name === name);
  const shown = [...violations, ...witnesses].find(({ property }) => property === name);
  return report && { result: report.result, steps: shown?.path?.steps.length };
}

const isGood = (side: SideReport | undefined): boolean =>
  side?.result === 'holds' || side?.result === 'reached';
const isBad = (side: SideReport | undefined): boolean =>
  side?.result === 'violated' || side?.result === 'unreached';

/** Properties that hold before and not after. */
export const broken = ({ properties }: Pick<DesignDiff, 'properties'>): readonly PropertyDiff[] =>
  properties.filter(({ before, after }) => isGood(before) && isBad(after));

/** Properties that hold after and not before. */
export const repaired = ({ properties }: Pick<DesignDiff, 'properties'>): readonly PropertyDiff[] =>
  properties.filter(({ before, after }) => isBad(before) && isGood(after));

/** What the comparison of behaviours finds out. */
type Compared = Pick<
  DesignDiff,
  'gained' | 'lost' | 'lostThoughLegal' | 'legalityKnown' | 'parting' | 'comparable' | 'stoppedBy' | 'pairs'
>;

class Comparison {
  private readonly before: LabelledGraph;
  private readonly after: LabelledGraph;
  private readonly observers: readonly [Observer, Observer] | undefined;
  private readonly options: DiffOptions;
  private readonly same: SameState;

  /** @throws UsageError for a component to observe that one side does not have */
  constructor(before: Space, after: Space, options: DiffOptions) {
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
    const mustStop = (): string | undefined =>
      states !== undefined && Math.max(this.before.count, this.after.count) > states
        ? `the limit of ${states} states`
        : undefined;
    return { signal, seconds, maxPairs, mustStop, onProgress: onPairs };
  }

  /** Runs that are lost though they violate nothing and need not come to a violation. */
  private async legal(properties: readonly PropertyDiff[]) {
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
