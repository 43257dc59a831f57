/** An end offset that the leader has not heard in this leader epoch. */
export const UNKNOWN_OFFSET = -1;

export interface LeaderView {
  readonly highWatermark: number;
  readonly logEndOffset: number;
  /** The committed ISR. */
  readonly isr: readonly number[];
  /** The committed ISR and whoever a pending change would add; a pending shrink takes nobody away. */
  readonly maximalIsr: readonly number[];
  /** By replica, as of its last fetch in this leader epoch. The leader's own entry is not looked at. */
  readonly followerEndOffset: (replica: number) => number;
  readonly self: number;
  /** Members below which the high watermark must not move (KIP-966); 1 for the rule before it. */
  readonly strictMinIsr: number;
}

/**
 * Partition.maybeIncrementLeaderHW: the smallest end offset of the maximal ISR, never going down. A replica that an ISR
 * change in flight may have added must count, or what it lacks would be committed. Kafka also waits a while for a replica that
 * is about to be added; that only makes the high watermark later.
 */
export function incrementHighWatermark(leader: LeaderView): number {
  if (leader.isr.length < leader.strictMinIsr) return leader.highWatermark;
  const ends = leader.maximalIsr
    .filter((replica) => replica !== leader.self)
    .map((replica) => leader.followerEndOffset(replica));
  return Math.max(leader.highWatermark, Math.min(leader.logEndOffset, ...ends));
}

/** ListOffsets(latest) waits until the high watermark has reached the leader's own epoch, so that no client sees it dip. */
export const latestOffset = (
  highWatermark: number,
  epochStartOffset: number,
): number | 'OFFSET_NOT_AVAILABLE' =>
  highWatermark < epochStartOffset ? 'OFFSET_NOT_AVAILABLE' : highWatermark;
