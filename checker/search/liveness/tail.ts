import { NO_PARENT, type StateStore } from '../../space/state-store.ts';
import type { Test } from './fair-components.ts';
import type { StateGraph } from './state-graph.ts';

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

/** State numbers from an initial state. */
export interface Prefix {
  readonly states: readonly number[];
  /** Where in `states` the source is. */
  readonly source: number;
}

/** A shortest run of this kind to a state that is `wanted`. */
export function shortest(
  { source, allowed }: Tail,
  wanted: Test,
  graph: StateGraph,
  store: StateStore,
): Prefix | undefined {
  const from = new Uint32Array(graph.states).fill(UNSEEN);
  const depths = depthsOf(store, graph.states);
  let level: number[] = [];
  let next = 0; // states up to this one have been looked at as sources
  for (let depth = 0; level.length > 0 || next < graph.states; depth++) {
    for (; next < graph.states && depths[next] === depth; next++) {
      if (from[next] !== UNSEEN || !source(next)) continue;
      from[next] = SOURCE;
      level.push(next);
    }
    const found = level.find(wanted);
    if (found !== undefined) return told(found, from, store);
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

/** The way by which the search first reached a state. */
export function wayTo(state: number, store: StateStore): readonly number[] {
  const states: number[] = [];
  for (let at = state; at !== NO_PARENT; at = store.parentOf(at)) states.push(at);
  return states.reverse();
}

function told(state: number, from: Uint32Array, store: StateStore): Prefix {
  const tail: number[] = [];
  let at = state;
  for (; from[at] !== SOURCE; at = from[at] as number) tail.push(at);
  const way = wayTo(at, store);
  return { states: [...way, ...tail.reverse()], source: way.length - 1 };
}

/** States are numbered level by level. */
function depthsOf(store: StateStore, states: number): Uint32Array {
  const depths = new Uint32Array(states);
  for (let state = 0; state < states; state++) {
    const parent = store.parentOf(state);
    depths[state] = parent === NO_PARENT ? 0 : (depths[parent] as number) + 1;
  }
  return depths;
}
