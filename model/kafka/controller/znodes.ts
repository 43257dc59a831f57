import { z } from 'zod';
import { type DeepReadonly, ref } from '../../../checker/language/index.ts';

/** The znodes that matter for the controller (KafkaZkClient, ZkData.scala). */
export const CONTROLLER = '/controller';
export const CONTROLLER_EPOCH = '/controller_epoch';
export const BROKER_IDS = '/brokers/ids';
export const PARTITION_STATE = '/brokers/topics/t/partitions/0/state';
export const brokerIdPath = (id: number): string => `${BROKER_IDS}/${id}`;

/** What /brokers/topics/../state says. Its version rises with the leader epoch, as long as no leader changes the ISR. */
export const PartitionState = z.strictObject({
  leader: ref('broker', { min: 0 }).nullable(),
  leaderEpoch: z.int().min(0),
  /** Of the controller that wrote it. */
  controllerEpoch: z.int().min(0),
});
export type PartitionState = DeepReadonly<z.output<typeof PartitionState>>;

/** A broker's id, a controller epoch, or the state of the partition. */
export const ZnodeData = z.union([z.int().min(0), PartitionState]);
export type ZnodeData = DeepReadonly<z.output<typeof ZnodeData>>;

/** The parts of a znode that clients of this model go by; `owner` is the session of an ephemeral one. */
export const Node = z.strictObject({
  data: ZnodeData,
  version: z.int().min(0),
  owner: z.int().min(0).nullable(),
});
export type Node = DeepReadonly<z.output<typeof Node>>;

/** Of a znode that holds a number: /controller, /controller_epoch, /brokers/ids/<id>. */
export const numberIn = (node: Node): number => (typeof node.data === 'number' ? node.data : Number.NaN);

/** Of the partition's znode. */
export const partitionIn = (node: Node): PartitionState =>
  typeof node.data === 'number' ? { leader: null, leaderEpoch: 0, controllerEpoch: 0 } : node.data;

/**
 * Sessions are numbered: the last digit is the broker, the rest counts its sessions. Each of them registers the broker at most once, so that
 * the number stands for the czxid of the registration as well, which is the broker epoch: higher with each one.
 */
export const firstSession = (id: number): number => id;
export const nextSession = (session: number): number => session + 10;
export const brokerOf = (session: number): number => session % 10;

/** The operator's session, which never ends. */
export const OPERATOR = -1;
