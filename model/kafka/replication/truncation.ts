import { type EpochCache, type EpochEndOffset, endOffsetFor } from './leader-epoch-cache.ts';

/** What a follower knows about its own log when it must decide where to cut it. */
export interface FollowerLog {
  readonly epochCache: EpochCache;
  readonly logEndOffset: number;
  readonly highWatermark: number;
}

/** Where to cut; `complete` is false when the follower must ask once more before it may fetch. */
export interface Truncation {
  readonly offset: number;
  readonly complete: boolean;
}

/** Kafka 0.10 and before: everything above the own high watermark goes, committed or not. */
export const truncateToHighWatermark = (follower: FollowerLog): Truncation => ({
  offset: Math.min(follower.highWatermark, follower.logEndOffset),
  complete: true,
});

/** KIP-101, the leader's side: where the first epoch above the asked one starts. The answer names no epoch. */
export function endOffsetByKip101(
  cache: EpochCache,
  epoch: number,
  logEndOffset: number,
): number | undefined {
  if (cache.at(-1)?.epoch === epoch) return logEndOffset;
  return cache.find((entry) => entry.epoch > epoch)?.startOffset;
}

/** KIP-101, the follower's side: up to the leader's answer; to the own high watermark when the leader knows none. */
export const truncateByKip101 = (follower: FollowerLog, answer: number | undefined): Truncation =>
  answer === undefined
    ? truncateToHighWatermark(follower)
    : { offset: Math.min(answer, follower.logEndOffset), complete: true };

/**
 * KIP-279, ReplicaFetcherThread.getOffsetTruncationState: an epoch of the leader's that the follower does not know is no
 * common ground, so the follower drops what it has above it and asks again.
 */
export function truncateByKip279(follower: FollowerLog, answer: EpochEndOffset | undefined): Truncation {
  if (answer === undefined) return truncateToHighWatermark(follower);
  const { epochCache, logEndOffset } = follower;
  const own = endOffsetFor(epochCache, answer.epoch, logEndOffset);
  if (own === undefined) return { offset: Math.min(answer.endOffset, logEndOffset), complete: true };
  if (own.epoch !== answer.epoch) return { offset: Math.min(own.endOffset, logEndOffset), complete: false };
  return { offset: Math.min(own.endOffset, answer.endOffset, logEndOffset), complete: true };
}

/** KIP-320: the leader answers only who names its own leader epoch, for OffsetsForLeaderEpoch as for Fetch. */
export type EpochCheck = 'ok' | 'FENCED_LEADER_EPOCH' | 'UNKNOWN_LEADER_EPOCH';
export function checkCurrentLeaderEpoch(own: number, requested: number): EpochCheck {
  if (requested === own) return 'ok';
  return requested < own ? 'FENCED_LEADER_EPOCH' : 'UNKNOWN_LEADER_EPOCH';
}

/**
 * Truncate-on-fetch (IBP 2.7, KAFKA-10554), the follower's side: there is no phase of its own; a fetch that diverges brings
 * the leader's epoch and its end, and the next fetch shows whether that was enough.
 */
export const truncateOnFetch = (follower: FollowerLog, divergingEpoch: EpochEndOffset): Truncation => ({
  ...truncateByKip279(follower, divergingEpoch),
  complete: true,
});
