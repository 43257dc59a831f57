import { z } from 'zod';

/** The first offset that a leader of this epoch wrote, or would have written. */
export const EpochEntry = z.strictObject({ epoch: z.int().min(0), startOffset: z.int().min(0) });
export type EpochEntry = z.output<typeof EpochEntry>;

/** Both fields strictly increasing. Kept in the file leader-epoch-checkpoint, beside the log. */
export type EpochCache = readonly Readonly<EpochEntry>[];

/** An epoch and where it ends: the answer to OffsetsForLeaderEpoch, and the divergingEpoch of a fetch. */
export interface EpochEndOffset {
  readonly epoch: number;
  readonly endOffset: number;
}

export const latestEpoch = (cache: EpochCache): number | undefined => cache.at(-1)?.epoch;
export const previousEpoch = (cache: EpochCache): number | undefined => cache.at(-2)?.epoch;

/** LeaderEpochFileCache.assign: what a stale tail says about this epoch or about this offset is forgotten. */
export function assignEpoch(cache: EpochCache, epoch: number, startOffset: number): EpochCache {
  const last = cache.at(-1);
  if (last !== undefined && last.epoch === epoch && last.startOffset <= startOffset) return cache;
  const kept = cache.filter((entry) => entry.epoch < epoch && entry.startOffset < startOffset);
  return [...kept, { epoch, startOffset }];
}

/** LeaderEpochFileCache.truncateFromEnd: the log now ends at `endOffset`. */
export const truncateFromEnd = (cache: EpochCache, endOffset: number): EpochCache =>
  cache.filter((entry) => entry.startOffset < endOffset);

/** LeaderEpochFileCache.truncateFromStart: the log now starts at `startOffset`, within the epoch that held it. */
export function truncateFromStart(cache: EpochCache, startOffset: number): EpochCache {
  const cut = cache.filter((entry) => entry.startOffset <= startOffset).at(-1);
  const kept = cache.filter((entry) => entry.startOffset > startOffset);
  return cut === undefined ? kept : [{ epoch: cut.epoch, startOffset }, ...kept];
}

/**
 * LeaderEpochFileCache.endOffsetFor since KIP-279: the largest epoch known that is not above the asked one, and where it
 * ends. Before the first epoch known there is nothing to compare: the asked one then ends where the first begins.
 */
export function endOffsetFor(
  cache: EpochCache,
  epoch: number,
  logEndOffset: number,
): EpochEndOffset | undefined {
  const latest = latestEpoch(cache);
  if (latest === undefined || epoch > latest) return;
  if (epoch === latest) return { epoch, endOffset: logEndOffset };
  const floor = cache.findLast((entry) => entry.epoch <= epoch);
  const higher = cache.find((entry) => entry.epoch > epoch);
  return { epoch: floor?.epoch ?? epoch, endOffset: higher?.startOffset ?? logEndOffset };
}
