import { defineModel, type Update } from '../../../checker/language/index.ts';
import { spend, spent } from '../budgets.ts';
import { controllerComponents, type EventThreadView, inactive, watchedPaths } from './components.ts';
import { brokersOf, ControllerParams, type EventThreadParams } from './params.ts';
import { resign } from './resignation.ts';
import { sessionFaults } from './sessions.ts';
import { alive } from './steps.ts';
import { brokerIdPath, nextSession } from './znodes.ts';
import { commit, endSession, unwatch } from './zookeeper.ts';

/** What goes wrong, and how brokers notice: sessions that end, crashes, pauses, and an operator. */
export const controllerFaults = defineModel('kafka/controller-faults', {
  about: 'Sessions that end, crashes, pauses, and an operator who moves the controller',
  params: ControllerParams,
})
  .components(controllerComponents)
  .include(sessionFaults)
  .action('endDeadSession', {
    each: (p) => (p.crashes > 0 ? brokersOf(p) : []),
    fairness: 'weak',
    next: endDeadSession,
    says: (id) => `ZooKeeper ends the session of broker ${id}, which is dead`,
  })
  .action('pause', {
    each: (p) => (p.pauses > 0 ? brokersOf(p) : []),
    next(s, id) {
      if (spent(s, 'pauses') || s.process(id).value !== 'up') return;
      return [spend(s, 'pauses'), s.process(id).set('paused')];
    },
    says: (id) => `broker ${id} pauses`,
  })
  .action('resume', {
    each: (p) => (p.pauses > 0 ? brokersOf(p) : []),
    fairness: 'weak',
    next(s, id) {
      if (s.process(id).value !== 'paused') return;
      return [s.process(id).set('up')];
    },
    says: (id) => `broker ${id} goes on`,
  })
  .action('crash', {
    each: (p) => (p.crashes > 0 ? brokersOf(p) : []),
    next(s, id, p) {
      if (spent(s, 'crashes') || s.process(id).value === 'down') return;
      return [spend(s, 'crashes'), ...crash(s, id, p)];
    },
    says: (id) => `broker ${id} crashes`,
  })
  .action('restart', {
    each: (p) => (p.crashes > 0 ? brokersOf(p) : []),
    fairness: 'weak',
    next: start,
    says: (id, { after }) =>
      `broker ${id} starts again, registered with broker epoch ${after.session(id).value}`,
  });

/** All that the process of a broker knew as a possible controller is gone; its session ends later. */
export const crash = (s: EventThreadView, id: number, p: EventThreadParams): readonly Update[] => [
  s.process(id).set('down'),
  ...resign(s, id, p),
  s.controller(id).set(inactive),
  s.event('ensemble', id).clear(),
  ...watchedPaths.map((path) => unwatch(s, path, s.session(id).value)),
  ...brokersOf(p).flatMap((other) => (other === id ? [] : [s.onTheWire(other, id).clear()])),
];

/** KafkaServer.startup ends in an error while a session of the last process still owns the broker's znode. */
export function start(s: EventThreadView, id: number): readonly Update[] | undefined {
  if (s.process(id).value !== 'down' || alive(s, id)) return;
  const session = nextSession(s.session(id).value);
  const sessions = [...s.sessions.value, session];
  const create = { kind: 'create' as const, path: brokerIdPath(id), data: id, ephemeral: true };
  return [
    s.process(id).set('up'),
    s.session(id).set(session),
    s.sessions.set(sessions),
    ...commit(s, session, [create], sessions).updates,
    s.replica(id).set({ brokerEpoch: session, controllerEpoch: 0, leader: null, leaderEpoch: -1 }),
    s.event('ensemble', id).set(['Startup']),
  ];
}

/** ZooKeeper ends the session of a dead broker. */
export function endDeadSession(s: EventThreadView, id: number): readonly Update[] | undefined {
  if (s.process(id).value !== 'down' || !alive(s, id)) return;
  return endSession(s, s.session(id).value);
}
