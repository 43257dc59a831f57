import { choose, defineModel, product } from '../../checker/language/index.ts';
import { spend, spent } from './budgets.ts';
import { controllerChanges } from './controller/changes.ts';
import {
  type ControllerView,
  controllerComponents,
  type Replica,
  type Request,
} from './controller/components.ts';
import { eventThread } from './controller/event-thread.ts';
import { controllerFaults } from './controller/faults.ts';
import { checkRequest } from './controller/fencing.ts';
import { brokersOf, type budgets, ControllerParams } from './controller/params.ts';
import { type ControllerRules, controllerMutants, controllerRules } from './controller/rules.ts';
import { initialController } from './controller/start.ts';
import { describeRequest } from './controller/words.ts';

/** What a broker makes of a request: it refuses it, or takes up what it says. */
function receive(s: ControllerView, id: number, request: Request, rules: ControllerRules) {
  const replica = s.replica(id).value;
  const error = checkRequest(replica, request, rules);
  if (error !== 'none') return { answer: 'REFUSES', updates: [] };
  const { controllerEpoch } = request;
  const taken = request.kind === 'LeaderAndIsr' ? rules.takeLeadership(replica, request) : replica;
  const { leader, leaderEpoch } = taken;
  return { answer: 'obeys', updates: [s.replica(id).patch({ controllerEpoch, leader, leaderEpoch })] };
}

/**
 * The controller of Kafka with ZooKeeper (KafkaController.scala, KafkaZkClient.scala, ZooKeeperClient.scala): election by read, read,
 * multi, and what keeps controllers apart that do not know of each other.
 *
 * Shortened: a request to ZooKeeper and its answer are one step, unless the answer gets lost; notifications go straight into the queue of the
 * event thread; the partition has all brokers as replicas, and all of them stay in its ISR.
 */
export const controller = defineModel('kafka/controller', {
  about: 'The controller: elected through /controller, fenced by controller epoch and broker epoch',
  params: ControllerParams,
})
  .rules({ ...controllerRules })
  .changes(controllerChanges)
  .mutants(controllerMutants)
  .components(controllerComponents)
  .init((p) => {
    const receivers = p.receivers === 'all' ? [brokersOf(p)] : brokersOf(p).map((id) => [id]);
    return receivers.map((receiving) => ({
      ...initialController(p, p.start === 'established' ? 0 : null, receiving),
      budget: (kind: (typeof budgets)[number]) => p[kind],
    }));
  })
  .include(eventThread)
  .action('receive', {
    each: (p) => product(brokersOf(p), brokersOf(p)),
    fairness: 'weak',
    next(s, [from, to], _, rules) {
      const request = s.request(from, to).head;
      if (request === undefined || s.process(to).value !== 'up') return;
      const { answer, updates } = receive(s, to, request, rules);
      const again = [spend(s, 'duplicates'), ...updates];
      return choose({
        [answer]: [s.request(from, to).receive(), ...updates],
        ...(spent(s, 'duplicates') ? {} : { [`${answer}, and the answer is lost`]: again }),
      });
    },
    says: ([from, to], { before, label }) =>
      told(label, `controller ${from} says in`, to, before.request(from, to).head, before.replica(to).value),
  })
  .action('receiveLate', {
    each: (p) => product(brokersOf(p), brokersOf(p)),
    next(s, [from, to], _, rules) {
      const request = s.onTheWire(from, to).head;
      if (request === undefined || s.process(to).value !== 'up') return;
      const { answer, updates } = receive(s, to, request, rules);
      return choose({ [answer]: [s.onTheWire(from, to).receive(), ...updates] });
    },
    says: ([from, to], { before, label }) =>
      told(
        label,
        `${from} has said before it resigned, in`,
        to,
        before.onTheWire(from, to).head,
        before.replica(to).value,
      ),
  })
  .include(controllerFaults)
  .deadlock('allowed');

/** A request and what becomes of it; of one that is refused, in which epoch the broker is ahead of it, or behind. */
function told(label: string, from: string, to: number, request: Request | undefined, own: Replica): string {
  const said = `what ${from} ${describeRequest(request)}`;
  if (request === undefined || label.startsWith('obeys')) return `broker ${to} obeys ${said}`;
  const why =
    own.brokerEpoch === request.brokerEpoch
      ? `it has heard of epoch ${own.controllerEpoch}`
      : `it has broker epoch ${own.brokerEpoch}, and that is meant for ${request.brokerEpoch}`;
  return `broker ${to} REFUSES ${said}; ${why}`;
}
