import type { MutantsOf } from '../../../checker/language/index.ts';
import { ANY_VERSION, type Op } from '../../zookeeper/store/tree.ts';
import type { ControllerParams } from './params.ts';
import { brokerOf, CONTROLLER, CONTROLLER_EPOCH, type Node, numberIn, type ZnodeData } from './znodes.ts';

type Ops = readonly Op<ZnodeData>[];

/** How a broker becomes the controller, and how it knows that it is (KafkaController.elect, KafkaZkClient). */
export interface ElectionRules {
  /** Whom /controller makes the controller, as broker `id` in `session` reads it. */
  readonly controllerOf: (node: Node | null, id: number, session: number) => number | null;
  /** What a broker does that has heard of a change of /controller, other than its end, and has found this controller. */
  readonly afterChange: (found: number | null) => 'elect' | 'nothing';
  /** Whether a broker that ceases to take itself for the controller at any other look at /controller than that of maybeResign resigns. */
  readonly resignsAtAnyLook: boolean;
  readonly registerController: (id: number, epoch: number, version: number) => Ops;
  /** Whether the election for `epoch`, which has not been heard of to succeed, has: the version of the epoch, or undefined. */
  readonly resolveElection: (
    id: number,
    epoch: number,
    controller: Node | null,
    epochNode: Node | null,
  ) => number | undefined;
  /** A controller's write, given the version that its epoch was written with; null: of no epoch. */
  readonly fencedWrite: (version: number | null, op: Op<ZnodeData>) => Ops;
}

/** KafkaController takes the id in the znode for the controller, whoever owns the znode. */
export const controllerByData = (node: Node | null): number | null => (node === null ? null : numberIn(node));

/** Who owns the znode, whatever it says. */
export const controllerByOwner = (node: Node | null): number | null =>
  node === null || node.owner === null ? null : brokerOf(node.owner);

export const createController = (id: number): Op<ZnodeData> => ({
  kind: 'create',
  path: CONTROLLER,
  data: id,
  ephemeral: true,
});

export const setControllerEpoch = (epoch: number, version: number): Op<ZnodeData> => ({
  kind: 'setData',
  path: CONTROLLER_EPOCH,
  data: epoch,
  version,
});

/** KafkaZkClient.registerControllerAndIncrementControllerEpoch: both or neither, and only if the epoch is the one that was read. */
export const registerController = (id: number, epoch: number, version: number): Ops => [
  createController(id),
  setControllerEpoch(epoch, version),
];

/**
 * KafkaZkClient.checkControllerAndEpoch: /controller names me, and the epoch is the one I asked for: it was my request that did it, and its
 * reply is lost. Any later election has a higher epoch.
 */
export const resolveElection = (
  id: number,
  epoch: number,
  controller: Node | null,
  epochNode: Node | null,
): number | undefined =>
  controllerByData(controller) === id && epochNode !== null && numberIn(epochNode) === epoch
    ? epochNode.version
    : undefined;

/** The same by the owner of /controller: the id in it may have been written by anybody. */
export const resolveElectionByOwner: ElectionRules['resolveElection'] = (id, epoch, controller, epochNode) =>
  controllerByOwner(controller) === id ? resolveElection(id, epoch, controller, epochNode) : undefined;

/** KafkaZkClient.wrapRequestWithControllerEpochCheck (KAFKA-6082). */
export const fencedWrite = (version: number | null, op: Op<ZnodeData>): Ops =>
  version === null ? [op] : [{ kind: 'check', path: CONTROLLER_EPOCH, version }, op];

type Mutants<N extends keyof ElectionRules> = MutantsOf<ElectionRules[N], ControllerParams>;

export const controllerOfMutants: Mutants<'controllerOf'> = {
  neverMoved: {
    about: 'A broker that finds any controller takes itself for it',
    rule: (node, id) => (node === null ? null : id),
    at: { reads: 'asOne' },
  },
};

export const registerControllerMutants: Mutants<'registerController'> = {
  epochOfAnyVersion: {
    about: 'The epoch is set whatever it has become since it was read',
    rule: (id, epoch) => [createController(id), setControllerEpoch(epoch, ANY_VERSION)],
    at: { reads: 'asOne' },
  },
  epochStays: {
    about: 'The epoch is written as it was read',
    rule: (id, epoch, version) => [createController(id), setControllerEpoch(epoch - 1, version)],
    at: { reads: 'asOne' },
  },
  epochSkipsOne: {
    about: 'The epoch rises by two',
    rule: (id, epoch, version) => [createController(id), setControllerEpoch(epoch + 1, version)],
    at: { reads: 'asOne' },
  },
  persistentController: {
    about: '/controller outlives the session of its broker',
    rule: (id, epoch, version) => [
      { kind: 'create', path: CONTROLLER, data: id },
      setControllerEpoch(epoch, version),
    ],
    at: { reads: 'asOne' },
  },
};

const lost: Partial<ControllerParams> = { lostReplies: 1, operatorDeletes: 0 };

export const resolveElectionMutants: Mutants<'resolveElection'> = {
  idIsEnough: {
    about: 'Whoever finds its id in /controller takes the epoch that it finds for its own',
    rule: (id, _, controller, epochNode) =>
      controllerByData(controller) === id ? epochNode?.version : undefined,
    at: lost,
    survives:
      'a broker that finds its id finds its epoch too, unless an operator has written the id; and then the rule as it is gives an epoch away twice',
  },
  epochIsEnough: {
    about: 'The epoch that was asked for is there, so the election succeeded, whoever is the controller',
    rule: (_, epoch, _controller, epochNode) =>
      epochNode !== null && numberIn(epochNode) === epoch ? epochNode.version : undefined,
    at: { reads: 'asOne' },
  },
  givesUp: {
    about: 'A lost reply counts as a lost election',
    rule: () => undefined,
    at: lost,
  },
};

export const fencedWriteMutants: Mutants<'fencedWrite'> = {
  checksAnyVersion: {
    about: 'The check is made, with any version',
    rule: (_, op) => [{ kind: 'check', path: CONTROLLER_EPOCH, version: ANY_VERSION }, op],
    at: { reads: 'asOne' },
  },
  checksNextVersion: {
    about: 'The version is one too high',
    rule: (version, op) => fencedWrite(version === null ? null : version + 1, op),
    at: { reads: 'asOne' },
  },
};
