import type { Space } from '../../space/space.ts';
import { type Path, type PathStep, stepBetween } from '../path.ts';
import type { Visited } from '../visited.ts';
import type { Explored } from './explored.ts';
import type { Cycle } from './fair-cycle.ts';

/** A run that never ends: `path`, the steps of which from state number `loop` on are repeated for ever. */
export interface Lasso {
  /** Its last state is that of number `loop` once more. */
  readonly path: Path;
  /** With `loop` the last state nothing happens any more. */
  readonly loop: number;
}

/** The lasso with its states and steps, from nodes and edges. */
export function lassoOf(
  prefix: readonly number[],
  cycle: Cycle,
  explored: Explored,
  store: Visited,
  space: Space,
): Lasso {
  const loop = prefix.length - 1;
  const { graph } = explored;
  const nodes = [...prefix, ...cycle.edges.map((edge) => graph.targetOf(edge))];
  const states = nodes.map((node) => {
    const vector = new Int32Array(space.layout.slots.length);
    store.read(explored.stateOf(node), vector);
    return vector;
  });
  const steps = states.slice(1).map((after, i): PathStep => {
    const edge = cycle.edges[i - loop];
    const by = edge === undefined ? undefined : graph.instanceOf(edge);
    return stepBetween(states[i] as Int32Array, after, space, by);
  });
  return { path: { states, steps }, loop };
}
