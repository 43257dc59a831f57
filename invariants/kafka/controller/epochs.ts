import { properties, type StateOf } from '../../../checker/language/index.ts';
import { isActive } from '../../../model/kafka/controller/components.ts';
import { eventThread } from '../../../model/kafka/controller/event-thread.ts';
import { brokersOf, type EventThreadParams } from '../../../model/kafka/controller/params.ts';
import { brokerOf, CONTROLLER, CONTROLLER_EPOCH, numberIn } from '../../../model/kafka/controller/znodes.ts';

type View = StateOf<typeof eventThread>;

export const epochIn = (s: View): number => {
  const node = s.znode(CONTROLLER_EPOCH).value;
  return node === null ? 0 : numberIn(node);
};

export const versionIn = (s: View): number => s.znode(CONTROLLER_EPOCH).value?.version ?? -1;

export const brokerIn = (instance: unknown): number => (typeof instance === 'number' ? instance : -1);
export const pairIn = (instance: unknown): readonly [number, number] =>
  Array.isArray(instance) ? [Number(instance[0]), Number(instance[1])] : [0, 0];

/** A broker acts as the controller: it takes itself for it, and has an epoch. */
export const acts = (s: View, id: number): boolean =>
  s.process(id).value !== 'down' && isActive(s.controller(id).value, id) && s.controller(id).get('epoch') > 0;

/** What is promised as long as no operator writes an id into /controller. */
export const unwritten = (p: EventThreadParams): boolean => p.operatorRewrites === 0 || p.beyondPromise;

/** The step makes the broker the controller of an epoch. */
const elected = (before: View, after: View, id: number): boolean =>
  after.controller(id).get('step').at === 'failover' && before.controller(id).get('step').at !== 'failover';

export const obeyed = (label: string): boolean => label.startsWith('obeys');

/** What is received in a step, whoever from. */
const requestIn = (before: View, action: string, [from, to]: readonly [number, number]) =>
  action === 'receive' ? before.request(from, to).head : before.onTheWire(from, to).head;

/** What controllers promise, whatever it is that they decide on: who gets an epoch, and which requests a broker obeys. */
export const controllerPromises = properties(eventThread)
  .step('oneEpochOwner', {
    about: 'No controller epoch is ever given to two brokers, or twice to one (C1)',
    source: 'KafkaZkClient.registerControllerAndIncrementControllerEpoch',
    applies: unwritten,
    on: ['register', 'checkControllerAndEpoch'],
    premise: (before, after, { instance }) => elected(before, after, brokerIn(instance)),
    holds(before, after, { instance }) {
      const epoch = after.controller(brokerIn(instance)).get('epoch');
      return (
        epoch > before.lastEpoch.value ||
        `broker ${brokerIn(instance)} gets epoch ${epoch}, which has had a controller before`
      );
    },
  })
  .step('electedByOwner', {
    about: 'The epoch rises for the owner of /controller alone',
    source: 'KAFKA-6082: both are written as one',
    on: ['register'],
    premise: (before, after) => versionIn(before) !== versionIn(after),
    holds(_, after, { instance }) {
      const id = brokerIn(instance);
      const owner = after.znode(CONTROLLER).value?.owner ?? null;
      if (owner === after.session(id).value) return true;
      const whose = owner === null ? 'nobody' : `broker ${brokerOf(owner)}`;
      return `broker ${id} raises the controller epoch, and /controller belongs to ${whose}`;
    },
  })
  .step('epochMonotone', {
    about: 'The controller epoch rises by one with each election, and its version with it (C2)',
    source: 'KafkaZkClient.registerControllerAndIncrementControllerEpoch',
    premise: (before, after) => versionIn(before) !== versionIn(after) || epochIn(before) !== epochIn(after),
    holds: (before, after) =>
      (epochIn(after) === epochIn(before) + 1 && versionIn(after) === versionIn(before) + 1) ||
      `the controller epoch goes from ${epochIn(before)} (version ${versionIn(before)}) to ${epochIn(after)} (version ${versionIn(after)})`,
  })
  .always('oneEffective', {
    about: 'At most one broker takes itself for the controller and has the present epoch (C4)',
    source: 'KafkaController.elect; two that take themselves for it are allowed',
    applies: unwritten,
    premise: (s, _, p) => brokersOf(p).some((id) => acts(s, id)),
    holds(s, _, p) {
      const current = brokersOf(p).filter(
        (id) => acts(s, id) && s.controller(id).get('epoch') === epochIn(s),
      );
      return current.length <= 1 || `brokers ${current.join(' and ')} are controllers of epoch ${epochIn(s)}`;
    },
  })
  .step('controllerEpochAdopted', {
    about: 'A broker obeys no controller whose epoch is below one that it has obeyed since it started (C5)',
    source: 'ReplicaManager.becomeLeaderOrFollower, maybeUpdateMetadataCache',
    on: ['receive', 'receiveLate'],
    premise: (_, _after, { label }) => obeyed(label),
    holds(before, after, { instance }) {
      const [from, to] = pairIn(instance);
      const [was, now] = [
        before.replica(to).get('controllerEpoch'),
        after.replica(to).get('controllerEpoch'),
      ];
      return (
        now >= was || `broker ${to} knows of epoch ${was} and obeys ${from}, the controller of epoch ${now}`
      );
    },
  })
  .step('incarnationSafe', {
    about: 'A broker obeys nothing that was meant for an earlier incarnation of it (C7)',
    source: 'KIP-380 (KAFKA-7235)',
    on: ['receive', 'receiveLate'],
    premise: (_, _after, { label }) => obeyed(label),
    holds(before, _, { action, instance }) {
      const [from, to] = pairIn(instance);
      const [own, meant] = [
        before.replica(to).get('brokerEpoch'),
        requestIn(before, action, [from, to])?.brokerEpoch ?? 0,
      ];
      return own <= meant || `broker ${to} has broker epoch ${own} and obeys what was meant for ${meant}`;
    },
  });
