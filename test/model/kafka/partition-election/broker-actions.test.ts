import { expect, test } from 'vitest';
import {
  becomeLeaderOrFollower,
  stopReplica,
} from '../../../../model/kafka/partition-election/broker-actions.ts';
import { unaware } from '../../../../model/kafka/partition-election/components.ts';
import { partitionElectionRules as rules } from '../../../../model/kafka/partition-election/partition-election-rules.ts';

// ReplicaManager.becomeLeaderOrFollower and makeFollowers, at broker 1.

const follower = { ...unaware, leader: 2, leaderEpoch: 5, fetching: true };
const said = {
  kind: 'LeaderAndIsr' as const,
  brokerEpoch: 0,
  partition: 0,
  leader: 3,
  leaderEpoch: 6,
  isr: [1, 3],
  partitionEpoch: 8,
  replicas: [1, 2, 3],
};

test.each([
  ['a new leader', {}, { ...unaware, leader: 3, leaderEpoch: 6, fetching: true }],
  [
    'itself',
    { leader: 1 },
    { ...unaware, leader: 1, leaderEpoch: 6, isr: [1, 3], partitionEpoch: 8, replicas: [1, 2, 3] },
  ],
  ['the same leader epoch', { leaderEpoch: 5 }, follower],
  ['an earlier leader epoch', { leaderEpoch: 4 }, follower],
  ['a partition that it is not assigned to', { replicas: [2, 3] }, follower],
  ['no leader: it goes on following, in the old epoch', { leader: null }, follower],
  ['a leader that it does not know to live (KAFKA-4443)', { leader: 2 }, follower],
])('a follower that is told of %s', (_fact, change, after) => {
  const isAlive = (leader: number) => leader === 3;
  expect(becomeLeaderOrFollower(1, follower, { ...said, ...change }, isAlive, rules)).toEqual(after);
});

test('StopReplica ends fetching, and with delete all that was known; an earlier leader epoch is refused', () => {
  const stop = { kind: 'StopReplica' as const, brokerEpoch: 0, partition: 0, leaderEpoch: 5, delete: false };
  expect(stopReplica(follower, stop, rules)).toEqual({ ...follower, fetching: false });
  expect(stopReplica(follower, { ...stop, delete: true }, rules)).toEqual(unaware);
  expect(stopReplica(follower, { ...stop, leaderEpoch: 4 }, rules)).toBe(follower);
});
