/** What the leader knows of the ISR: the state last committed, and the change that it has asked for, if any. */
export interface PartitionIsr {
  readonly isr: readonly number[];
  readonly partitionEpoch: number;
  /** The ISR proposed in an AlterPartition request (or znode write) that is not answered yet. */
  readonly pendingIsr: readonly number[] | null;
}

export const union = (a: readonly number[], b: readonly number[]): readonly number[] => [
  ...a,
  ...b.filter((x) => !a.includes(x)),
];
export const without = (a: readonly number[], b: readonly number[]): readonly number[] =>
  a.filter((x) => !b.includes(x));

/** PartitionState.maximalIsr: everybody who may be in the ISR by the time a change in flight is answered. */
export const maximalIsr = ({
  isr,
  pendingIsr,
}: Pick<PartitionIsr, 'isr' | 'pendingIsr'>): readonly number[] =>
  pendingIsr === null ? isr : union(isr, pendingIsr);

/**
 * Partition.isFollowerInSync: at the high watermark, and at the first offset of this leader's epoch. A new leader's own high
 * watermark may be behind what its predecessor committed; where its epoch starts it is not (KAFKA-7128).
 */
export const isFollowerInSync = (
  followerEndOffset: number,
  highWatermark: number,
  leaderEpochStartOffset: number,
): boolean => followerEndOffset >= highWatermark && followerEndOffset >= leaderEpochStartOffset;

export type AlterPartitionError =
  | 'FENCED_LEADER_EPOCH'
  | 'INVALID_UPDATE_VERSION'
  | 'UNKNOWN_TOPIC_OR_PARTITION'
  | 'INELIGIBLE_REPLICA'
  | 'OPERATION_NOT_ATTEMPTED'
  | 'INVALID_REQUEST'
  | 'STALE_BROKER_EPOCH'
  | 'NOT_CONTROLLER'
  | 'UNKNOWN_SERVER_ERROR';

/**
 * Partition.handleAlterPartitionError. After an answer that leaves the outcome open the change stays pending and is not tried
 * again: the leader waits for LeaderAndIsr, with an ISR that is too large rather than too small.
 */
export function handleAlterPartitionError<S extends PartitionIsr>(
  state: S,
  error: AlterPartitionError,
): { readonly state: S; readonly retry: boolean } {
  switch (error) {
    case 'INELIGIBLE_REPLICA':
    case 'OPERATION_NOT_ATTEMPTED':
      return { state: { ...state, pendingIsr: null }, retry: false };
    case 'NOT_CONTROLLER':
    case 'STALE_BROKER_EPOCH':
    case 'UNKNOWN_SERVER_ERROR':
      return { state, retry: true };
    default:
      return { state, retry: false };
  }
}

/** Partition.handleAlterPartitionUpdate: a late answer to a proposal that LeaderAndIsr has replaced changes nothing. */
export function handleAlterPartitionUpdate<S extends PartitionIsr & { readonly leaderEpoch: number }>(
  state: S,
  answer: { readonly isr: readonly number[]; readonly leaderEpoch: number; readonly partitionEpoch: number },
): S {
  if (state.pendingIsr === null) return state;
  if (answer.leaderEpoch !== state.leaderEpoch || answer.partitionEpoch < state.partitionEpoch) return state;
  return { ...state, isr: answer.isr, partitionEpoch: answer.partitionEpoch, pendingIsr: null };
}

/** Partition.makeLeader: LeaderAndIsr replaces what was pending, unless it is older than what the leader has committed. */
export const isStaleLeaderAndIsr = (
  own: { readonly leaderEpoch: number; readonly partitionEpoch: number },
  request: { readonly leaderEpoch: number; readonly partitionEpoch: number },
): boolean =>
  request.leaderEpoch < own.leaderEpoch ||
  (request.leaderEpoch === own.leaderEpoch && request.partitionEpoch < own.partitionEpoch);
