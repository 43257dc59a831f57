import { choose, defineModel, product, type Update } from '../../../checker/language/index.ts';
import { checkRequest } from '../controller/fencing.ts';
import {
  type PartitionElectionView,
  partitionElectionComponents,
  type Replica,
  type Request,
  spend,
  spent,
  unaware,
} from './components.ts';
import { brokersOf, epochsOf, PartitionElectionParams, partitionsOf } from './params.ts';
import { type PartitionElectionRules, partitionElectionRules } from './partition-election-rules.ts';
import { describeRequest } from './words.ts';

type View = PartitionElectionView;
type Said<K> = Extract<Request, { readonly kind: K }>;

/**
 * ReplicaManager.becomeLeaderOrFollower: what a broker makes of LeaderAndIsr. It follows only a leader that it knows to live; if there is
 * none (leader -1), or it is not known, everything stays as it was, the leader epoch too.
 */
export function becomeLeaderOrFollower(
  id: number,
  own: Replica,
  said: Said<'LeaderAndIsr'>,
  isAlive: (leader: number) => boolean,
  rules: Pick<PartitionElectionRules, 'isNewLeaderEpoch'>,
): Replica {
  const { leader, leaderEpoch, isr, partitionEpoch, replicas } = said;
  if (!rules.isNewLeaderEpoch(own.leaderEpoch, leaderEpoch) || !replicas.includes(id)) return own;
  if (leader === id)
    return { leader, leaderEpoch, fetching: false, isr, pendingIsr: null, partitionEpoch, replicas };
  if (leader === null || !isAlive(leader)) return own;
  return { ...unaware, leader, leaderEpoch, fetching: true };
}

/** ReplicaManager.stopReplicas: the fetcher stops; with `delete` nothing is left of the replica. */
export function stopReplica(
  own: Replica,
  said: Said<'StopReplica'>,
  rules: Pick<PartitionElectionRules, 'mayStopReplica'>,
): Replica {
  if (!rules.mayStopReplica(own.leaderEpoch, said.leaderEpoch)) return own;
  return said.delete ? unaware : { ...own, fetching: false };
}

/** What a process forgets when it ends. Its next broker epoch will be higher than that of its znode, whether it had heard of it or not. */
const forget = (s: View, id: number, p: PartitionElectionParams): Update[] => [
  s.broker(id).set({
    process: 'down',
    brokerEpoch: Math.max(s.broker(id).get('brokerEpoch'), s.brokerNode(id).value ?? 0),
    controllerEpoch: 0,
    attempts: 0,
    alive: [],
  }),
  ...partitionsOf(p).map((partition) => s.replica(id, partition).set(unaware)),
  s.alterRequest(id).clear(),
  s.alterAnswer(id).clear(),
];

