import type { Registration } from '../partition-election/broker-change.ts';
import { decide } from '../replication/controller.ts';
import { brokersOf } from '../replication/params.ts';
import type { PartitionState } from './components.ts';
import type { ClusterParams } from './params.ts';
import type { ClusterRules } from './rules.ts';

/** What a controller does next for the partition: it writes a decision, or tells brokers what there is. */
export type Duty =
  | { readonly kind: 'decide'; readonly left: number | null; readonly next: PartitionState }
  | { readonly kind: 'tell'; readonly brokers: readonly Registration[] };

/**
 * KafkaController.onBrokerFailure and onBrokerStartup, of the brokers that the controller knows now and those that it has seen to: first
 * the replicas that are gone, or are back as another incarnation, leave the ISR and the leadership; then a partition without a leader gets
 * one; then whoever is new is told. A controller that takes over has seen to nobody.
 */
export function nextDuty(
  partition: PartitionState,
  handled: readonly Registration[],
  known: readonly Registration[],
  epoch: number,
  p: ClusterParams,
  rules: ClusterRules,
): Duty | undefined {
  const decided = rules.mayDecide(epoch, partition.controllerEpoch)
    ? nextDecision(partition, handled, known, p, rules)
    : undefined;
  if (decided !== undefined) {
    return { kind: 'decide', left: decided.left, next: { ...decided.next, controllerEpoch: epoch } };
  }
  const brokers = known.filter(
    ({ id, brokerEpoch }) => !handled.some((one) => one.id === id && one.brokerEpoch === brokerEpoch),
  );
  return brokers.length > 0 || handled.length > known.length ? { kind: 'tell', brokers } : undefined;
}

function nextDecision(
  partition: PartitionState,
  handled: readonly Registration[],
  known: readonly Registration[],
  p: ClusterParams,
  rules: ClusterRules,
) {
  const live = known.map(({ id }) => id);
  const bounced = rules.brokerChange(handled, known).bounced.map(({ id }) => id);
  for (const id of brokersOf(p)) {
    if (live.includes(id) && !bounced.includes(id)) continue;
    const left = { id, lost: bounced.includes(id) };
    const next = decide(partition, { left, live: live.filter((one) => one !== id) }, p, rules);
    if (next !== undefined) return { left: id, next };
  }
  const next = decide(partition, { live }, p, rules);
  return next && { left: null, next };
}
