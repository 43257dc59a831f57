import { describe, expect, test } from 'vitest';
import { validateFetchOffset } from '../../../../model/kafka/replication/fetch.ts';
import {
  type EpochCache,
  endOffsetFor,
  truncateFromEnd,
} from '../../../../model/kafka/replication/leader-epoch-cache.ts';
import {
  checkCurrentLeaderEpoch,
  endOffsetByKip101,
  truncateByKip101,
  truncateByKip279,
  truncateOnFetch,
  truncateToHighWatermark,
} from '../../../../model/kafka/replication/truncation.ts';

const oneRecordEach = (epochs: readonly number[]): EpochCache =>
  epochs.map((epoch, startOffset) => ({ epoch, startOffset }));

test('before KIP-101 everything above the high watermark goes', () => {
  const follower = { epochCache: oneRecordEach([0, 0]), logEndOffset: 2, highWatermark: 1 };
  expect(truncateToHighWatermark(follower)).toEqual({ offset: 1, complete: true });
});

describe('KIP-101, scenario 1: A has the acked record m2 and has not heard that it is committed', () => {
  const restarted = { epochCache: [{ epoch: 0, startOffset: 0 }], logEndOffset: 2, highWatermark: 1 };
  const leader: EpochCache = [{ epoch: 0, startOffset: 0 }];

  test('by the high watermark it drops m2, and may then be elected', () => {
    expect(truncateToHighWatermark(restarted).offset).toBe(1);
  });

  test('by the leader epoch it keeps m2', () => {
    expect(truncateByKip101(restarted, endOffsetByKip101(leader, 0, 2)).offset).toBe(2);
    expect(truncateByKip279(restarted, endOffsetFor(leader, 0, 2)).offset).toBe(2);
  });
});

describe('KIP-101 answers with an offset alone', () => {
  const leader: EpochCache = [
    { epoch: 1, startOffset: 0 },
    { epoch: 3, startOffset: 2 },
  ];
  test.each([
    ['where the first larger epoch starts', 1, 2],
    ['where the log ends, for the latest epoch', 3, 5],
    ['that of the next epoch for one it never had, which is too high', 2, 2],
    ['nothing for an epoch above its own', 4, undefined],
  ])('%s', (_fact, epoch, expected) => {
    expect(endOffsetByKip101(leader, epoch, 5)).toBe(expected);
  });

  test('without an answer the follower falls back to its high watermark', () => {
    const follower = { epochCache: oneRecordEach([4]), logEndOffset: 1, highWatermark: 0 };
    expect(truncateByKip101(follower, undefined)).toEqual({ offset: 0, complete: true });
  });
});

describe('KIP-279', () => {
  test.each([
    [156, 156],
    [202, 200],
  ])('a follower whose log knows no epoch up to the answer (4, %i) cuts to %i', (endOffset, offset) => {
    const follower = { epochCache: [], logEndOffset: 200, highWatermark: 0 };
    expect(truncateByKip279(follower, { epoch: 4, endOffset })).toEqual({ offset, complete: true });
  });

  test('two logs without a common epoch meet at the start, one question at a time', () => {
    const leader = oneRecordEach([1, 3, 5]);
    let follower = { epochCache: oneRecordEach([0, 2, 4]), logEndOffset: 3, highWatermark: 0 };
    const asked: number[] = [];
    for (let complete = false; !complete; ) {
      const epoch = follower.epochCache.at(-1)?.epoch ?? 0;
      asked.push(epoch);
      const truncation = truncateByKip279(follower, endOffsetFor(leader, epoch, 3));
      complete = truncation.complete;
      follower = {
        ...follower,
        epochCache: truncateFromEnd(follower.epochCache, truncation.offset),
        logEndOffset: truncation.offset,
      };
    }
    expect([asked, follower.logEndOffset]).toEqual([[4, 2, 0], 0]);
  });
});

test.each([
  [1, 'FENCED_LEADER_EPOCH'],
  [2, 'ok'],
  [3, 'UNKNOWN_LEADER_EPOCH'],
] as const)('KIP-320: a leader in epoch 2 answers a follower in epoch %i with %s', (requested, expected) => {
  expect(checkCurrentLeaderEpoch(2, requested)).toBe(expected);
});

test('a leader whose disk was wiped makes its follower drop everything (the broker-0 incident)', () => {
  const wiped = { epochCache: [{ epoch: 0, startOffset: 0 }], logStartOffset: 0, logEndOffset: 0 };
  const validation = validateFetchOffset(wiped, { lastFetchedEpoch: 0, fetchOffset: 3 });
  expect(validation).toEqual({ kind: 'diverging', divergingEpoch: { epoch: 0, endOffset: 0 } });
  const follower = { epochCache: [{ epoch: 0, startOffset: 0 }], logEndOffset: 3, highWatermark: 3 };
  expect(truncateOnFetch(follower, { epoch: 0, endOffset: 0 }).offset).toBe(0);
});
