import { choose, defineModel, type StateView } from '../../../checker/language/index.ts';
import { ANY_VERSION } from '../../zookeeper/store/tree.ts';
import { spend, spent } from '../budgets.ts';
import {
  type Controller,
  type EventThreadComponents,
  eventThreadComponents,
  isActive,
} from './components.ts';
import { createController, setControllerEpoch } from './election.ts';
import { brokersOf, EventThreadParams } from './params.ts';
import { processBrokerChange, takeOver, updateLeaderAndIsr } from './partition.ts';
import { look, maybeResign, readWatching, triggerControllerMove } from './resignation.ts';
import { controllerRules } from './rules.ts';
import { canAsk, firstStep, standFor, stepAt, won } from './steps.ts';
import { nobody } from './words.ts';
import { BROKER_IDS, brokerIdPath, CONTROLLER, CONTROLLER_EPOCH, numberIn } from './znodes.ts';
import { type Answered, commit, watch } from './zookeeper.ts';

/** The event thread of each broker (ControllerEventManager): one event after the other, each as a series of requests to ZooKeeper. */
export const eventThread = defineModel('kafka/controller-event-thread', {
  about: 'The event thread of each broker',
  params: EventThreadParams,
})
  .rules({ ...controllerRules })
  .components(eventThreadComponents)
  .action('handleEvent', {
    each: brokersOf,
    fairness: 'weak',
    next(s, id, p, rules) {
      const event = s.event('ensemble', id).head;
      if (event === undefined || s.controller(id).get('step').at !== 'idle' || !canAsk(s, id)) return;
      const taken = s.event('ensemble', id).receive();
      const session = s.session(id).value;
      const elect = firstStep(s, id, p, rules);
      const idle: Controller['step'] = { at: 'idle' };
      const found = rules.controllerOf(s.znode(CONTROLLER).value, id, session);
      switch (event) {
        case 'Startup': {
          const watches = p.idsWatchedBy === 'everyBroker' ? [watch(s, BROKER_IDS, session)] : [];
          return [taken, watch(s, CONTROLLER, session), ...watches, s.controller(id).patch({ step: elect })];
        }
        case 'ControllerChange':
          return [
            taken,
            ...maybeResign(s, id, p, rules, rules.afterChange(found) === 'elect' ? elect : idle),
          ];
        case 'Reelect':
          return [taken, ...maybeResign(s, id, p, rules, elect)];
        case 'RegisterBrokerAndReelect': {
          const create = { kind: 'create' as const, path: brokerIdPath(id), data: id, ephemeral: true };
          const { updates } = commit(s, session, [create]);
          const step: Controller['step'] = { at: 'registerBroker', brokerEpoch: session };
          const watches = p.idsWatchedBy === 'everyBroker' ? [watch(s, BROKER_IDS, session)] : [];
          return [taken, ...updates, ...watches, s.controller(id).patch({ step })];
        }
        case 'BrokerChange':
          if (isActive(s.controller(id).value, id)) return [taken, ...processBrokerChange(s, id, p, rules)];
          return p.idsWatchedBy === 'everyBroker' ? [taken, watch(s, BROKER_IDS, session)] : [taken];
      }
    },
    says(id, { before, after }) {
      const event = before.event('ensemble', id).head;
      const [was, is] = [before.controller(id).value, after.controller(id).value];
      if (event === 'RegisterBrokerAndReelect') return `broker ${id} registers in its new session`;
      if (event === 'Startup') return `broker ${id} has started and watches /controller`;
      if (event === 'BrokerChange') {
        if (!isActive(was, id)) return `broker ${id} is no controller and leaves the change of brokers alone`;
        const left = is.brokers.map((broker) => broker.id).join(', ');
        return `controller ${id}, epoch ${was.epoch}, reads the registered brokers: ${left}${is.step.at === 'updateLeaderAndIsr' ? `; ${is.step.leader} is to lead` : ''}`;
      }
      const resigned = isActive(was, id) && !isActive(is, id) ? ' and resigns' : '';
      return `broker ${id} looks at /controller: ${nobody(is.activeControllerId)}${resigned}`;
    },
  })
  .action('learnBrokerEpoch', {
    each: brokersOf,
    fairness: 'weak',
    next(s, id, p, rules) {
      const step = stepAt(s, id, 'registerBroker');
      if (step === undefined) return;
      const learnt = s.replica(id).patch({ brokerEpoch: step.brokerEpoch });
      return [learnt, ...maybeResign(s, id, p, rules, firstStep(s, id, p, rules))];
    },
    says: (id, { before }) =>
      `broker ${id} hears of its new broker epoch ${before.session(id).value} and looks at /controller`,
  })
  .action('readController', {
    each: brokersOf,
    fairness: 'weak',
    next(s, id, p, rules) {
      if (stepAt(s, id, 'readController') === undefined) return;
      const first: Controller['step'] = { at: p.election === 'multi' ? 'readEpoch' : 'createController' };
      return look(s, id, p, rules, (found) => (found === null ? first : { at: 'idle' }));
    },
    says(id, { after }) {
      const found = after.controller(id).get('activeControllerId');
      return found === null
        ? `broker ${id} finds no controller`
        : `broker ${id} finds controller ${found} and stops`;
    },
  })
  .action('createController', {
    each: (p) => (p.election === 'createThenBump' ? brokersOf(p) : []),
    fairness: 'weak',
    next(s, id, p, rules) {
      if (stepAt(s, id, 'createController') === undefined) return;
      const { code, updates } = commit(s, s.session(id).value, [createController(id)]);
      if (code === 'OK') {
        return [...updates, s.controller(id).patch({ activeControllerId: id, step: { at: 'readEpoch' } })];
      }
      return look(s, id, p, rules, () => ({ at: 'idle' }));
    },
    says: (id, { after }) =>
      after.controller(id).get('activeControllerId') === id
        ? `broker ${id} creates /controller`
        : `broker ${id} comes too late to create /controller`,
  })
  .action('readEpoch', {
    each: brokersOf,
    fairness: 'weak',
    next(s, id) {
      if (stepAt(s, id, 'readEpoch') === undefined) return;
      return [s.controller(id).patch({ step: standFor(s.znode(CONTROLLER_EPOCH).value) })];
    },
    says: (id, { before }) => `broker ${id} reads the controller epoch: ${epochIn(before)}`,
  })
  .action('register', {
    each: brokersOf,
    fairness: 'weak',
    next(s, id, p, rules) {
      const step = stepAt(s, id, 'register');
      if (step === undefined) return;
      const ops =
        p.election === 'multi'
          ? rules.registerController(id, step.epoch, step.version)
          : [setControllerEpoch(step.epoch, step.version)];
      const { code, updates, nodes }: Answered = commit(s, s.session(id).value, ops);
      if (code !== 'OK') {
        if (p.election === 'createThenBump') return triggerControllerMove(s, id, p, rules);
        return [s.controller(id).patch({ step: { at: 'checkControllerAndEpoch', epoch: step.epoch } })];
      }
      const version = nodes.at(-1)?.version ?? 0;
      const answered = [...updates, ...won(s, id, step.epoch, version)];
      const lost = [spend(s, 'lostReplies'), ...updates];
      return spent(s, 'lostReplies') ? answered : choose({ answered, 'its reply is lost': lost });
    },
    says(id, { before, after, label }) {
      const { step } = before.controller(id).value;
      const epoch = step.at === 'register' ? step.epoch : 0;
      if (epochIn(before) === epochIn(after)) return `broker ${id} asks for epoch ${epoch} and fails`;
      return `broker ${id} becomes the controller of epoch ${epoch}${label === 'its reply is lost' ? ', and the reply is lost' : ''}`;
    },
  })
  .action('checkControllerAndEpoch', {
    each: brokersOf,
    fairness: 'weak',
    next(s, id, p, rules) {
      const step = stepAt(s, id, 'checkControllerAndEpoch');
      if (step === undefined) return;
      const [controller, epochNode] = [s.znode(CONTROLLER).value, s.znode(CONTROLLER_EPOCH).value];
      const version = rules.resolveElection(id, step.epoch, controller, epochNode);
      if (version === undefined) return maybeResign(s, id, p, rules, { at: 'idle' });
      return [...readWatching(s, id), ...won(s, id, step.epoch, version)];
    },
    says: (id, { after }) =>
      after.controller(id).get('step').at === 'failover'
        ? `broker ${id} finds that it had won`
        : `broker ${id} finds that it has lost: controller ${nobody(after.controller(id).get('activeControllerId'))}`,
  })
  .action('failover', {
    each: brokersOf,
    fairness: 'weak',
    next(s, id, p, rules) {
      if (stepAt(s, id, 'failover') === undefined) return;
      const done = takeOver(s, id, p, rules);
      if (spent(s, 'errors')) return done;
      const failed = [spend(s, 'errors'), ...triggerControllerMove(s, id, p, rules)];
      return choose({ 'takes over': done, 'fails to take over': failed });
    },
    says: (id, { before, label }) =>
      `controller ${id}, epoch ${before.controller(id).get('epoch')}, ${label === '' ? 'takes over' : label}`,
  })
  .action('write', {
    each: (p) => (p.partition ? brokersOf(p) : []),
    fairness: 'weak',
    next(s, id, p, rules) {
      const step = stepAt(s, id, 'updateLeaderAndIsr');
      if (step === undefined) return;
      const { answer, updates } = updateLeaderAndIsr(s, id, step, p, rules);
      return choose({ [answer]: updates });
    },
    says(id, { before, label }) {
      const { epoch, step } = before.controller(id).value;
      const leader = step.at === 'updateLeaderAndIsr' ? step.leader : 'nobody';
      const wish = `controller ${id}, epoch ${epoch}, wants ${leader} to lead`;
      if (label === 'done') return `${wish}, and writes it`;
      if (label === 'REFUSED') return `${wish}; ZooKeeper REFUSES: the epoch is ${epochIn(before)}`;
      return `${wish}; the partition has changed since it looked`;
    },
  })
  .action('maybeResign', {
    each: (p) => (p.partition ? brokersOf(p) : []),
    fairness: 'weak',
    next(s, id, p, rules) {
      if (stepAt(s, id, 'maybeResign') === undefined) return;
      return maybeResign(s, id, p, rules, { at: 'idle' });
    },
    says: (id, { after }) =>
      `broker ${id} looks at /controller: ${nobody(after.controller(id).get('activeControllerId'))}`,
  })
  .action('deleteController', {
    each: (p) => (p.errors > 0 || p.election === 'createThenBump' ? brokersOf(p) : []),
    fairness: 'weak',
    next(s, id, _, rules) {
      const step = stepAt(s, id, 'deleteController');
      if (step === undefined) return;
      const ops = rules.fencedWrite(step.version, { kind: 'delete', path: CONTROLLER, version: ANY_VERSION });
      const { updates } = commit(s, s.session(id).value, ops);
      return [...updates, s.controller(id).patch({ step: { at: 'idle' } })];
    },
    says: (id, { before, after }) =>
      before.znode(CONTROLLER).value === null || after.znode(CONTROLLER).value !== null
        ? `broker ${id} is too late to delete /controller`
        : `broker ${id} deletes /controller`,
  });

const epochIn = (s: StateView<EventThreadComponents>): number => {
  const node = s.znode(CONTROLLER_EPOCH).value;
  return node === null ? 0 : numberIn(node);
};
