import { describe, expect, test } from 'vitest';
import {
  incrementHighWatermark,
  type LeaderView,
  latestOffset,
  UNKNOWN_OFFSET,
} from '../../../../model/kafka/replication/high-watermark.ts';
import {
  handleAlterPartitionError,
  handleAlterPartitionUpdate,
  isFollowerInSync,
  isStaleLeaderAndIsr,
  maximalIsr,
} from '../../../../model/kafka/replication/isr.ts';
import {
  checkEnoughReplicas,
  checkEnoughReplicasReachOffset,
  effectiveMinIsr,
} from '../../../../model/kafka/replication/produce.ts';

// Facts of Kafka's PartitionTest. L is broker 1, f1 is 2, f2 is 3.

describe('a leader that was re-elected: epoch 10 starts at 5, its high watermark is 1', () => {
  test.each([
    [0, false],
    [1, false],
    [4, false],
    [5, true],
  ])('a follower that fetches at %i: in sync %s', (followerEndOffset, inSync) => {
    expect(isFollowerInSync(followerEndOffset, 1, 5)).toBe(inSync);
  });

  test('whoever asks for the latest offset waits until the high watermark is back at the epoch start', () => {
    expect([latestOffset(2, 5), latestOffset(5, 5)]).toEqual(['OFFSET_NOT_AVAILABLE', 5]);
  });
});

describe('the high watermark', () => {
  const leader: LeaderView = {
    self: 1,
    highWatermark: 0,
    logEndOffset: 10,
    isr: [1, 2],
    maximalIsr: [1, 2],
    followerEndOffset: () => 10,
    strictMinIsr: 3,
  };
  const only2 = (replica: number) => (replica === 2 ? 10 : UNKNOWN_OFFSET);
  test.each<[string, Partial<LeaderView>, number]>([
    ['does not move below min ISR, even when all have the records', {}, 0],
    ['moves when the third member is committed', { isr: [1, 2, 3], maximalIsr: [1, 2, 3] }, 10],
    ['before KIP-966 moves with any ISR', { strictMinIsr: 1 }, 10],
    [
      'waits for a member that is only proposed',
      { strictMinIsr: 1, maximalIsr: [1, 2, 3], followerEndOffset: only2 },
      0,
    ],
    ['never goes down', { strictMinIsr: 1, highWatermark: 7, followerEndOffset: () => 3 }, 7],
    ['of a leader alone is its end offset', { strictMinIsr: 1, isr: [1], maximalIsr: [1] }, 10],
  ])('%s', (_fact, change, expected) => {
    expect(incrementHighWatermark({ ...leader, ...change })).toBe(expected);
  });
});

describe('a change of the ISR in flight', () => {
  const expansion = { isr: [1], partitionEpoch: 4, pendingIsr: [1, 2], leaderEpoch: 7 };
  const shrink = { isr: [1, 2], partitionEpoch: 4, pendingIsr: [1], leaderEpoch: 7 };

  test('an expansion counts, a shrink does not', () => {
    expect([maximalIsr(expansion), maximalIsr(shrink)]).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });

  test('stays pending after INVALID_UPDATE_VERSION, and is not tried again', () => {
    const { state, retry } = handleAlterPartitionError(expansion, 'INVALID_UPDATE_VERSION');
    expect([state.isr, maximalIsr(state), retry]).toEqual([[1], [1, 2], false]);
  });

  test('is dropped when the replica is ineligible, tried again when the controller moved', () => {
    expect(handleAlterPartitionError(expansion, 'INELIGIBLE_REPLICA').state.pendingIsr).toBeNull();
    for (const error of ['NOT_CONTROLLER', 'STALE_BROKER_EPOCH', 'UNKNOWN_SERVER_ERROR'] as const)
      expect(handleAlterPartitionError(expansion, error)).toEqual({ state: expansion, retry: true });
  });

  test('is committed by its answer; an answer to one that LeaderAndIsr replaced is ignored', () => {
    const answer = { isr: [1], leaderEpoch: 7, partitionEpoch: 5 };
    expect(handleAlterPartitionUpdate(shrink, answer)).toMatchObject({
      isr: [1],
      partitionEpoch: 5,
      pendingIsr: null,
    });
    const replaced = { isr: [1, 2], partitionEpoch: 6, pendingIsr: null, leaderEpoch: 7 };
    expect(handleAlterPartitionUpdate(replaced, answer)).toBe(replaced);
    expect(handleAlterPartitionUpdate({ ...shrink, leaderEpoch: 8 }, answer).isr).toEqual([1, 2]);
  });

  test.each([
    ['same leader epoch, higher partition epoch', 7, 5, false],
    ['same leader epoch, lower partition epoch', 7, 3, true],
    ['lower leader epoch', 6, 9, true],
  ])('LeaderAndIsr with %s', (_fact, leaderEpoch, partitionEpoch, stale) => {
    expect(isStaleLeaderAndIsr(shrink, { leaderEpoch, partitionEpoch })).toBe(stale);
  });
});

describe('acks', () => {
  test('min.insync.replicas never asks for more replicas than there are', () => {
    expect([effectiveMinIsr(3, 2), effectiveMinIsr(2, 3)]).toEqual([2, 2]);
  });

  test('acks=all is refused before the append when the ISR is too small; acks=1 is not', () => {
    expect([checkEnoughReplicas('all', [1], 2), checkEnoughReplicas('1', [1], 2)]).toEqual([
      'NOT_ENOUGH_REPLICAS',
      'ok',
    ]);
  });

  test.each([
    ['wait', 4, [1, 2]],
    ['acked', 5, [1, 2]],
    ['NOT_ENOUGH_REPLICAS_AFTER_APPEND', 5, [1]],
  ] as const)('%s for end offset 5 at high watermark %i and maximal ISR %j', (expected, hw, isr) => {
    expect(checkEnoughReplicasReachOffset(5, hw, isr, 2)).toBe(expected);
  });
});