/** What brokers make of the controller's requests, and how they stop and start. Part of kafka/partition-election. */
export const brokerActions = defineModel('kafka/partition-election: brokers', {
  about: 'Brokers, and what they are told',
  params: PartitionElectionParams,
})
  .rules({ ...partitionElectionRules })
  .components(partitionElectionComponents)
  .action('receive', {
    each: (p) => product(epochsOf(p), brokersOf(p)),
    fairness: 'weak',
    next(s, [epoch, id], p, rules) {
      const request = s.request(epoch, id).head;
      if (request === undefined || s.broker(id).get('process') === 'down') return;
      const taken = s.request(epoch, id).receive();
      const { brokerEpoch, controllerEpoch, alive } = s.broker(id).value;
      const from = { controllerEpoch: epoch, brokerEpoch: request.brokerEpoch };
      if (checkRequest({ brokerEpoch, controllerEpoch }, from, rules) !== 'none') {
        return choose({ REFUSED: [taken] });
      }
      const adopted = s.broker(id).patch({ controllerEpoch: Math.max(controllerEpoch, epoch) });
      if (request.kind === 'UpdateMetadata')
        return [taken, adopted, s.broker(id).patch({ alive: request.alive })];
      const replica = s.replica(id, request.partition);
      const own = replica.value;
      const isAlive = (leader: number) => !p.updateMetadata || alive.includes(leader);
      return [
        taken,
        adopted,
        replica.set(
          request.kind === 'StopReplica'
            ? stopReplica(own, request, rules)
            : becomeLeaderOrFollower(id, own, request, isAlive, rules),
        ),
      ];
    },
    says([epoch, id], { before, label }) {
      const request = describeRequest(before.request(epoch, id).head);
      return label === 'REFUSED'
        ? `${id} REFUSES controller ${epoch}'s ${request}`
        : `${id} gets from controller ${epoch} ${request}`;
    },
  })
  .action('connectionBreaks', {
    each: (p) => (p.sendErrors > 0 ? product(epochsOf(p), brokersOf(p)) : []),
    next(s, [epoch, id], _, rules) {
      if (rules.retriesRequests || spent(s, 'sendErrors') || s.request(epoch, id).length === 0) return;
      return [spend(s, 'sendErrors'), s.request(epoch, id).receive()];
    },
    says: ([epoch, id]) => `the connection of controller ${epoch} to ${id} breaks, and a request is lost`,
  })
  .action('kill', {
    each: (p) => (p.crashes > 0 ? brokersOf(p) : []),
    next(s, id, p) {
      if (spent(s, 'crashes') || s.broker(id).get('process') === 'down') return;
      return [spend(s, 'crashes'), ...forget(s, id, p)];
    },
    says: (id) => `the process of ${id} is killed`,
  })
  .action('sessionEnds', {
    each: (p) => (p.crashes > 0 ? brokersOf(p) : []),
    fairness: 'weak',
    next(s, id) {
      if (s.broker(id).get('process') !== 'down' || s.brokerNode(id).value === null) return;
      return [s.brokerNode(id).set(null)];
    },
    says: (id) => `ZooKeeper has heard nothing of ${id} for too long: its registration is gone`,
  })
  .action('restart', {
    each: brokersOf,
    next(s, id) {
      const { process, brokerEpoch } = s.broker(id).value;
      if (process !== 'down' || s.brokerNode(id).value !== null) return;
      const next = brokerEpoch + 1;
      return [s.broker(id).patch({ process: 'up', brokerEpoch: next }), s.brokerNode(id).set(next)];
    },
    says: (id, { after }) =>
      `${id} starts and registers, broker epoch ${after.broker(id).get('brokerEpoch')}`,
  })
  .action('terminate', {
    each: (p) => (p.cleanStops > 0 ? brokersOf(p) : []),
    next(s, id, p) {
      if (spent(s, 'cleanStops') || s.broker(id).get('process') !== 'up') return;
      return [
        spend(s, 'cleanStops'),
        s.broker(id).patch({ process: 'stopping', attempts: p.shutdownRetries }),
      ];
    },
    says: (id) => `${id} is told to stop (TERM), and asks the controller for a controlled shutdown`,
  })
  .action('exit', {
    each: (p) => (p.cleanStops > 0 ? brokersOf(p) : []),
    fairness: 'weak',
    next(s, id, p) {
      const process = s.broker(id).get('process');
      if (process !== 'released' && process !== 'exhausted') return;
      return [...forget(s, id, p), s.brokerNode(id).set(null)];
    },
    says: (id, { before }) =>
      before.broker(id).get('process') === 'released'
        ? `${id} stops, and closes its session`
        : `${id} stops although it may still lead, and closes its session`,
  })
  .action('expireSession', {
    each: (p) => (p.expiries > 0 ? brokersOf(p) : []),
    next(s, id) {
      const { process, brokerEpoch } = s.broker(id).value;
      if (spent(s, 'expiries') || process !== 'up' || s.brokerNode(id).value !== brokerEpoch) return;
      return [spend(s, 'expiries'), s.brokerNode(id).set(null)];
    },
    says: (id) => `the session of ${id} expires although it runs: its registration is gone`,
  })
  .action('registerAgain', {
    each: (p) => (p.expiries > 0 ? brokersOf(p) : []),
    fairness: 'weak',
    next(s, id) {
      const { process, brokerEpoch } = s.broker(id).value;
      if (process === 'down' || s.brokerNode(id).value !== null) return;
      return [s.brokerNode(id).set(brokerEpoch + 1)];
    },
    says: (id, { after }) => `${id} registers with a new session, broker epoch ${after.brokerNode(id).value}`,
  })
  .action('learnBrokerEpoch', {
    each: (p) => (p.expiries > 0 ? brokersOf(p) : []),
    fairness: 'weak',
    next(s, id) {
      const brokerEpoch = s.brokerNode(id).value;
      if (brokerEpoch === null || s.broker(id).get('process') === 'down') return;
      if (s.broker(id).get('brokerEpoch') === brokerEpoch) return;
      return [s.broker(id).patch({ brokerEpoch })];
    },
    says: (id) => `${id} learns its new broker epoch`,
  });
