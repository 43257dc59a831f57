import type { Update } from '../../../checker/language/index.ts';
import { type Controller, type EventThreadView, emptyContext, isActive } from './components.ts';
import { brokersOf, type EventThreadParams } from './params.ts';
import type { ControllerRules } from './rules.ts';
import { BROKER_IDS, CONTROLLER } from './znodes.ts';
import { unwatch, watch } from './zookeeper.ts';

/** The send thread of a controller for a broker stops: its queue is dropped, but what it was sending may still arrive. */
export function dropRequests(s: EventThreadView, id: number, to: number): readonly Update[] {
  const sending = s.request(id, to).head;
  if (sending === undefined) return [];
  return [s.onTheWire(id, to).send(sending), s.request(id, to).clear()];
}

/** KafkaController.onControllerResignation. /controller stays as it is. */
export function resign(s: EventThreadView, id: number, p: EventThreadParams): readonly Update[] {
  return [
    ...(p.idsWatchedBy === 'controller' ? [unwatch(s, BROKER_IDS, s.session(id).value)] : []),
    ...brokersOf(p).flatMap((to) => dropRequests(s, id, to)),
    s.controller(id).patch(emptyContext),
  ];
}

/** KafkaController.maybeResign: sets the watch again, reads /controller, and resigns if it was the controller and is not any more. */
export function maybeResign(
  s: EventThreadView,
  id: number,
  p: EventThreadParams,
  rules: ControllerRules,
  then: Controller['step'],
): readonly Update[] {
  const session = s.session(id).value;
  const activeControllerId = rules.controllerOf(s.znode(CONTROLLER).value, id, session);
  const resigns = isActive(s.controller(id).value, id) && activeControllerId !== id;
  return [
    watch(s, CONTROLLER, session),
    ...(resigns ? resign(s, id, p) : []),
    s.controller(id).patch({ activeControllerId, step: then }),
  ];
}

/** Reading /controller sets the watch too, if there is something to read (ZooKeeperClient.shouldWatch). */
export const readWatching = (s: EventThreadView, id: number): readonly Update[] =>
  s.znode(CONTROLLER).value === null ? [] : [watch(s, CONTROLLER, s.session(id).value)];

/**
 * A look at /controller other than that of maybeResign: elect() and triggerControllerMove note whom they find, and whoever was the controller
 * and is not any more has not resigned by that.
 */
export function look(
  s: EventThreadView,
  id: number,
  p: EventThreadParams,
  rules: ControllerRules,
  then: (found: number | null) => Controller['step'],
): readonly Update[] {
  const activeControllerId = rules.controllerOf(s.znode(CONTROLLER).value, id, s.session(id).value);
  const ceases = isActive(s.controller(id).value, id) && activeControllerId !== id;
  return [
    ...readWatching(s, id),
    ...(ceases && rules.resignsAtAnyLook ? resign(s, id, p) : []),
    s.controller(id).patch({ activeControllerId, step: then(activeControllerId) }),
  ];
}

/** KafkaController.triggerControllerMove, of a broker that has failed to take over: /controller goes too, unless it is another's by now. */
export function triggerControllerMove(
  s: EventThreadView,
  id: number,
  p: EventThreadParams,
  rules: ControllerRules,
): readonly Update[] {
  const activeControllerId = rules.controllerOf(s.znode(CONTROLLER).value, id, s.session(id).value);
  if (activeControllerId !== id) return look(s, id, p, rules, () => ({ at: 'idle' }));
  const { epochZkVersion } = s.controller(id).value;
  const version = p.election === 'multi' ? epochZkVersion : null;
  return [
    ...readWatching(s, id),
    ...resign(s, id, p),
    s.controller(id).patch({ activeControllerId: null, step: { at: 'deleteController', version } }),
  ];
}
