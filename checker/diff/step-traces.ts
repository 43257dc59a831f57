import { CUT, type LabelledGraph } from './labelled-graph.ts';
import { type Moves, StateSets, type Traces } from './traces.ts';

/** What of a graph counts: which states a run may be in, and which edges it may take. */
export interface Allowed {
  state(state: number): boolean;
  edge(state: number, edge: number): boolean;
}

/** The label of every beginning. No edge has it. */
const BEGIN = 0;

/**
 * Traces of steps: (action, instance, label), each of them visible. A label leads from a state to one other state, so sets of
 * several states come from several initial states alone.
 */
export class StepTraces implements Traces {
  private readonly graph: LabelledGraph;
  private readonly allowed: Allowed | undefined;
  private readonly sets = new StateSets();

  constructor(graph: LabelledGraph, allowed?: Allowed) {
    this.graph = graph;
    this.allowed = allowed;
  }

  begin(into: Moves): void {
    into.clear();
    const initial = this.graph.initial.filter((state) => this.allowed?.state(state) ?? true);
    if (initial.length > 0) into.add(BEGIN, this.sets.idOf(initial));
  }

  next(node: number, into: Moves): void {
    into.clear();
    if (node % 2 === 0) {
      this.ofOne(node / 2, (label, target) => into.add(label, 2 * target));
      return;
    }
    const targets = new Map<number, Set<number>>();
    for (const state of this.sets.statesOf(node)) {
      this.ofOne(state, (label, target) => {
        const known = targets.get(label);
        if (known === undefined) targets.set(label, new Set([target]));
        else known.add(target);
      });
    }
    for (const [label, states] of targets) into.add(label, this.sets.idOf([...states]));
  }

  statesOf(node: number): readonly number[] {
    return this.sets.statesOf(node);
  }

  private ofOne(state: number, found: (label: number, target: number) => void): void {
    const { graph, allowed } = this;
    const begin = graph.begin(state);
    for (let edge = begin, end = graph.end(state); edge < end; edge++) {
      const target = graph.targetOf(edge);
      if (target === CUT) continue;
      if (allowed !== undefined && !(allowed.edge(state, edge) && allowed.state(target))) continue;
      found(graph.labelOf(edge), target);
    }
  }
}
