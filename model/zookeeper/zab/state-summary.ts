import type { Zxid } from '../zxid.ts';

/** What decides whose history is the most recent: StateSummary. */
export interface StateSummary {
  readonly currentEpoch: number;
  readonly lastZxid: Zxid;
}

/** StateSummary.isMoreRecentThan, the same order as in the election, but without the id. */
export const isMoreRecentThan = (a: StateSummary, b: StateSummary): boolean =>
  a.currentEpoch > b.currentEpoch || (a.currentEpoch === b.currentEpoch && a.lastZxid > b.lastZxid);
