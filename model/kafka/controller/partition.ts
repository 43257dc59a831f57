import type { Update } from '../../../checker/language/index.ts';
import type { BrokerChange, Registration } from '../partition-election/broker-change.ts';
import { type Controller, type EventThreadView, type Request, show } from './components.ts';
import { brokersOf, type EventThreadParams } from './params.ts';
import { dropRequests } from './resignation.ts';
import type { ControllerRules } from './rules.ts';
import {
  BROKER_IDS,
  brokerIdPath,
  type Node,
  PARTITION_STATE,
  type PartitionState,
  partitionIn,
} from './znodes.ts';
import { commit, watch } from './zookeeper.ts';

type Leadership = NonNullable<Controller['leadership']>;

/** The registered brokers and their broker epochs: the owners of their znodes, which stand for the czxids. */
function registrations(s: EventThreadView, p: EventThreadParams): readonly Registration[] {
  return brokersOf(p).flatMap((id) => {
    const owner = s.znode(brokerIdPath(id)).value?.owner;
    return owner === undefined || owner === null ? [] : [{ id, brokerEpoch: owner }];
  });
}

interface Found {
  readonly state: PartitionState;
  readonly version: number;
}

function readPartition(s: EventThreadView, p: EventThreadParams): Found | undefined {
  const node: Node | null = p.partition ? s.znode(PARTITION_STATE).value : null;
  return node === null ? undefined : { state: partitionIn(node), version: node.version };
}

/** One request to each of the brokers: LeaderAndIsr if there is a partition to tell of, otherwise UpdateMetadata. */
function send(
  s: EventThreadView,
  id: number,
  epoch: number,
  to: readonly Registration[],
  leadership: Leadership | null,
): readonly Update[] {
  return to
    .filter((broker) => s.receives(broker.id).value)
    .map((broker) => {
      const request: Request = {
        kind: leadership === null ? 'UpdateMetadata' : 'LeaderAndIsr',
        controllerEpoch: epoch,
        brokerEpoch: broker.brokerEpoch,
        ...(leadership ?? { leader: null, leaderEpoch: 0 }),
      };
      return s.request(id, broker.id).send(request);
    });
}

/** The next step of an election, if the leader is gone and the znode is not of a later controller. */
function chooseLeader(
  found: Found | undefined,
  epoch: number,
  live: readonly number[],
  p: EventThreadParams,
  rules: ControllerRules,
): Controller['step'] {
  if (found === undefined || !rules.mayDecide(epoch, found.state.controllerEpoch)) return { at: 'idle' };
  const leader = rules.electLeader(brokersOf(p), brokersOf(p), live, false);
  return leader === undefined ? { at: 'idle' } : { at: 'updateLeaderAndIsr', leader, version: found.version };
}

/**
 * KafkaController.onControllerFailover: arms its watches before it reads what they watch, then tells the brokers what it has found, then
 * sees to the partition. One step, since nothing in it is written to ZooKeeper but what follows.
 */
export function takeOver(
  s: EventThreadView,
  id: number,
  p: EventThreadParams,
  rules: ControllerRules,
): readonly Update[] {
  const { epoch } = s.controller(id).value;
  const [brokers, found] = [registrations(s, p), readPartition(s, p)];
  const live = brokers.map((broker) => broker.id);
  const leadership = found === undefined ? null : leadershipOf(found.state);
  const hasLeader = leadership === null || (leadership.leader !== null && live.includes(leadership.leader));
  const step: Controller['step'] = hasLeader ? { at: 'idle' } : chooseLeader(found, epoch, live, p, rules);
  return [
    watch(s, BROKER_IDS, s.session(id).value),
    s.controller(id).patch({ brokers, leadership, step }),
    ...send(s, id, epoch, brokers, leadership),
  ];
}

/**
 * KafkaController.processBrokerChange: reads the registered brokers (and sets the watch again), drops the queues to those that are gone,
 * tells the others of the new ones and the new ones everything, and sees to the partition if its leader is among the gone.
 */
export function processBrokerChange(
  s: EventThreadView,
  id: number,
  p: EventThreadParams,
  rules: ControllerRules,
): readonly Update[] {
  const { brokers: known, leadership, epoch } = s.controller(id).value;
  const now = registrations(s, p);
  const change: BrokerChange = rules.brokerChange(known, now);
  const bounced = change.bounced.map((broker) => broker.id);
  const gone = [...bounced, ...change.died];
  const fresh = [...change.started, ...change.bounced];
  const others = now.filter((broker) => !fresh.some((one) => one.id === broker.id));
  const stayed = others.filter((broker) => !gone.includes(broker.id));
  const cached = [...known.filter((broker) => !gone.includes(broker.id)), ...fresh];
  const left = cached.map((broker) => broker.id);
  const led = leadership?.leader ?? null;
  const needsLeader = leadership !== null && (led === null || !left.includes(led) || gone.includes(led));
  const steady = left.filter((one) => !bounced.includes(one));
  const step: Controller['step'] = needsLeader
    ? chooseLeader(readPartition(s, p), epoch, steady.length > 0 ? steady : left, p, rules)
    : { at: 'idle' };
  const told = fresh.length + gone.length === 0 ? [] : send(s, id, epoch, stayed, null);
  return [
    watch(s, BROKER_IDS, s.session(id).value),
    ...gone.flatMap((to) => dropRequests(s, id, to)),
    s.controller(id).patch({ brokers: cached, step }),
    ...told,
    ...send(s, id, epoch, fresh, leadership),
  ];
}

/**
 * The write of an election, fenced by the controller epoch and conditional on the version that it was based on; then LeaderAndIsr to all.
 * When the znode is another one by now the election is made anew (PartitionStateMachine.electLeaderForPartitions).
 */
export function updateLeaderAndIsr(
  s: EventThreadView,
  id: number,
  step: Controller['step'] & { readonly at: 'updateLeaderAndIsr' },
  p: EventThreadParams,
  rules: ControllerRules,
): { readonly answer: 'done' | 'REFUSED' | 'tries again'; readonly updates: readonly Update[] } {
  const { epoch, epochZkVersion, brokers } = s.controller(id).value;
  const found = readPartition(s, p);
  if (found === undefined) return { answer: 'REFUSED', updates: [] };
  const next = { leader: step.leader, leaderEpoch: found.state.leaderEpoch + 1, controllerEpoch: epoch };
  const ops = rules.fencedWrite(epochZkVersion, {
    kind: 'setData',
    path: PARTITION_STATE,
    data: next,
    version: step.version,
  });
  const { code, failed, updates } = commit(s, s.session(id).value, ops);
  const leadership = leadershipOf(next); // if it is written, what was read is still what is there
  const told = rules.tellsOf(code) ? send(s, id, epoch, brokers, leadership) : [];
  if (code === 'OK') {
    const after = s.controller(id).patch({ leadership, step: { at: 'idle' } });
    return { answer: 'done', updates: [...updates, s.shown.apply(show, leadership), after, ...told] };
  }
  const moved = failed < ops.length - 1; // it is the check that failed
  const live = brokers.map((broker) => broker.id);
  const then: Controller['step'] = moved ? { at: 'maybeResign' } : chooseLeader(found, epoch, live, p, rules);
  const after = [s.controller(id).patch({ step: then }), ...told];
  return { answer: moved ? 'REFUSED' : 'tries again', updates: after };
}

const leadershipOf = ({ leader, leaderEpoch }: PartitionState): Leadership => ({ leader, leaderEpoch });
