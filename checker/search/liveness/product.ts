import { IntList } from '../../space/int-list.ts';
import { PairMap } from '../../space/pair-map.ts';
import { NO_PARENT } from '../../space/state-store.ts';
import type { Explored, Test } from './explored.ts';
import { StateGraph } from './state-graph.ts';

/**
 * An automaton that watches a run, with two states: without `from` it is marked once `goal` has been, with `from` as long
 * as that has been and `goal` not since. Seeing a state twice in a row changes nothing.
 */
export interface Monitor {
  readonly from: Test | undefined;
  readonly goal: Test;
}

/** The product of a graph with monitors: a node is a state and which of them are marked there. Breadth first, as the graph. */
export class Product implements Explored {
  readonly graph: StateGraph;
  private readonly states = new IntList();
  private readonly marks = new IntList();
  /** + 1; 0 for none. */
  private readonly parents = new IntList();

  /** At most 31 monitors. */
  constructor(graph: StateGraph, monitors: readonly Monitor[], isInitial: Test) {
    if (monitors.length > 31) throw new RangeError('more than 31 claims about the whole run in one');
    this.graph = new StateGraph(graph.actionInstances);
    const numbers = new PairMap(); // of nodes, + 1
    const node = (state: number, marks: number, parent: number): number => {
      const known = numbers.get(state, marks);
      if (known > 0) return known - 1;
      this.marks.push(marks);
      this.parents.push(parent === NO_PARENT ? 0 : parent + 1);
      const number = this.states.push(state);
      numbers.set(state, marks, number + 1);
      return number;
    };
    for (let state = 0; state < graph.states; state++) {
      if (isInitial(state)) node(state, after(0, state, monitors), NO_PARENT);
    }
    for (let from = 0; from < this.states.length; from++) {
      const state = this.states.at(from);
      const marks = this.marks.at(from);
      for (let edge = graph.begin(state); edge < graph.end(state); edge++) {
        const target = graph.targetOf(edge);
        this.graph.add(node(target, after(marks, target, monitors), from), graph.instanceOf(edge));
      }
      this.graph.close();
    }
  }

  stateOf(node: number): number {
    return this.states.at(node);
  }

  parentOf(node: number): number {
    const parent = this.parents.at(node);
    return parent === 0 ? NO_PARENT : parent - 1;
  }

  isMarked(node: number, monitor: number): boolean {
    return ((this.marks.at(node) >>> monitor) & 1) === 1;
  }
}

function after(marks: number, state: number, monitors: readonly Monitor[]): number {
  let now = marks;
  for (const [i, { from, goal }] of monitors.entries()) {
    if (goal(state)) now = from === undefined ? now | (1 << i) : now & ~(1 << i);
    else if (from?.(state)) now |= 1 << i;
  }
  return now;
}
