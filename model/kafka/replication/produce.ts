export type Acks = 'all' | '1';

/** The min.insync.replicas that counts: never more than there are replicas. */
export const effectiveMinIsr = (minInsyncReplicas: number, replicas: number): number =>
  Math.min(minInsyncReplicas, replicas);

/** Partition.appendRecordsToLeader: acks=all is refused before the append when the committed ISR is too small. */
export const checkEnoughReplicas = (
  acks: Acks,
  isr: readonly number[],
  minIsr: number,
): 'ok' | 'NOT_ENOUGH_REPLICAS' => (acks === 'all' && isr.length < minIsr ? 'NOT_ENOUGH_REPLICAS' : 'ok');

/**
 * Partition.checkEnoughReplicasReachOffset, for acks=all. NOT_ENOUGH_REPLICAS_AFTER_APPEND says that the outcome is open: the
 * record is in the log and may well survive.
 */
export function checkEnoughReplicasReachOffset(
  endOffset: number,
  highWatermark: number,
  maximalIsr: readonly number[],
  minIsr: number,
): 'acked' | 'wait' | 'NOT_ENOUGH_REPLICAS_AFTER_APPEND' {
  if (highWatermark < endOffset) return 'wait';
  return maximalIsr.length >= minIsr ? 'acked' : 'NOT_ENOUGH_REPLICAS_AFTER_APPEND';
}
