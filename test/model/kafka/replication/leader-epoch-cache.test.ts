import { describe, expect, test } from 'vitest';
import {
  assignEpoch,
  type EpochCache,
  endOffsetFor,
  previousEpoch,
  truncateFromEnd,
  truncateFromStart,
} from '../../../../model/kafka/replication/leader-epoch-cache.ts';

// Facts of Kafka's LeaderEpochFileCacheTest.

const cacheOf = (...entries: readonly (readonly [number, number])[]): EpochCache =>
  entries.map(([epoch, startOffset]) => ({ epoch, startOffset }));
const end = (epoch: number, endOffset: number) => ({ epoch, endOffset });

describe('endOffsetFor', () => {
  const three = cacheOf([5, 11], [6, 12], [7, 13]);
  test.each<[string, EpochCache, number, number, ReturnType<typeof endOffsetFor>]>([
    ['the latest epoch ends where the log ends', assignEpoch([], 2, 10), 2, 11, end(2, 11)],
    ['an epoch before the first ends where the first starts', three, 4, 14, end(4, 11)],
    ['an epoch above the latest is unknown', three, 8, 14, undefined],
    ['an empty cache knows nothing', [], 0, 0, undefined],
    ['an epoch in a gap is that of the epoch below', cacheOf([2, 6], [5, 8]), 4, 9, end(2, 8)],
  ])('%s', (_fact, cache, epoch, logEndOffset, expected) => {
    expect(endOffsetFor(cache, epoch, logEndOffset)).toEqual(expected);
  });
});

describe('assignEpoch', () => {
  test.each<[string, EpochCache, EpochCache]>([
    ['a newer epoch at an earlier offset', assignEpoch(cacheOf([2, 9]), 3, 9), cacheOf([3, 9])],
    ['the same epoch again', assignEpoch(cacheOf([2, 6]), 2, 7), cacheOf([2, 6])],
    ['an older epoch', assignEpoch(cacheOf([1, 5], [2, 6]), 1, 7), cacheOf([1, 7])],
    [
      'an offset within the tail',
      assignEpoch(cacheOf([5, 11], [6, 12], [7, 13]), 7, 12),
      cacheOf([5, 11], [7, 12]),
    ],
  ])('%s', (_fact, cache, expected) => {
    expect(cache).toEqual(expected);
  });

  test('what it forgot is answered from what is left', () => {
    const older = assignEpoch(cacheOf([1, 5], [2, 6]), 1, 7);
    expect([endOffsetFor(older, 1, 8), endOffsetFor(older, 2, 8)]).toEqual([end(1, 8), undefined]);
    const cut = assignEpoch(cacheOf([5, 11], [6, 12], [7, 13]), 7, 12);
    expect([endOffsetFor(cut, 5, 14), endOffsetFor(cut, 6, 14)]).toEqual([end(5, 12), end(5, 12)]);
  });
});

describe('truncation', () => {
  const cache = cacheOf([2, 6], [3, 8], [4, 11]);
  test.each<[string, EpochCache, EpochCache]>([
    ['from the end, at a start', truncateFromEnd(cache, 8), cacheOf([2, 6])],
    ['from the end, within an epoch', truncateFromEnd(cache, 9), cacheOf([2, 6], [3, 8])],
    ['from the start, at a start', truncateFromStart(cache, 8), cacheOf([3, 8], [4, 11])],
    [
      'from the start, within the first epoch',
      truncateFromStart(cacheOf([0, 0], [1, 7], [2, 10]), 5),
      cacheOf([0, 5], [1, 7], [2, 10]),
    ],
    ['from the start, before the first epoch', truncateFromStart(cache, 3), cache],
  ])('%s', (_fact, found, expected) => {
    expect(found).toEqual(expected);
  });

  test('the previous epoch is the last but one', () => {
    const epochs = cacheOf([2, 10], [4, 15], [10, 20]);
    expect([previousEpoch(epochs), previousEpoch(truncateFromEnd(epochs, 18))]).toEqual([4, 2]);
  });
});
