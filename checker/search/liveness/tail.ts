import { NO_PARENT } from '../../space/state-store.ts';
import type { Explored, Test } from './explored.ts';

const UNSEEN = 0xffffffff;
const SOURCE = 0xfffffffe;

/**
 * Runs that keep to some states from some point on: they come by any way to a source, and from there stay in states that
 * are `allowed`. Breadth-first by the length of the whole run, so that what is found is shortest.
 */
export interface Tail {
  /** Where the run may begin to keep to the allowed states; all of these are allowed. */
  readonly source: Test;
  readonly allowed: Test;
}

/** Nodes from an initial one. */
export interface Prefix {
  readonly nodes: readonly number[];
  /** Where in `nodes` the source is. */
  readonly source: number;
}

/** A shortest run of this kind to a node that is `wanted`. */
export function shortest({ source, allowed }: Tail, wanted: Test, explored: Explored): Prefix | undefined {
  const { graph } = explored;
  const from = new Uint32Array(graph.states).fill(UNSEEN);
  const queue = new Uint32Array(graph.states);
  let begin = 0;
  let end = 0;
  let next = 0; // states up to this one have been looked at as sources
  while (begin < end || next < graph.states) {
    for (const level = levelEnd(next, explored); next < level; next++) {
      if (from[next] !== UNSEEN || !source(next)) continue;
      from[next] = SOURCE;
      queue[end++] = next;
    }
    const found = queue.subarray(begin, end).find(wanted);
    if (found !== undefined) return told(found, from, explored);
    for (const last = end; begin < last; begin++) {
      const state = queue[begin] as number;
      const lastEdge = graph.end(state);
      for (let edge = graph.begin(state); edge < lastEdge; edge++) {
        const target = graph.targetOf(edge);
        if (from[target] !== UNSEEN || !allowed(target)) continue;
        from[target] = state;
        queue[end++] = target;
      }
    }
  }
  return undefined;
}

/** The way by which the search first reached a node. */
export function wayTo(node: number, explored: Explored): readonly number[] {
  const nodes: number[] = [];
  for (let at = node; at !== NO_PARENT; at = explored.parentOf(at)) nodes.push(at);
  return nodes.reverse();
}

function told(node: number, from: Uint32Array, explored: Explored): Prefix {
  const tail: number[] = [];
  let at = node;
  for (; from[at] !== SOURCE; at = from[at] as number) tail.push(at);
  const way = wayTo(at, explored);
  return { nodes: [...way, ...tail.reverse()], source: way.length - 1 };
}

/** Where the level ends that node number `first` begins. Nodes are numbered level by level, in the order of their parents. */
function levelEnd(first: number, explored: Explored): number {
  const isBefore = (node: number): boolean => {
    const parent = explored.parentOf(node);
    return parent === NO_PARENT || parent < first;
  };
  let end = first;
  let beyond = explored.graph.states;
  while (end < beyond) {
    const middle = (end + beyond) >>> 1;
    if (isBefore(middle)) end = middle + 1;
    else beyond = middle;
  }
  return end;
}
