import type { MutantsOf } from '../../../checker/language/index.ts';
import type { ReplicaAssignment } from './assignment.ts';
import type { PartitionElectionParams } from './params.ts';

export interface AssignedPartition {
  readonly assignment: ReplicaAssignment;
  /** Undefined for a partition without a state. */
  readonly leadership: { readonly leader: number | null; readonly isr: readonly number[] } | undefined;
}

/**
 * KafkaController.checkAndTriggerAutoLeaderRebalance: of the partitions that prefer this broker, the share whose leader is somebody else,
 * or nobody. `partitions` are all there are.
 */
export function imbalanceRatio(broker: number, partitions: readonly AssignedPartition[]): number {
  const preferring = partitions.filter(({ assignment }) => assignment.replicas[0] === broker);
  const elsewhere = preferring.filter(
    ({ leadership }) => leadership !== undefined && leadership.leader !== broker,
  );
  return preferring.length === 0 ? 0 : elsewhere.length / preferring.length;
}

/** leader.imbalance.per.broker.percentage must be exceeded. */
export const isImbalanced = (ratio: number, percentage: number): boolean => ratio > percentage / 100;

/**
 * ControllerContext.hasPreferredLeader, for the metric. A replica that is being added does not count as preferred before it has joined
 * the ISR.
 */
function hasPreferredLeader({ assignment, leadership }: AssignedPartition): boolean {
  const [preferred] = assignment.replicas;
  if (leadership === undefined || preferred === undefined) return true;
  return assignment.addingReplicas.includes(preferred)
    ? !leadership.isr.includes(preferred)
    : leadership.leader === preferred;
}

/** The metric PreferredReplicaImbalanceCount. */
export const preferredReplicaImbalanceCount = (partitions: readonly AssignedPartition[]): number =>
  partitions.filter((partition) => !hasPreferredLeader(partition)).length;

/** KafkaController.processReplicaLeaderElection: an election on request is refused where it is not needed. */
export function isElectionNeeded(
  kind: 'PREFERRED' | 'UNCLEAN',
  leader: number | null,
  replicas: readonly number[],
  live: readonly number[],
): boolean {
  if (kind === 'PREFERRED') return leader !== replicas[0];
  return leader === null || !live.includes(leader);
}

const rebalance = { brokers: 2, shrinks: 0, failovers: 0, autoLeaderRebalance: true };

export const imbalanceRatioMutants: MutantsOf<typeof imbalanceRatio, PartitionElectionParams> = {
  leaderlessOnly: {
    about: 'Only partitions without a leader count',
    rule: (broker, partitions) =>
      imbalanceRatio(
        broker,
        partitions.filter(({ leadership }) => leadership?.leader === null),
      ),
    at: rebalance,
  },
};

export const isImbalancedMutants: MutantsOf<typeof isImbalanced, PartitionElectionParams> = {
  belowThreshold: {
    about: 'The comparison is the wrong way round',
    rule: (ratio, percentage) => ratio < percentage / 100,
    at: rebalance,
  },
};
