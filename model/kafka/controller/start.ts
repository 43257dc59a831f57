import { inactive } from './components.ts';
import { brokersOf, type EventThreadParams } from './params.ts';
import {
  BROKER_IDS,
  CONTROLLER,
  CONTROLLER_EPOCH,
  firstSession,
  type Node,
  PARTITION_STATE,
} from './znodes.ts';

/** The brokers and ZooKeeper at first: one is the controller, in epoch 1, or null: all have just started. The requests to `receivers` are looked at. */
export function initialController(p: EventThreadParams, first: number | null, receivers: readonly number[]) {
  const established = first !== null;
  const leadership = { leader: established ? p.brokers - 1 : null, leaderEpoch: 0 };
  const state = { ...leadership, controllerEpoch: established ? 1 : 0 };
  const registrations = brokersOf(p).map((id) => ({ id, brokerEpoch: firstSession(id) }));
  const active = {
    activeControllerId: first,
    epoch: 1,
    epochZkVersion: 1,
    brokers: registrations,
    leadership: p.partition ? leadership : null,
    step: { at: 'idle' as const },
  };
  const epoch = established ? 1 : 0;
  const initialNode = (path: string): Node | null => {
    if (path === CONTROLLER)
      return established ? { data: first, version: 0, owner: firstSession(first) } : null;
    if (path === CONTROLLER_EPOCH) return { data: epoch, version: epoch, owner: null };
    if (path === PARTITION_STATE) return { data: state, version: 0, owner: null };
    const id = Number(path.slice(BROKER_IDS.length + 1));
    return { data: id, version: 0, owner: firstSession(id) };
  };
  const everyBroker = p.idsWatchedBy === 'everyBroker';
  const sessions = brokersOf(p).map(firstSession);
  const watchers = (path: string): number[] => {
    if (!established) return [];
    return path === CONTROLLER || everyBroker ? sessions : [firstSession(first)];
  };
  const followed = established && p.partition ? leadership : { leader: null, leaderEpoch: -1 };
  return {
    znode: initialNode,
    sessions,
    watchers,
    event: established ? [] : () => ['Startup' as const],
    process: 'up' as const,
    session: firstSession,
    controller: (id: number) => {
      if (!established) return inactive;
      return id === first ? active : { ...inactive, activeControllerId: first };
    },
    replica: (id: number) => ({ brokerEpoch: firstSession(id), controllerEpoch: epoch, ...followed }),
    receives: (id: number) => receivers.includes(id),
    lastEpoch: epoch,
    shown: p.partition ? [leadership] : [],
  };
}
