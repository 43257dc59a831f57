import type { Test } from './fair-components.ts';
import type { FairnessConditions } from './fairness.ts';
import type { StateGraph } from './state-graph.ts';

/** Round and round: from the first state along edges of the graph back to it; without edges the run stays where it is. */
export interface Cycle {
  readonly states: readonly number[];
  readonly edges: readonly number[];
}

/** Something that the cycle must have: a state of a kind, or for a condition an edge (or for a weak one a rest). */
interface Demand {
  readonly state: Test | undefined;
  readonly condition: number | undefined;
}

/**
 * A cycle through `entry` within its component that meets every fairness condition and visits all that it has to. Goes from
 * each demand to the nearest one that is still open; conditions are demanded only once the cycle so far breaks them.
 */
export class FairCycles {
  private readonly graph: StateGraph;
  private readonly fairness: FairnessConditions;
  private readonly part: Uint32Array;
  private readonly cameBy = new Map<number, number>();

  constructor(graph: StateGraph, fairness: FairnessConditions, part: Uint32Array) {
    this.graph = graph;
    this.fairness = fairness;
    this.part = part;
  }

  /** `entry` lies in a component that is fair and can be visited as demanded. */
  through(entry: number, visiting: readonly Test[]): Cycle {
    const demands: Demand[] = visiting.map((state) => ({ state, condition: undefined }));
    for (;;) {
      const cycle = this.round(entry, demands);
      const broken = this.broken(cycle);
      if (broken.length === 0) return cycle;
      for (const condition of broken) {
        const strong = this.fairness.conditions[condition]?.strong;
        const rests: Test = (state) => !this.enables(state, condition);
        demands.push({ state: strong ? undefined : rests, condition });
      }
    }
  }

  private round(entry: number, demands: readonly Demand[]): Cycle {
    const { graph, fairness } = this;
    const edges: number[] = [];
    let at = entry;
    let open = demands.filter(({ state }) => !state?.(entry));
    while (open.length > 0) {
      const wanted = open;
      const way = this.nearest(
        at,
        (state) => wanted.some((demand) => demand.state?.(state)),
        (edge) => wanted.some(({ condition }) => condition === fairness.of[graph.instanceOf(edge)]),
      );
      for (const edge of way) {
        edges.push(edge);
        at = graph.targetOf(edge);
        const here = at;
        const by = fairness.of[graph.instanceOf(edge)];
        open = open.filter(({ state, condition }) => condition !== by && !state?.(here));
      }
    }
    if (at !== entry) {
      const back = this.nearest(
        at,
        (state) => state === entry,
        () => false,
      );
      edges.push(...back);
    }
    return { states: [entry, ...edges.map((edge) => graph.targetOf(edge)).slice(0, -1)], edges };
  }

  /** The conditions that a run that goes round this cycle for ever breaks. */
  private broken({ states, edges }: Cycle): number[] {
    const { graph, fairness } = this;
    const taken = new Set(edges.map((edge) => fairness.of[graph.instanceOf(edge)]));
    return fairness.conditions.flatMap(({ strong }, condition) => {
      if (taken.has(condition)) return [];
      const enables = (state: number): boolean => this.enables(state, condition);
      return (strong ? states.some(enables) : states.every(enables)) ? [condition] : [];
    });
  }

  private enables(state: number, condition: number): boolean {
    for (let edge = this.graph.begin(state); edge < this.graph.end(state); edge++) {
      if (this.fairness.of[this.graph.instanceOf(edge)] === condition) return true;
    }
    return false;
  }

  /** The edges of a shortest way within the component to a state, or along an edge, that is wanted. */
  private nearest(from: number, state: Test, along: Test): number[] {
    const { graph, part, cameBy } = this;
    const own = part[from];
    const sources = new Map<number, number>([[from, -1]]);
    cameBy.clear();
    let level = [from];
    const way = (to: number): number[] => {
      const edges: number[] = [];
      for (let at = to; at !== from; at = sources.get(at) as number) edges.push(cameBy.get(at) as number);
      return edges.reverse();
    };
    while (level.length > 0) {
      const next: number[] = [];
      for (const at of level) {
        for (let edge = graph.begin(at); edge < graph.end(at); edge++) {
          const target = graph.targetOf(edge);
          if (part[target] !== own) continue;
          if (along(edge)) return [...way(at), edge];
          if (sources.has(target)) continue;
          sources.set(target, at);
          cameBy.set(target, edge);
          if (state(target)) return way(target);
          next.push(target);
        }
      }
      level = next;
    }
    throw new RangeError('a fair component lacks what makes it fair');
  }
}
