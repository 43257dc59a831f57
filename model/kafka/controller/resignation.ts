import type { Update } from '../../../checker/language/index.ts';
import { type ControllerView, emptyContext } from './components.ts';
import { brokersOf, type ControllerParams } from './params.ts';
import { BROKER_IDS } from './znodes.ts';
import { unwatch } from './zookeeper.ts';

/** The send thread of a controller for a broker stops: its queue is dropped, but what it was sending may still arrive. */
export function dropRequests(s: ControllerView, id: number, to: number): readonly Update[] {
  const sending = s.request(id, to).head;
  if (sending === undefined) return [];
  return [s.onTheWire(id, to).send(sending), s.request(id, to).clear()];
}

/** KafkaController.onControllerResignation. /controller stays as it is. */
export function resign(s: ControllerView, id: number, p: ControllerParams): readonly Update[] {
  return [
    ...(p.idsWatchedBy === 'controller' ? [unwatch(s, BROKER_IDS, s.session(id).value)] : []),
    ...brokersOf(p).flatMap((to) => dropRequests(s, id, to)),
    s.controller(id).patch(emptyContext),
  ];
}
