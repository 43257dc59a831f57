import { type EpochCache, type EpochEndOffset, endOffsetFor } from './leader-epoch-cache.ts';
import { checkCurrentLeaderEpoch } from './truncation.ts';

export interface FetchPosition {
  readonly fetchOffset: number;
  /** The epoch of the last record that the follower has; absent from an empty log and before truncate-on-fetch. */
  readonly lastFetchedEpoch: number | undefined;
}

export interface LeaderLog {
  readonly epochCache: EpochCache;
  readonly logStartOffset: number;
  readonly logEndOffset: number;
}

export type FetchValidation =
  | { readonly kind: 'ok' }
  | { readonly kind: 'diverging'; readonly divergingEpoch: EpochEndOffset }
  | { readonly kind: 'OFFSET_OUT_OF_RANGE' };

/**
 * Partition.readRecords: the divergence comes before the range, since a follower that is ahead must learn where to cut.
 */
export function validateFetchOffset(leader: LeaderLog, fetch: FetchPosition): FetchValidation {
  const { fetchOffset, lastFetchedEpoch } = fetch;
  if (lastFetchedEpoch !== undefined) {
    const end = endOffsetFor(leader.epochCache, lastFetchedEpoch, leader.logEndOffset);
    if (end === undefined) return { kind: 'OFFSET_OUT_OF_RANGE' };
    if (end.epoch < lastFetchedEpoch || end.endOffset < fetchOffset)
      return { kind: 'diverging', divergingEpoch: end };
  }
  const inRange = fetchOffset >= leader.logStartOffset && fetchOffset <= leader.logEndOffset;
  return inRange ? { kind: 'ok' } : { kind: 'OFFSET_OUT_OF_RANGE' };
}

/** What the leader makes of a follower's fetch, by itself and by the leader epoch that the follower names (KIP-320). */
export const validateFetch = (
  leader: LeaderLog & { readonly leaderEpoch: number },
  fetch: FetchPosition & { readonly currentLeaderEpoch: number },
): FetchValidation | { readonly kind: 'FENCED_LEADER_EPOCH' | 'UNKNOWN_LEADER_EPOCH' } => {
  const epoch = checkCurrentLeaderEpoch(leader.leaderEpoch, fetch.currentLeaderEpoch);
  return epoch === 'ok' ? validateFetchOffset(leader, fetch) : { kind: epoch };
};

/** The follower's side: its high watermark is the leader's, as far as it has the records. It may go down. */
export const followerHighWatermark = (responseHighWatermark: number, logEndOffset: number): number =>
  Math.min(responseHighWatermark, logEndOffset);
