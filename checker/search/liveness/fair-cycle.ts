import type { Staying } from './breach.ts';
import type { Test } from './explored.ts';
import type { FairnessConditions } from './fairness.ts';
import type { StateGraph } from './state-graph.ts';

/** Round and round: from the first node along edges of the graph back to it; without edges the run stays where it is. */
export interface Cycle {
  readonly nodes: readonly number[];
  readonly edges: readonly number[];
}

/** Something that the cycle must have: a node of a kind, or a step of some action instances; either will do. */
interface Demand {
  readonly node: Test | undefined;
  readonly by: ((instance: number) => boolean) | undefined;
}

/**
 * A cycle through `entry` within its component that meets every fairness condition and does as `staying` says. Goes from
 * each demand to the nearest one that is still open; conditions are demanded only once the cycle so far breaks them.
 */
export class FairCycles {
  private readonly graph: StateGraph;
  private readonly fairness: FairnessConditions;
  private readonly part: Uint32Array;
  private readonly staying: Staying;
  private readonly cameBy = new Map<number, number>();

  constructor(graph: StateGraph, fairness: FairnessConditions, part: Uint32Array, staying: Staying) {
    this.graph = graph;
    this.fairness = fairness;
    this.part = part;
    this.staying = staying;
  }

  /** `entry` lies in a component that is fair and in which a run can do as `staying` says. */
  through(entry: number): Cycle {
    const demands: Demand[] = [
      ...this.staying.visiting.map((node) => ({ node, by: undefined })),
      ...this.staying.taking.map((marks) => ({
        node: undefined,
        by: (instance: number) => marks[instance] === 1,
      })),
    ];
    for (;;) {
      const cycle = this.round(entry, demands);
      const broken = this.broken(cycle);
      if (broken.length === 0) return cycle;
      for (const condition of broken) {
        const strong = this.fairness.conditions[condition]?.strong;
        const rests: Test = (node) => !this.enables(node, condition);
        const by = (instance: number): boolean => this.fairness.of[instance] === condition;
        demands.push({ node: strong ? undefined : rests, by });
      }
    }
  }

  private round(entry: number, demands: readonly Demand[]): Cycle {
    const { graph } = this;
    const edges: number[] = [];
    let at = entry;
    let open = demands.filter(({ node }) => !node?.(entry));
    while (open.length > 0) {
      const wanted = open;
      const way = this.nearest(
        at,
        (target) => wanted.some(({ node }) => node?.(target)),
        (edge) => wanted.some(({ by }) => by?.(graph.instanceOf(edge))),
      );
      for (const edge of way) {
        edges.push(edge);
        at = graph.targetOf(edge);
        const here = at;
        const instance = graph.instanceOf(edge);
        open = open.filter(({ node, by }) => !by?.(instance) && !node?.(here));
      }
    }
    if (at !== entry) {
      const back = this.nearest(
        at,
        (node) => node === entry,
        () => false,
      );
      edges.push(...back);
    }
    return { nodes: [entry, ...edges.map((edge) => graph.targetOf(edge)).slice(0, -1)], edges };
  }

  /** The conditions that a run that goes round this cycle for ever breaks. */
  private broken({ nodes, edges }: Cycle): number[] {
    const { graph, fairness } = this;
    const taken = new Set(edges.map((edge) => fairness.of[graph.instanceOf(edge)]));
    return fairness.conditions.flatMap(({ strong }, condition) => {
      if (taken.has(condition)) return [];
      const enables = (node: number): boolean => this.enables(node, condition);
      return (strong ? nodes.some(enables) : nodes.every(enables)) ? [condition] : [];
    });
  }

  private enables(node: number, condition: number): boolean {
    for (let edge = this.graph.begin(node); edge < this.graph.end(node); edge++) {
      if (this.fairness.of[this.graph.instanceOf(edge)] === condition) return true;
    }
    return false;
  }

  /** The edges of a shortest way within the component to a node, or along an edge, that is wanted. */
  private nearest(from: number, node: Test, along: Test): number[] {
    const { graph, part, cameBy } = this;
    const { avoiding } = this.staying;
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
          if (part[target] !== own || avoiding?.[graph.instanceOf(edge)] === 1) continue;
          if (along(edge)) return [...way(at), edge];
          if (sources.has(target)) continue;
          sources.set(target, at);
          cameBy.set(target, edge);
          if (node(target)) return way(target);
          next.push(target);
        }
      }
      level = next;
    }
    throw new RangeError('a fair component lacks what makes it fair');
  }
}
