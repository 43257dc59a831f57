import { z } from 'zod';
import {
  type ActionView,
  type DeepReadonly,
  family,
  links,
  single,
} from '../../../checker/language/index.ts';
import { Controller, eventThreadComponents, Request } from '../controller/components.ts';
import { brokersOf } from '../controller/params.ts';
import { describeRequest } from '../controller/words.ts';
import { dataPathComponents, Partition } from '../replication/components.ts';
import { budgets, type ClusterParams } from './params.ts';

/** The znode of the partition: what replication makes of it, and which controller has written it. */
export const PartitionState = Partition.extend({ controllerEpoch: z.int().min(0) });
export type PartitionState = DeepReadonly<z.output<typeof PartitionState>>;

/** A LeaderAndIsr on its way: whose it is, for whom, and what it says. */
export const LeaderAndIsrRequest = Request.extend({
  ...Partition.pick({ isr: true, partitionEpoch: true }).shape,
});
export type LeaderAndIsrRequest = DeepReadonly<z.output<typeof LeaderAndIsrRequest>>;

/** What a controller has in hand for the partition (PartitionStateMachine, ReplicaStateMachine). */
export const StateMachine = z.strictObject({
  /** The controller epoch that this belongs to: in another one all of it is void. */
  epoch: z.int().min(0),
  /** The registrations that it has seen to. */
  handled: Controller.shape.brokers,
  /** A decision that is not written yet, and whose loss has led to it; its partition epoch is one above the one it was based on. */
  decision: z.strictObject({ next: PartitionState, left: Partition.shape.leader }).nullable(),
});
export type StateMachine = DeepReadonly<z.output<typeof StateMachine>>;

/**
 * The components of both halves. Shared are the partition's znode, which the controller decides on and leaders change, the budgets, and the
 * brokers themselves: `process` is the controller's half of one, `broker` the replica's.
 */
export function clusterComponents(p: ClusterParams) {
  const brokers = brokersOf(p);
  const lanes: readonly [string, string] = ['broker', 'broker'];
  return {
    ...eventThreadComponents(p),
    ...dataPathComponents(p),
    partition: single(PartitionState),
    request: links(brokers, brokers, LeaderAndIsrRequest, { lanes, says: describeRequest }),
    onTheWire: links(brokers, brokers, LeaderAndIsrRequest, { lanes, says: describeRequest }),
    stateMachine: family(brokers, StateMachine, { lane: 'broker' }),
    budget: family(budgets, z.int().min(0)),
  };
}
export type ClusterComponents = ReturnType<typeof clusterComponents>;
export type ClusterView = ActionView<ClusterComponents>;
