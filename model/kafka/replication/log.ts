import { z } from 'zod';
import type { EpochCache } from './leader-epoch-cache.ts';

/** A record batch of one record: which one, and the leader epoch that wrote it. */
export const LogRecord = z.strictObject({ id: z.int().min(0), leaderEpoch: z.int().min(0) });
export type LogRecord = z.output<typeof LogRecord>;

/** A record's offset is its index: nothing is compacted or deleted from the start here. */
export type Log = readonly Readonly<LogRecord>[];

export const sameRecord = (a: LogRecord | undefined, b: LogRecord | undefined): boolean =>
  a !== undefined && b !== undefined && a.id === b.id && a.leaderEpoch === b.leaderEpoch;

/** The first offset below `end` at which the two do not hold the same record. */
export function firstDifference(a: Log, b: Log, end: number): number | undefined {
  for (let offset = 0; offset < end; offset++) if (!sameRecord(a[offset], b[offset])) return offset;
  return;
}

/** The first offset of each epoch in the log: what its leader-epoch cache must say, save for an epoch without a record. */
export const epochsOf = (log: Log): EpochCache =>
  log.flatMap(({ leaderEpoch }, offset) =>
    leaderEpoch === log[offset - 1]?.leaderEpoch ? [] : [{ epoch: leaderEpoch, startOffset: offset }],
  );
