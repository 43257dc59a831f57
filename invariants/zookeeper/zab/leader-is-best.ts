import type { Sid } from '../../../model/zookeeper/election/quorum-verifier.ts';
import type { Histories } from '../../../model/zookeeper/zab/implementation/components.ts';
import { summaryOf } from '../../../model/zookeeper/zab/implementation/election.ts';
import { isMoreRecentThan } from '../../../model/zookeeper/zab/state-summary.ts';
import { formatZxid } from '../../../model/zookeeper/zxid.ts';

/** By the true order of histories, not by a changed one. */
export const isAhead = (s: Histories, i: Sid, leader: Sid): boolean =>
  isMoreRecentThan(summaryOf(s, i), summaryOf(s, leader));

/** Whether none of `followers` has a more recent history than `leader`, or who has. */
export function isBest(s: Histories, leader: Sid, followers: readonly Sid[]): true | string {
  const better = followers.find((i) => isAhead(s, i, leader));
  return better === undefined || `${describe(s, leader)} leads ${describe(s, better)}`;
}

export function describe(s: Histories, i: Sid): string {
  const { currentEpoch, lastZxid } = summaryOf(s, i);
  return `server ${i} with epoch ${currentEpoch} and zxid ${formatZxid(lastZxid)}`;
}
