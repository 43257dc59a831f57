import type { Space } from '../space/space.ts';

/** Steps by action, from counts by action instance. An action that has no instance under these parameters is not listed. */
export function takenByAction(space: Space, counts: Float64Array): ReadonlyMap<string, number> {
  const taken = new Map<string, number>();
  space.transitions.instances.forEach(({ action }, i) => {
    taken.set(action.name, (taken.get(action.name) ?? 0) + (counts[i] ?? 0));
  });
  return taken;
}
