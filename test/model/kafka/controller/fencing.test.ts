import { describe, expect, test } from 'vitest';
import {
  checkRequest,
  isStaleBrokerEpoch,
  isStaleControllerEpoch,
  takeLeadership,
} from '../../../../model/kafka/controller/fencing.ts';

// Facts of ZkBrokerEpochManager, KafkaApis and ReplicaManager, and of their tests.

const rules = { isStaleBrokerEpoch, isStaleControllerEpoch };

describe('a broker of broker epoch 5 that has heard of controller epoch 2', () => {
  test.each([
    ['the same broker and controller epoch', 5, 2, 'none'],
    ['a later controller', 5, 3, 'none'],
    ['an earlier controller', 5, 1, 'STALE_CONTROLLER_EPOCH'],
    ['an earlier incarnation of it', 4, 2, 'STALE_BROKER_EPOCH'],
    ['a later incarnation, of which it has not heard yet (KAFKA-9839)', 6, 2, 'none'],
    ['an earlier incarnation, from a later controller', 4, 3, 'STALE_BROKER_EPOCH'],
    [
      'an earlier incarnation, from an earlier controller: the broker epoch comes first',
      4,
      1,
      'STALE_BROKER_EPOCH',
    ],
    ['a later incarnation, from an earlier controller', 6, 1, 'STALE_CONTROLLER_EPOCH'],
  ])('is sent for %s', (_, brokerEpoch, controllerEpoch, error) => {
    const receiver = { brokerEpoch: 5, controllerEpoch: 2 };
    expect(checkRequest(receiver, { brokerEpoch, controllerEpoch }, rules)).toBe(error);
  });
});

test('a broker that has just started has heard of no controller and obeys any', () => {
  expect(
    checkRequest({ brokerEpoch: 5, controllerEpoch: 0 }, { brokerEpoch: 5, controllerEpoch: 1 }, rules),
  ).toBe('none');
});

describe('LeaderAndIsr to a replica that follows 1 in leader epoch 3', () => {
  test.each([
    ['a higher leader epoch is taken up', 4, { leader: 2, leaderEpoch: 4 }],
    ['the same is ignored, whoever it names', 3, { leader: 1, leaderEpoch: 3 }],
    ['a lower one is ignored', 2, { leader: 1, leaderEpoch: 3 }],
  ])('%s', (_, leaderEpoch, expected) => {
    expect(takeLeadership({ leader: 1, leaderEpoch: 3 }, { leader: 2, leaderEpoch })).toEqual(expected);
  });

  test('no leader, in a higher leader epoch: nothing is taken up', () => {
    const own = { leader: 1, leaderEpoch: 3 };
    expect(takeLeadership(own, { leader: null, leaderEpoch: 4 })).toBe(own);
  });

  test('a replica that has heard of none takes up leader epoch 0', () => {
    expect(takeLeadership({ leader: null, leaderEpoch: -1 }, { leader: 0, leaderEpoch: 0 })).toEqual({
      leader: 0,
      leaderEpoch: 0,
    });
  });
});
