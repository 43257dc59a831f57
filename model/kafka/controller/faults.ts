import { defineModel, product } from '../../../checker/language/index.ts';
import { ANY_VERSION } from '../../zookeeper/store/tree.ts';
import {
  type ControllerView,
  controllerComponents,
  inactive,
  spend,
  spent,
  watchedPaths,
} from './components.ts';
import { brokersOf, ControllerParams } from './params.ts';
import { resign } from './resignation.ts';
import { brokerIdPath, CONTROLLER, nextSession, numberIn, OPERATOR } from './znodes.ts';
import { commit, endSession, unwatch } from './zookeeper.ts';

const alive = (s: ControllerView, id: number): boolean => s.sessions.value.includes(s.session(id).value);

/** What goes wrong, and how brokers notice: sessions that end, crashes, pauses, and an operator. */
export const controllerFaults = defineModel('kafka/controller-faults', {
  about: 'Sessions that end, crashes, pauses, and an operator who moves the controller',
  params: ControllerParams,
})
  .components(controllerComponents)
  .action('expireSession', {
    each: (p) => (p.expiries > 0 ? brokersOf(p) : []),
    next(s, id) {
      if (spent(s, 'expiries') || s.process(id).value === 'down' || !alive(s, id)) return;
      return [spend(s, 'expiries'), ...endSession(s, s.session(id).value)];
    },
    says: (id) => `ZooKeeper has not heard of broker ${id} for too long and ends its session`,
  })
  .action('endDeadSession', {
    each: (p) => (p.crashes > 0 ? brokersOf(p) : []),
    fairness: 'weak',
    next(s, id) {
      if (s.process(id).value !== 'down' || !alive(s, id)) return;
      return endSession(s, s.session(id).value);
    },
    says: (id) => `ZooKeeper ends the session of broker ${id}, which is dead`,
  })
  .action('noticeExpiry', {
    each: (p) => (p.expiries > 0 ? brokersOf(p) : []),
    fairness: 'weak',
    /**
     * The queue is emptied, and Expire handled as soon as the event in progress has ended, which it does: nothing that it asks of ZooKeeper
     * is answered. Only then is there a new session (KafkaController.startup, ZooKeeperClient.reinitialize).
     */
    next(s, id, p) {
      if (s.process(id).value !== 'up' || alive(s, id)) return;
      const session = nextSession(s.session(id).value);
      return [
        ...resign(s, id, p),
        s.controller(id).patch({ activeControllerId: null, step: { at: 'idle' } }),
        s.event('ensemble', id).set(['RegisterBrokerAndReelect']),
        s.session(id).set(session),
        s.sessions.set([...s.sessions.value, session]),
      ];
    },
    says: (id, { before, after }) => {
      const resigns = before.controller(id).get('activeControllerId') === id ? 'resigns and ' : '';
      return `broker ${id} hears that its session is over, ${resigns}begins session ${after.session(id).value}`;
    },
  })
  .action('operatorDeletes', {
    each: (p) => (p.operatorDeletes > 0 ? ['ensemble'] : []),
    next(s) {
      if (spent(s, 'operatorDeletes') || s.znode(CONTROLLER).value === null) return;
      const { updates } = commit(s, OPERATOR, [{ kind: 'delete', path: CONTROLLER, version: ANY_VERSION }]);
      return [spend(s, 'operatorDeletes'), ...updates];
    },
    says: () => 'an operator deletes /controller',
  })
  .action('operatorRewrites', {
    each: (p) => (p.operatorRewrites > 0 ? product(['ensemble'], brokersOf(p)) : []),
    next(s, [, id]) {
      const node = s.znode(CONTROLLER).value;
      if (spent(s, 'operatorRewrites') || node === null || numberIn(node) === id) return;
      const write = { kind: 'setData' as const, path: CONTROLLER, data: id, version: ANY_VERSION };
      return [spend(s, 'operatorRewrites'), ...commit(s, OPERATOR, [write]).updates];
    },
    says: ([, id]) => `an operator writes ${id} into /controller`,
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
      const session = s.session(id).value;
      return [
        spend(s, 'crashes'),
        s.process(id).set('down'),
        ...resign(s, id, p),
        s.controller(id).set(inactive),
        s.event('ensemble', id).clear(),
        ...watchedPaths.map((path) => unwatch(s, path, session)),
        ...brokersOf(p).flatMap((other) => (other === id ? [] : [s.onTheWire(other, id).clear()])),
      ];
    },
    says: (id) => `broker ${id} crashes`,
  })
  .action('restart', {
    each: (p) => (p.crashes > 0 ? brokersOf(p) : []),
    fairness: 'weak',
    /** KafkaServer.startup ends in an error while a session of the last process still owns the broker's znode. */
    next(s, id) {
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
    },
    says: (id, { after }) =>
      `broker ${id} starts again, registered with broker epoch ${after.session(id).value}`,
  });
