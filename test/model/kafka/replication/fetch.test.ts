import { expect, test } from 'vitest';
import {
  type FetchValidation,
  followerHighWatermark,
  type LeaderLog,
  validateFetch,
  validateFetchOffset,
} from '../../../../model/kafka/replication/fetch.ts';
import { truncateFromStart } from '../../../../model/kafka/replication/leader-epoch-cache.ts';

// Facts of Kafka's PartitionTest.testLastFetchedOffsetValidation.

const leader: LeaderLog & { readonly leaderEpoch: number } = {
  leaderEpoch: 10,
  epochCache: [
    { epoch: 0, startOffset: 0 },
    { epoch: 3, startOffset: 2 },
    { epoch: 4, startOffset: 8 },
    { epoch: 7, startOffset: 13 },
    { epoch: 9, startOffset: 14 },
    { epoch: 10, startOffset: 17 },
  ],
  logStartOffset: 0,
  logEndOffset: 17,
};
const cleaned: LeaderLog = {
  ...leader,
  logStartOffset: 5,
  epochCache: truncateFromStart(leader.epochCache, 5),
};
const diverging = (epoch: number, endOffset: number): FetchValidation => ({
  kind: 'diverging',
  divergingEpoch: { epoch, endOffset },
});

test.each<[string, LeaderLog, number | undefined, number, FetchValidation]>([
  ['an epoch that the leader lacks', leader, 2, 5, diverging(0, 2)],
  ['an epoch in a later gap', leader, 6, 6, diverging(4, 13)],
  ['beyond the end of the latest epoch', leader, 10, 18, diverging(10, 17)],
  ['an epoch above the leader own', leader, 11, 5, { kind: 'OFFSET_OUT_OF_RANGE' }],
  ['the first epoch, at a log start within it', cleaned, 0, 5, { kind: 'ok' }],
  ['the epoch that holds the log start', cleaned, 3, 5, { kind: 'ok' }],
  ['before the log start', cleaned, 3, 4, { kind: 'OFFSET_OUT_OF_RANGE' }],
  ['no epoch given, within the log', leader, undefined, 17, { kind: 'ok' }],
  ['no epoch given, beyond the log', leader, undefined, 18, { kind: 'OFFSET_OUT_OF_RANGE' }],
])('a fetch from %s', (_fact, log, lastFetchedEpoch, fetchOffset, expected) => {
  expect(validateFetchOffset(log, { lastFetchedEpoch, fetchOffset })).toEqual(expected);
});

test.each([
  [9, 'FENCED_LEADER_EPOCH'],
  [10, 'ok'],
  [11, 'UNKNOWN_LEADER_EPOCH'],
])('a fetch in leader epoch %i is %s (KIP-320)', (currentLeaderEpoch, kind) => {
  const fetch = { fetchOffset: 17, lastFetchedEpoch: 9, currentLeaderEpoch };
  expect(validateFetch(leader, fetch)).toEqual({ kind });
});

test("a follower's high watermark follows the leader's down", () => {
  expect([followerHighWatermark(7, 5), followerHighWatermark(3, 5)]).toEqual([5, 3]);
});
