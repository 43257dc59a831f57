import { IntList } from '../../space/int-list.ts';
import type { Staying } from './breach.ts';
import { Components } from './components.ts';
import type { Test } from './explored.ts';
import type { FairnessConditions } from './fairness.ts';
import type { StateGraph } from './state-graph.ts';
import type { Work } from './work.ts';

const ANYHOW: Staying = { within: () => true, visiting: [], avoiding: undefined, taking: [] };

/** Some components, each a range of `states`; the states of one share a number in `part`, which no other state has. */
export interface Found {
  readonly states: Uint32Array;
  /** From, to, from, to, ... */
  readonly ranges: IntList;
}

/**
 * The parts of the graph in which a run can stay for ever in accordance with all fairness conditions: strongly connected
 * components, cut down until none breaks its conditions (Emerson and Lei, "Modalities for model checking", 1987; for
 * strong fairness, as for the pairs of a Streett automaton: Lichtenstein and Pnueli, 1985). A single state counts: a run
 * may stay in it if nothing fair is enabled.
 */
export class FairComponents {
  readonly part: Uint32Array;
  private readonly graph: StateGraph;
  private readonly fairness: FairnessConditions;
  private readonly components: Components;
  /** By condition, for the component being judged: states where it is enabled, whether it is taken inside. */
  private readonly enabled: Uint32Array;
  private readonly taken: Uint8Array;
  /** By condition: the last state that was counted as enabling it, + 1. */
  private readonly counted: Uint32Array;

  constructor(graph: StateGraph, fairness: FairnessConditions) {
    this.graph = graph;
    this.fairness = fairness;
    this.components = new Components(graph);
    this.part = this.components.part;
    this.enabled = new Uint32Array(fairness.size);
    this.taken = new Uint8Array(fairness.size);
    this.counted = new Uint32Array(fairness.size);
  }

  /** All of them, of the whole graph. */
  *all(): Work<Found> {
    const states = new Uint32Array(this.graph.states);
    for (let state = 0; state < states.length; state++) states[state] = state;
    const number = this.components.newPart();
    this.part.fill(number);
    const ranges = new IntList();
    if (states.length > 0) yield* this.split(states, [[0, states.length]], ANYHOW, ranges);
    return { states, ranges };
  }

  /**
   * Those in which a run can do as `staying` says. Any of them lies in one of `all`, so that only those are looked at.
   * Numbers in `part` are valid until the next call.
   */
  *find(all: Found, staying: Staying): Work<Found> {
    const states = all.states.slice();
    const ranges = new IntList();
    const work: [number, number][] = [];
    for (let r = 0; r < all.ranges.length; r += 2) {
      const from = all.ranges.at(r);
      const whole = all.ranges.at(r + 1);
      const to = this.keep(states, from, whole, staying.within);
      if (to === from) continue;
      if (to < whole || staying.avoiding) work.push([from, to]);
      else if (this.visits(states, from, to, staying)) pushRange(ranges, from, to);
    }
    yield* this.split(states, work, staying, ranges);
    return { states, ranges };
  }

  /** Moves the states that are to stay to the front of the range and gives them a number of their own. Answers their end. */
  private keep(states: Uint32Array, from: number, to: number, stays: Test): number {
    const number = this.components.newPart();
    let end = from;
    for (let i = from; i < to; i++) {
      const state = states[i] as number;
      if (!stays(state)) {
        this.part[state] = 0;
        continue;
      }
      this.part[state] = number;
      states[end++] = state;
    }
    return end;
  }

  private *split(
    states: Uint32Array,
    work: [number, number][],
    staying: Staying,
    ranges: IntList,
  ): Work<void> {
    const { avoiding } = staying;
    for (let range = work.pop(); range !== undefined; range = work.pop()) {
      yield* this.components.find(states, ...range, avoiding, (from, to) => {
        if (!this.visits(states, from, to, staying)) return;
        const verdict = this.judge(states, from, to, avoiding);
        if (verdict === 'fair') {
          pushRange(ranges, from, to);
        } else if (verdict === 'cut down') {
          const end = this.keep(states, from, to, (state) => this.spared(state));
          if (end > from) work.push([from, end]);
        }
      });
    }
  }

  private visits(states: Uint32Array, from: number, to: number, staying: Staying): boolean {
    const { visiting, taking } = staying;
    if (visiting.length === 0 && taking.length === 0) return true; // most claims ask for neither
    const members = states.subarray(from, to);
    return (
      visiting.every((is) => members.some(is)) &&
      taking.every((marked) => members.some((state) => this.takes(state, marked, staying.avoiding)))
    );
  }

  /** Whether one of these steps leads from the state to another of its component. */
  private takes(state: number, marked: Uint8Array, avoiding: Uint8Array | undefined): boolean {
    const { graph, part } = this;
    for (let edge = graph.begin(state); edge < graph.end(state); edge++) {
      const by = graph.instanceOf(edge);
      if (marked[by] === 1 && avoiding?.[by] !== 1 && part[graph.targetOf(edge)] === part[state]) return true;
    }
    return false;
  }

  /** Whether nothing fair is enabled, so that a run may stay in this state for ever. */
  isQuiet(state: number): boolean {
    const { graph, fairness } = this;
    for (let edge = graph.begin(state); edge < graph.end(state); edge++) {
      if ((fairness.of[graph.instanceOf(edge)] as number) >= 0) return false;
    }
    return true;
  }

  /** Of the component judged last: whether no strong condition that is never taken inside is enabled in this state. */
  private spared(state: number): boolean {
    const { graph, fairness, taken } = this;
    for (let edge = graph.begin(state); edge < graph.end(state); edge++) {
      const condition = fairness.of[graph.instanceOf(edge)] as number;
      if (condition >= 0 && taken[condition] === 0 && fairness.conditions[condition]?.strong) return false;
    }
    return true;
  }

  private judge(
    states: Uint32Array,
    from: number,
    to: number,
    avoiding: Uint8Array | undefined,
  ): 'fair' | 'unfair' | 'cut down' {
    if (to - from === 1) return this.isQuiet(states[from] as number) ? 'fair' : 'unfair';
    this.count(states, from, to, avoiding);
    const { conditions } = this.fairness;
    let verdict: 'fair' | 'cut down' = 'fair';
    for (let c = 0; c < conditions.length; c++) {
      if (this.taken[c] === 1 || this.enabled[c] === 0) continue;
      if (conditions[c]?.strong) verdict = 'cut down';
      else if (this.enabled[c] === to - from) return 'unfair'; // and so is every part of it
    }
    return verdict;
  }

  private count(states: Uint32Array, from: number, to: number, avoiding: Uint8Array | undefined): void {
    const { graph, fairness, part, enabled, taken, counted } = this;
    enabled.fill(0);
    taken.fill(0);
    counted.fill(0);
    const own = part[states[from] as number];
    for (let i = from; i < to; i++) {
      const state = states[i] as number;
      const end = graph.end(state);
      for (let edge = graph.begin(state); edge < end; edge++) {
        const instance = graph.instanceOf(edge);
        const condition = fairness.of[instance] as number;
        if (condition < 0) continue;
        if (counted[condition] !== state + 1) {
          counted[condition] = state + 1;
          enabled[condition] = (enabled[condition] as number) + 1;
        }
        if (taken[condition] === 1 || avoiding?.[instance] === 1) continue;
        if (part[graph.targetOf(edge)] === own) taken[condition] = 1;
      }
    }
  }
}

function pushRange(ranges: IntList, from: number, to: number): void {
  ranges.push(from);
  ranges.push(to);
}
