import { z } from 'zod';
import {
  type ActionView,
  type DeepReadonly,
  family,
  ghost,
  links,
  operation,
  ref,
  setOf,
  single,
} from '../../../checker/language/index.ts';
import { brokersOf, budgets, type EventThreadParams, eventThreadBudgets } from './params.ts';
import { describeRequest } from './words.ts';
import { BROKER_IDS, brokerIdPath, CONTROLLER, CONTROLLER_EPOCH, Node, PARTITION_STATE } from './znodes.ts';

const BrokerId = ref('broker', { min: 0 });
const Epoch = z.int().min(0);

/** ControllerEvent, as far as it concerns elections and brokers that come and go. */
export const ControllerEvent = z.enum([
  'Startup',
  'ControllerChange',
  'Reelect',
  'BrokerChange',
  'RegisterBrokerAndReelect',
]);
export type ControllerEvent = z.output<typeof ControllerEvent>;

/** How far the event thread is with the event that it handles: what its next request to ZooKeeper will be. */
const Step = z.discriminatedUnion('at', [
  z.strictObject({ at: z.literal('idle') }),
  /** The broker is registered anew; its new broker epoch is on the way to it. */
  z.strictObject({ at: z.literal('registerBroker'), brokerEpoch: Epoch }),
  /** elect(): is there a controller? */
  z.strictObject({ at: z.literal('readController') }),
  z.strictObject({ at: z.literal('createController') }),
  z.strictObject({ at: z.literal('readEpoch') }),
  z.strictObject({ at: z.literal('register'), epoch: Epoch, version: z.int().min(0) }),
  /** The election has failed, or its reply is lost, which cannot be told apart. */
  z.strictObject({ at: z.literal('checkControllerAndEpoch'), epoch: Epoch }),
  z.strictObject({ at: z.literal('failover') }),
  /** A leader is chosen; `version` is that of the znode that the choice was based on. */
  z.strictObject({ at: z.literal('updateLeaderAndIsr'), leader: BrokerId, version: z.int().min(0) }),
  /** A write has failed: the controller is another one (ControllerMovedException). */
  z.strictObject({ at: z.literal('maybeResign') }),
  /** triggerControllerMove, having resigned; `version` is that of its own epoch, null: delete it whatever the epoch is. */
  z.strictObject({ at: z.literal('deleteController'), version: z.int().min(0).nullable() }),
]);

const Registration = z.strictObject({ id: BrokerId, brokerEpoch: Epoch });

export const Controller = z.strictObject({
  /** Who it takes for the controller; it is active if that is itself. */
  activeControllerId: BrokerId.nullable(),
  /** ControllerContext: empty unless it is active, or was when it last looked. */
  epoch: Epoch,
  epochZkVersion: z.int().min(0),
  brokers: setOf(Registration),
  leadership: z.strictObject({ leader: BrokerId.nullable(), leaderEpoch: Epoch }).nullable(),
  step: Step,
});
export type Controller = DeepReadonly<z.output<typeof Controller>>;

/** ControllerContext.resetContext. */
export const emptyContext = { epoch: 0, epochZkVersion: 0, brokers: [], leadership: null };
export const inactive: Controller = { activeControllerId: null, ...emptyContext, step: { at: 'idle' } };

export const Request = z.strictObject({
  kind: z.enum(['UpdateMetadata', 'LeaderAndIsr']),
  controllerEpoch: Epoch,
  brokerEpoch: Epoch,
  /** Of a LeaderAndIsr; otherwise null and 0. */
  leader: BrokerId.nullable(),
  leaderEpoch: Epoch,
});
export type Request = DeepReadonly<z.output<typeof Request>>;

/** The broker's other half, which obeys controllers: ReplicaManager, KafkaApis. */
export const Replica = z.strictObject({
  brokerEpoch: Epoch,
  /** The highest that it has heard of since it started. */
  controllerEpoch: Epoch,
  leader: BrokerId.nullable(),
  leaderEpoch: z.int().min(-1),
});
export type Replica = DeepReadonly<z.output<typeof Replica>>;

export const watchedPaths = [CONTROLLER, BROKER_IDS] as const;
export type WatchedPath = (typeof watchedPaths)[number];

export const pathsOf = (p: EventThreadParams): readonly string[] => [
  CONTROLLER,
  CONTROLLER_EPOCH,
  ...(p.partition ? [PARTITION_STATE] : []),
  ...brokersOf(p).map(brokerIdPath),
];

export function eventThreadComponents(p: EventThreadParams) {
  const brokers = brokersOf(p);
  const lane = { lane: 'broker' };
  const lanes: readonly [string, string] = ['broker', 'broker'];
  return {
    znode: family(pathsOf(p), Node.nullable()),
    /** Sessions that ZooKeeper holds to be alive. */
    sessions: single(setOf(z.int().min(0))),
    /** Sessions with a watch, on the data or, of /brokers/ids, on the children. */
    watchers: family(watchedPaths, setOf(z.int().min(0))),
    /** The queue of the event thread: what watches and the session's own changes have put there. */
    event: links(['ensemble'], brokers, ControllerEvent, { lanes: ['ZooKeeper', 'broker'], says: String }),
    process: family(brokers, z.enum(['up', 'paused', 'down']), lane),
    /** The session that the broker takes for its own; over when it is not among `sessions`. */
    session: family(brokers, z.int().min(0), lane),
    controller: family(brokers, Controller, lane),
    replica: family(brokers, Replica, lane),
    /** Whether requests to this broker are looked at. */
    receives: family(brokers, z.boolean()),
    /** The queue of a controller's send thread for a broker, the one that is being sent included. */
    request: links(brokers, brokers, Request, { lanes, says: describeRequest }),
    /** What was being sent when its controller resigned, or gave up the broker: it may still arrive, at any time. */
    onTheWire: links(brokers, brokers, Request, { lanes, says: describeRequest }),
    budget: family(eventThreadBudgets, z.int().min(0)),
    /** The highest controller epoch that any broker was ever given. */
    lastEpoch: ghost(single(Epoch)),
    /** Every leadership that the partition's znode has ever shown. */
    shown: ghost(single(setOf(z.strictObject({ leader: BrokerId.nullable(), leaderEpoch: Epoch })))),
  };
}
export type EventThreadComponents = ReturnType<typeof eventThreadComponents>;
export type EventThreadView = ActionView<EventThreadComponents>;

export const controllerComponents = (p: EventThreadParams) => ({
  ...eventThreadComponents(p),
  budget: family(budgets, z.int().min(0)),
});
export type ControllerView = ActionView<ReturnType<typeof controllerComponents>>;

export const raise = operation('raise', (highest: number, epoch: number) => Math.max(highest, epoch));
export const show = operation(
  'show',
  (shown: readonly Leadership[], now: Leadership): readonly Leadership[] => [...shown, now],
);
interface Leadership {
  readonly leader: number | null;
  readonly leaderEpoch: number;
}

/** KafkaController.isActive: a belief. */
export const isActive = (controller: Pick<Controller, 'activeControllerId'>, id: number): boolean =>
  controller.activeControllerId === id;
