import type { Space } from '../space/space.ts';
import { CUT, type LabelledGraph } from './labelled-graph.ts';
import type { Allowed } from './step-traces.ts';

/** Of these properties, whether a state or a step violates one. Liveness and witnesses are not about single states. */
export class Violates {
  private readonly graph: LabelledGraph;
  private readonly properties: ReadonlySet<string>;
  private readonly states = new Map<number, boolean>();

  constructor(graph: LabelledGraph, properties: ReadonlySet<string>) {
    this.graph = graph;
    this.properties = properties;
  }

  state(state: number): boolean {
    const known = this.states.get(state);
    if (known !== undefined) return known;
    const { space } = this.graph;
    const vector = this.graph.vectorOf(state);
    const failed = space.states.failures(vector).some(({ property }) => this.properties.has(property));
    const violates = failed || this.isDeadlock(state, vector, space);
    this.states.set(state, violates);
    return violates;
  }

  step(state: number, edge: number): boolean {
    const { space } = this.graph;
    if (!space.steps.any) return false;
    const target = this.graph.targetOf(edge);
    if (target === CUT) return false;
    const before = this.graph.vectorOf(state);
    space.steps.pair.set(before);
    space.steps.pair.set(this.graph.vectorOf(target), before.length);
    const { instance, label } = this.graph.stepOf(this.graph.labelOf(edge));
    const alternative = space.transitions.outcomes.labels.indexOf(label);
    const failed = space.steps.failures(instance, alternative);
    return failed.some(({ property }) => this.properties.has(property));
  }

  private isDeadlock(state: number, vector: Int32Array, space: Space): boolean {
    if (!this.properties.has('deadlock')) return false;
    const { deadlock } = space.configuration.spec.model.definition;
    if (deadlock === 'allowed' || this.graph.begin(state) < this.graph.end(state)) return false;
    return !space.states.isExpectedEnd(vector);
  }
}

/** Too many states to find out whether something is unavoidable. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

const DOOMED = 1;
const SAFE = 2;

interface Frame {
  readonly state: number;
  edge: number;
  readonly end: number;
}

/**
 * Whether a violation has become unavoidable: every run that goes on as long as it can comes to one. A run that comes to an end,
 * that goes round in a circle or that leaves the bounds (within) without one shows that it has not.
 */
export class Doom implements Allowed {
  private readonly graph: LabelledGraph;
  private readonly violates: Violates;
  private readonly limit: number;
  private readonly known = new Map<number, typeof DOOMED | typeof SAFE>();

  /** `limit`: states of the graph, after which it gives up. */
  constructor(graph: LabelledGraph, violates: Violates, limit = Number.POSITIVE_INFINITY) {
    this.graph = graph;
    this.violates = violates;
    this.limit = limit;
  }

  /** Not violated, and not unavoidable. */
  state(state: number): boolean {
    return !this.isDoomed(state);
  }

  /** Whether the step itself violates nothing. */
  edge(state: number, edge: number): boolean {
    return !this.violates.step(state, edge);
  }

  /** @throws TooLarge */
  isDoomed(state: number): boolean {
    const known = this.known.get(state) ?? (this.violates.state(state) ? DOOMED : undefined);
    return (known ?? this.look(state)) === DOOMED;
  }

  /** Depth-first: the first way out that is found saves all states on the way to it. */
  private look(start: number): typeof DOOMED | typeof SAFE {
    const { graph, violates, known } = this;
    const stack: Frame[] = [];
    const onStack = new Set<number>();
    const enter = (state: number): void => {
      const edge = graph.begin(state);
      stack.push({ state, edge, end: graph.end(state) });
      onStack.add(state);
    };
    const escaped = (): typeof SAFE => {
      for (const { state } of stack) known.set(state, SAFE);
      return SAFE;
    };
    enter(start);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const { state, edge, end } = top;
      if (edge === end) {
        if (graph.begin(state) === end) return escaped(); // nothing more happens
        known.set(state, DOOMED);
        onStack.delete(state);
        stack.pop();
        continue;
      }
      if (graph.count > this.limit) throw new TooLarge(`more than ${this.limit} states to look at`);
      top.edge++;
      const target = graph.targetOf(edge);
      if (target === CUT) return escaped();
      if (violates.step(state, edge) || violates.state(target)) continue;
      if (known.get(target) === SAFE || onStack.has(target)) return escaped();
      if (known.get(target) === undefined) enter(target);
    }
    return DOOMED;
  }
}
