import { describe, expect, test } from 'vitest';
import {
  beginToFollow,
  type Follower,
  handleResponse,
  nextRequest,
} from '../../../../model/kafka/replication/follower.ts';
import { assignEpoch, type EpochCache } from '../../../../model/kafka/replication/leader-epoch-cache.ts';
import { kafkaRules, type ReplicationRules } from '../../../../model/kafka/replication/replication-rules.ts';

const record = (id: number, leaderEpoch: number) => ({ id, leaderEpoch });
const empty: Follower = { log: [], epochCache: [], highWatermark: 0, truncating: false };
const two: Follower = {
  log: [record(0, 0), record(1, 0)],
  epochCache: [{ epoch: 0, startOffset: 0 }],
  highWatermark: 1,
  truncating: false,
};
const by = (truncation: ReplicationRules['truncation']): ReplicationRules => ({ ...kafkaRules, truncation });

test('bounced in turn, a leader notes each epoch at once and its follower with the next record', () => {
  // EpochDrivenReplicationProtocolAcceptanceTest.shouldFollowLeaderEpochBasicWorkflow
  let leader: EpochCache = [];
  let follower = empty;
  for (const epoch of [0, 1, 2]) {
    leader = assignEpoch(leader, epoch, follower.log.length);
    expect(follower.epochCache).toEqual(leader.slice(0, -1));
    const records = [record(epoch, epoch)];
    follower = handleResponse(follower, { kind: 'records', records, highWatermark: epoch }, kafkaRules);
  }
  expect(follower.epochCache).toEqual([0, 1, 2].map((epoch) => ({ epoch, startOffset: epoch })));
  expect(leader).toEqual(follower.epochCache);
});

describe('a new leader epoch', () => {
  test('before KIP-101 cuts the log at the high watermark at once', () => {
    expect(beginToFollow(two, true, by('highWatermark'))).toMatchObject({
      log: [record(0, 0)],
      truncating: false,
    });
  });

  test('makes the follower ask where its last epoch ends, unless it has none', () => {
    const asking = beginToFollow(two, true, by('epochRequest'));
    expect(nextRequest(asking, 1, 0, by('epochRequest'))).toMatchObject({ kind: 'epoch', epoch: 0 });
    expect(beginToFollow(empty, true, by('epochRequest')).truncating).toBe(false);
  });

  test('since KAFKA-10554 the next fetch carries the last epoch and shows whether to cut', () => {
    const fetching = beginToFollow(two, true, kafkaRules);
    expect(nextRequest(fetching, 1, 0, kafkaRules)).toMatchObject({
      kind: 'fetch',
      fetchOffset: 2,
      epoch: 0,
    });
    expect(fetching.truncating).toBe(true);
  });
});

describe('the answer', () => {
  test('that the logs differ cuts log, epochs and high watermark; the next fetch tells whether that was enough', () => {
    const end = { epoch: 0, endOffset: 0 };
    expect(handleResponse({ ...two, truncating: true }, { kind: 'diverging', end }, kafkaRules)).toEqual({
      log: [],
      epochCache: [],
      highWatermark: 0,
      truncating: true,
    });
  });

  test('that the leader does not know the epoch cuts at the high watermark', () => {
    const cut = handleResponse(
      { ...two, truncating: true },
      { kind: 'epochEnd', end: null },
      by('epochRequest'),
    );
    expect([cut.log.length, cut.truncating]).toEqual([1, false]);
  });

  test('that it is ahead cuts it to where the leader ends; one that is behind keeps what it has', () => {
    expect(handleResponse(two, { kind: 'outOfRange', logEndOffset: 1 }, kafkaRules).log.length).toBe(1);
    expect(handleResponse(two, { kind: 'outOfRange', logEndOffset: 9 }, kafkaRules).log.length).toBe(2);
  });
});
