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
  const depths = depthsOf(explored);
  let level: number[] = [];
  let next = 0; // states up to this one have been looked at as sources
  for (let depth = 0; level.length > 0 || next < graph.states; depth++) {
    for (; next < graph.states && depths[next] === depth; next++) {
      if (from[next] !== UNSEEN || !source(next)) continue;
      from[next] = SOURCE;
      level.push(next);
    }
    const found = level.find(wanted);
    if (found !== undefined) return told(found, from, explored);
    const after: number[] = [];
    for (const state of level) {
      for (let edge = graph.begin(state); edge < graph.end(state); edge++) {
        const target = graph.targetOf(edge);
        if (from[target] !== UNSEEN || !allowed(target)) continue;
        from[target] = state;
        after.push(target);
      }
    }
    level = after;
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

/** Nodes are numbered level by level. */
function depthsOf(explored: Explored): Uint32Array {
  const depths = new Uint32Array(explored.graph.states);
  for (let node = 0; node < depths.length; node++) {
    const parent = explored.parentOf(node);
    depths[node] = parent === NO_PARENT ? 0 : (depths[parent] as number) + 1;
  }
  return depths;
}
