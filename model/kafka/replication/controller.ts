import type { Update } from '../../../checker/language/index.ts';
import type { Partition, ReplicationView } from './components.ts';
import { brokersOf, type DataPathParams, minIsrOf, type ReplicationParams } from './params.ts';
import type { LeaderCandidates, ReplicationRules } from './replication-rules.ts';

/** The brokers that may be elected: registered, not about to leave. */
export const liveBrokers = (s: ReplicationView, p: ReplicationParams): readonly number[] =>
  brokersOf(p).filter((id) => s.registration(id).value === 'registered');

/** Where a decision starts: a broker is gone from the ISR, or back, or nothing but a new leader is wanted. */
export interface Cause {
  readonly left?: { readonly id: number; readonly lost: boolean };
  readonly live: readonly number[];
}

/** What the controller makes of it: a leader if there is a candidate, else none. Undefined when all stays as it is. */
export function decide(
  partition: Partition,
  { left, live }: Cause,
  p: DataPathParams,
  rules: ReplicationRules,
): Partition | undefined {
  const minIsr = minIsrOf(p);
  const stay: LeaderCandidates = left ? rules.leave(partition, left.id, left.lost, minIsr) : partition;
  const leader = partition.leader === left?.id ? null : partition.leader;
  const input = { candidates: stay, replicas: brokersOf(p), live, minIsr, unclean: p.uncleanLeaderElection };
  const elected = leader === null ? rules.elect(input) : undefined;
  const { isr, elr } = elected ?? stay;
  const next = { leader: elected?.leader ?? leader, isr, elr };
  const reelected = next.leader !== null && left?.id === partition.leader; // it led, and leads again
  const same = sameSet(next.isr, partition.isr) && sameSet(next.elr, partition.elr);
  if (same && next.leader === partition.leader && !reelected) return;
  return bumped(partition, next);
}

/** Every decision of the controller is a new leader epoch, also one that leaves the leader in place. */
export const bumped = (
  partition: Partition,
  next: LeaderCandidates & { readonly leader: number | null },
): Partition => ({
  leader: next.leader,
  isr: next.isr,
  elr: next.elr,
  leaderEpoch: partition.leaderEpoch + 1,
  partitionEpoch: partition.partitionEpoch + 1,
});

/** Writes a decision and tells it to the brokers in `live`; each hears of it when it reads its queue. */
export function publish(s: ReplicationView, next: Partition, live: readonly number[]): Update[] {
  const { elr: _, ...leaderAndIsr } = next;
  return [s.partition.set(next), ...live.map((id) => s.leaderAndIsr(id).send(leaderAndIsr))];
}

export const sameSet = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((x) => b.includes(x));

/** The answer to AlterPartition (PartitionChangeBuilder; KIP-497, KIP-841, KIP-903). */
export function checkAlterPartition(
  s: ReplicationView,
  request: {
    readonly isr: readonly { readonly id: number; readonly brokerEpoch: number }[];
    readonly leaderEpoch: number;
    readonly partitionEpoch: number;
  },
  rules: ReplicationRules,
): 'none' | 'FENCED_LEADER_EPOCH' | 'INVALID_UPDATE_VERSION' | 'INELIGIBLE_REPLICA' {
  const { leaderEpoch, partitionEpoch } = s.partition.value;
  if (request.leaderEpoch < leaderEpoch) return 'FENCED_LEADER_EPOCH';
  if (request.partitionEpoch < partitionEpoch) return 'INVALID_UPDATE_VERSION';
  for (const { id, brokerEpoch } of request.isr) {
    if (rules.checksEligibility && s.registration(id).value !== 'registered') return 'INELIGIBLE_REPLICA';
    if (rules.checksBrokerEpochs && brokerEpoch >= 0 && brokerEpoch !== s.broker(id).get('brokerEpoch'))
      return 'INELIGIBLE_REPLICA';
  }
  return 'none';
}
