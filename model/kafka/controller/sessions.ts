import { defineModel, product } from '../../../checker/language/index.ts';
import { ANY_VERSION } from '../../zookeeper/store/tree.ts';
import { spend, spent } from '../budgets.ts';
import { eventThreadComponents } from './components.ts';
import { brokersOf, EventThreadParams } from './params.ts';
import { resign } from './resignation.ts';
import { alive } from './steps.ts';
import { CONTROLLER, nextSession, numberIn, OPERATOR } from './znodes.ts';
import { commit, endSession } from './zookeeper.ts';

/** Sessions that end although their brokers run, and an operator who moves the controller. Part of kafka/controller and kafka/cluster. */
export const sessionFaults = defineModel('kafka/controller-sessions', {
  about: 'Sessions that end, and an operator who moves the controller',
  params: EventThreadParams,
})
  .components(eventThreadComponents)
  .action('expireSession', {
    each: (p) => (p.expiries > 0 ? brokersOf(p) : []),
    next(s, id) {
      if (spent(s, 'expiries') || s.process(id).value === 'down' || !alive(s, id)) return;
      return [spend(s, 'expiries'), ...endSession(s, s.session(id).value)];
    },
    says: (id) => `ZooKeeper has not heard of broker ${id} for too long and ends its session`,
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
  });
