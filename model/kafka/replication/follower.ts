import type { Update } from '../../../checker/language/index.ts';
import { type DataPathView, type FetchRequest, type FetchResponse, idle, unknownEnd } from './components.ts';
import { followerHighWatermark } from './fetch.ts';
import { assignEpoch, type EpochCache, latestEpoch } from './leader-epoch-cache.ts';
import type { Log } from './log.ts';
import { brokersOf, type DataPathParams } from './params.ts';
import type { ReplicationRules } from './replication-rules.ts';
import { truncateToHighWatermark } from './truncation.ts';

/** What a follower keeps on disk, and whether it still has to compare it with the leader's. */
export interface Follower {
  readonly log: Log;
  readonly epochCache: EpochCache;
  readonly highWatermark: number;
  readonly truncating: boolean;
}

/** The log ends at `offset` now, and so do the epochs and the high watermark. */
export function cutLog(follower: Follower, offset: number, rules: ReplicationRules): Follower {
  const { log, epochCache, highWatermark } = follower;
  return {
    ...follower,
    log: log.slice(0, offset),
    epochCache: rules.cutEpochCache(epochCache, log.length, offset),
    highWatermark: Math.min(highWatermark, offset),
  };
}

/** Partition.makeFollower: whoever has to ask where to cut asks before it fetches; before KIP-101 nobody asked. */
export function beginToFollow(follower: Follower, mustTruncate: boolean, rules: ReplicationRules): Follower {
  if (!mustTruncate || rules.truncation === 'onFetch') return { ...follower, truncating: mustTruncate };
  if (rules.truncation === 'epochRequest')
    return { ...follower, truncating: latestEpoch(follower.epochCache) !== undefined };
  const { offset } = truncateToHighWatermark({ ...follower, logEndOffset: follower.log.length });
  return { ...cutLog(follower, offset, rules), truncating: false };
}

/** What the follower does with the leader's answer. */
export function handleResponse(follower: Follower, answer: FetchResponse, rules: ReplicationRules): Follower {
  const logEndOffset = follower.log.length;
  switch (answer.kind) {
    case 'records': {
      const log = [...follower.log, ...answer.records];
      const epochCache = answer.records.reduce<EpochCache>(
        (cache, { leaderEpoch }, i) => assignEpoch(cache, leaderEpoch, logEndOffset + i),
        follower.epochCache,
      );
      const highWatermark = followerHighWatermark(answer.highWatermark, log.length);
      return { log, epochCache, highWatermark, truncating: false };
    }
    case 'outOfRange': // only a follower that is ahead can do something about it
      return cutLog(follower, Math.min(answer.logEndOffset, logEndOffset), rules);
    default: {
      const end = answer.end ?? undefined;
      const { offset, complete } = rules.truncate({ ...follower, logEndOffset }, end);
      const truncating = answer.kind === 'diverging' || !complete;
      return { ...cutLog(follower, offset, rules), truncating };
    }
  }
}

/** The next request of a follower: the fetcher always has one on its way. */
export function nextRequest(
  { log, epochCache, truncating }: Follower,
  currentLeaderEpoch: number,
  brokerEpoch: number,
  rules: ReplicationRules,
): FetchRequest {
  const latest = latestEpoch(epochCache) ?? null;
  const asks = truncating && rules.truncation === 'epochRequest' && latest !== null;
  return {
    kind: asks ? 'epoch' : 'fetch',
    currentLeaderEpoch,
    fetchOffset: log.length,
    epoch: asks || rules.truncation === 'onFetch' ? latest : null,
    brokerEpoch,
  };
}

export function followerOf(s: DataPathView, id: number): Follower {
  const { highWatermark, truncating } = s.broker(id).value;
  return { log: s.log(id).value, epochCache: s.epochCache(id).value, highWatermark, truncating };
}

/** Writes the follower's state and sends its next request, in place of one that still waits from an earlier epoch. */
export function storeFollower(
  s: DataPathView,
  id: number,
  leader: number,
  follower: Follower,
  leaderEpoch: number,
  rules: ReplicationRules,
): Update[] {
  const { log, epochCache, highWatermark, truncating } = follower;
  const brokerEpoch = s.broker(id).get('brokerEpoch');
  return [
    s.log(id).set(log),
    s.epochCache(id).set(epochCache),
    s.broker(id).patch({ highWatermark, truncating }),
    s.fetchRequest(id, leader).put(nextRequest(follower, leaderEpoch, brokerEpoch, rules)),
  ];
}

/** Forgets what it was: the leader's bookkeeping, and requests on the way. */
export const leaveRole = (s: DataPathView, id: number, p: DataPathParams): Update[] => [
  s.broker(id).patch(idle),
  s.alterRequest(id).clear(),
  s.alterAnswer(id).clear(),
  ...brokersOf(p).flatMap((other) => [
    s.followerEnd(id, other).set(unknownEnd),
    s.fetchRequest(id, other).clear(),
    s.fetchResponse(other, id).clear(),
  ]),
];
