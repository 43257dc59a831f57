import { properties, type StateOf } from '../../checker/language/index.ts';
import { isActive } from '../../model/kafka/controller/components.ts';
import { brokersOf, type ControllerParams } from '../../model/kafka/controller/params.ts';
import { CONTROLLER, PARTITION_STATE, partitionIn } from '../../model/kafka/controller/znodes.ts';
import { controller } from '../../model/kafka/controller.ts';
import {
  acts,
  brokerIn,
  controllerPromises,
  epochIn,
  obeyed,
  pairIn,
  unwritten,
  versionIn,
} from './controller/epochs.ts';

type View = StateOf<typeof controller>;

const effective = (s: View, id: number): boolean =>
  acts(s, id) &&
  s.controller(id).get('epoch') === epochIn(s) &&
  s.sessions.value.includes(s.session(id).value);

/**
 * What KafkaController promises as long as nobody but itself touches /controller: an id that is not the owner's makes brokers believe in a
 * controller that there is not, and a deletion that none of them watches for makes nobody a candidate.
 */
const untouched = (p: ControllerParams): boolean =>
  p.operatorRewrites + p.operatorDeletes === 0 || p.beyondPromise;

/**
 * What the controller promises. Not among it: "there is one controller". There may be none, and several may take themselves for it (the
 * witness below); at most one of them can still change anything.
 */
export default properties(controller)
  .include(controllerPromises)
  .step('noStaleWrite', {
    about: 'ZooKeeper takes no write of a controller whose epoch is not the present one (C3)',
    source: 'KAFKA-6082',
    applies: (p) => p.partition || p.errors > 0,
    on: ['write', 'deleteController'],
    premise: (before, after, { action }) => wrote(before, after, action),
    holds(before, _, { instance }) {
      const id = brokerIn(instance);
      const { step, epochZkVersion } = before.controller(id).value;
      const version = step.at === 'deleteController' ? step.version : epochZkVersion;
      return (
        version === versionIn(before) ||
        `broker ${id} writes as the controller of version ${version ?? 'any'}, and that of the controller epoch is ${versionIn(before)}`
      );
    },
  })
  .step('leaderEpochAdopted', {
    about: 'The leader epoch that a broker believes in never falls while it runs',
    source: 'ReplicaManager.becomeLeaderOrFollower',
    applies: (p) => p.partition,
    on: ['receive', 'receiveLate'],
    premise: (_, _after, { label }) => obeyed(label),
    holds(before, after, { instance }) {
      const [from, to] = pairIn(instance);
      const [was, now] = [before.replica(to).get('leaderEpoch'), after.replica(to).get('leaderEpoch')];
      return now >= was || `broker ${to} goes back from leader epoch ${was} to ${now}, as ${from} says`;
    },
  })
  .always('requestBacked', {
    about: 'Whatever a broker believes of the partition has been in its znode at some time (C6)',
    source: 'KafkaController writes to ZooKeeper first and tells the brokers then',
    applies: (p) => p.partition,
    each: brokersOf,
    premise: (s, id) => s.replica(id).get('leaderEpoch') >= 0,
    holds(s, id) {
      const { leader, leaderEpoch } = s.replica(id).value;
      const backed = s.shown.value.some((one) => one.leader === leader && one.leaderEpoch === leaderEpoch);
      return (
        backed || `broker ${id} believes in leader ${leader}, epoch ${leaderEpoch}, which ZooKeeper never had`
      );
    },
  })
  .step('onlyControllersHear', {
    about:
      'Of a change of /brokers/ids nobody hears but who is the controller of some epoch, or was and has not resigned',
    source: 'KafkaController.onControllerFailover, onControllerResignation; before them every broker watched',
    applies: unwritten,
    premise: (before, after, _, p) => toldOfBrokers(before, after, p).length > 0,
    holds(before, after, _, p) {
      const idle = toldOfBrokers(before, after, p).filter((id) => {
        const known = before.controller(id).value;
        return !isActive(known, id) && known.epoch === 0; // with an epoch it has ceased without resigning
      });
      return (
        idle.length === 0 ||
        `it is told to ${idle.join(', ')}, which ${idle.length === 1 ? 'is no controller' : 'are no controllers'}`
      );
    },
  })
  .always('resignsWhenItCeases', {
    about:
      'Who does not take itself for the controller keeps nothing of having been it. Not promised: see docs/kafka-controller.md',
    source: 'KafkaController.onControllerResignation',
    applies: (p) => p.beyondPromise,
    each: brokersOf,
    premise: (s, id) => !isActive(s.controller(id).value, id),
    holds: (s, id) =>
      s.controller(id).get('epoch') === 0 ||
      `broker ${id} is no controller by its own lights, and still has epoch ${s.controller(id).get('epoch')}, watches and queues`,
  })
  .reachable('twoBelieve', {
    about: 'Two brokers take themselves for the controller at the same time',
    applies: (p) => p.brokers > 1 && p.expiries + p.operatorDeletes > 0,
    when: (s, p) => brokersOf(p).filter((id) => acts(s, id)).length > 1,
  })
  .temporal('eventuallyController', {
    about: 'L1: in the end some broker is the controller of the present epoch, and stays it',
    source: 'KafkaController.elect; KAFKA-13407',
    applies: untouched,
    eventuallyAlways: (s, _, p) => brokersOf(p).some((id) => effective(s, id)),
  })
  .temporal('staleControllerResigns', {
    about: 'L2: a controller of an earlier epoch ceases to take itself for it',
    source: 'KafkaController.maybeResign',
    applies: unwritten,
    each: brokersOf,
    from: (s, id) => acts(s, id) && s.controller(id).get('epoch') < epochIn(s),
    leadsTo: (s, id) => !acts(s, id) || s.controller(id).get('epoch') === epochIn(s),
  })
  .temporal('brokersHear', {
    about: 'In the end every broker believes of the partition what ZooKeeper says',
    source: 'KAFKA-9839, KIP-380 (KAFKA-1120)',
    applies: (p) => p.partition && untouched(p),
    each: brokersOf,
    eventuallyAlways(s, id) {
      const node = s.znode(PARTITION_STATE).value;
      return (
        !s.receives(id).value ||
        node === null ||
        partitionIn(node).leaderEpoch === s.replica(id).get('leaderEpoch')
      );
    },
  });

const wrote = (before: View, after: View, action: string): boolean =>
  action === 'deleteController'
    ? before.znode(CONTROLLER).value !== null && after.znode(CONTROLLER).value === null
    : before.znode(PARTITION_STATE).value?.version !== after.znode(PARTITION_STATE).value?.version;

/** Who is told in this step that brokers have come or gone. */
function toldOfBrokers(before: View, after: View, p: ControllerParams): readonly number[] {
  const changes = (s: View, id: number) =>
    s.event('ensemble', id).value.filter((one) => one === 'BrokerChange').length;
  return brokersOf(p).filter((id) => changes(after, id) > changes(before, id));
}
