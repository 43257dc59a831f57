import type { Space } from '../../space/space.ts';
import { Successors } from '../../space/successors.ts';
import type { Path } from '../path.ts';
import { Claims } from './claims.ts';
import { FairnessConditions } from './fairness.ts';
import { isTrueOf } from './formula.ts';

/**
 * Whether a run that goes round for ever from state number `loop` on is one that the fairness of the model allows: why not,
 * or undefined. Looks at the model's transitions alone, as a replay must. @throws ModelError
 */
export function lassoFault(space: Space, { states, steps }: Path, loop: number): string | undefined {
  const first = states[loop];
  const last = states.at(-1);
  if (first === undefined || last === undefined)
    return `there is no state ${loop} that the run could come back to`;
  if (!same(first, last)) return `the run does not close: its last state is not the one after step ${loop}`;
  const { conditions, of } = new FairnessConditions(space.transitions.instances);
  const round = states.slice(loop, Math.max(loop + 1, states.length - 1));
  const taken = new Set(takenFrom({ states, steps }, loop).map((instance) => of[instance] ?? -1));
  const enabled = round.map((state) => enabledIn(space, state, of));
  for (const [condition, { strong, name }] of conditions.entries()) {
    if (taken.has(condition)) continue;
    const times = enabled.filter((some) => some.has(condition)).length;
    if (strong && times > 0)
      return `the loop is not fair: ${name} is enabled in it again and again, but never taken`;
    if (!strong && times === round.length)
      return `the loop is not fair: ${name} stays enabled in it, but is never taken`;
  }
  return undefined;
}

/** Whether a run that goes round for ever from state number `loop` on breaks a temporal property. @throws ModelError */
export function breaksClaim(
  space: Space,
  { states, steps }: Path,
  loop: number,
  property: string,
  instance: string,
): boolean {
  const claims = new Claims(space);
  const claim = claims.list.find((one) => one.property.name === property && one.instance === instance);
  if (claim === undefined) return false;
  const repeated = new Set(takenFrom({ states, steps }, loop));
  const is = (predicate: number, state: Int32Array): boolean => claims.is(predicate, state);
  const run = { states, loop, repeated, is };
  return (claim.provided === undefined || isTrueOf(claim.provided, run)) && !isTrueOf(claim.claimed, run);
}

/** The action instances that take a step with an effect from state number `loop` on. */
function takenFrom({ states, steps }: Path, loop: number): number[] {
  return steps.slice(loop).flatMap(({ instance }, i) => {
    const [before, after] = [states[loop + i], states[loop + i + 1]];
    return before && after && !same(before, after) ? [instance] : [];
  });
}

/** The conditions that have a step here which changes the state. */
function enabledIn(space: Space, state: Int32Array, of: Int32Array): ReadonlySet<number> {
  const successors = new Successors();
  space.transitions.expand(state, successors);
  const enabled = new Set<number>();
  for (let i = 0; i < successors.count; i++) {
    if (successors.end.at(i) > successors.start(i)) enabled.add(of[successors.instance.at(i)] ?? -1);
  }
  return enabled;
}

function same(a: Int32Array, b: Int32Array): boolean {
  return a.every((id, slot) => id === b[slot]);
}
