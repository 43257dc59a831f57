import type { Update } from '../../../checker/language/index.ts';
import { type Controller, type EventThreadView, raise } from './components.ts';
import type { EventThreadParams } from './params.ts';
import type { ControllerRules } from './rules.ts';
import { CONTROLLER, CONTROLLER_EPOCH, type Node, numberIn } from './znodes.ts';

/** Whether ZooKeeper still has the session that the broker takes for its own. */
export const alive = (s: EventThreadView, id: number): boolean =>
  s.sessions.value.includes(s.session(id).value);

/** Whether the event thread of a broker can do its next request to ZooKeeper: one of a session that is over fails, and so does the event. */
export const canAsk = (s: EventThreadView, id: number): boolean =>
  s.process(id).value === 'up' && alive(s, id);

/** The step that the thread of the broker is at, if that is this one and it can be made. */
export function stepAt<A extends Controller['step']['at']>(
  s: EventThreadView,
  id: number,
  at: A,
): (Controller['step'] & { readonly at: A }) | undefined {
  const { step } = s.controller(id).value;
  return is(step, at) && canAsk(s, id) ? step : undefined;
}
const is = <A extends Controller['step']['at']>(
  step: Controller['step'],
  at: A,
): step is Controller['step'] & { readonly at: A } => step.at === at;

/** Where elect() begins; when all is read at once, that is where it writes, or nowhere. With createThenBump the epoch is read later. */
export function firstStep(
  s: EventThreadView,
  id: number,
  p: EventThreadParams,
  rules: ControllerRules,
): Controller['step'] {
  if (p.reads === 'oneByOne') return { at: 'readController' };
  const found = rules.controllerOf(s.znode(CONTROLLER).value, id, s.session(id).value);
  if (found !== null) return { at: 'idle' };
  return p.election === 'multi' ? standFor(s.znode(CONTROLLER_EPOCH).value) : { at: 'createController' };
}

export const standFor = (epochNode: Node | null): Controller['step'] =>
  epochNode === null
    ? { at: 'idle' }
    : { at: 'register', epoch: numberIn(epochNode) + 1, version: epochNode.version };

/** The epoch is written: it is this broker's. */
export const won = (
  s: EventThreadView,
  id: number,
  epoch: number,
  epochZkVersion: number,
): readonly Update[] => [
  s.controller(id).patch({ activeControllerId: id, epoch, epochZkVersion, step: { at: 'failover' } }),
  s.lastEpoch.apply(raise, epoch),
];
