import { expect, test } from 'vitest';
import { brokerChange } from '../../../../model/kafka/partition-election/broker-change.ts';
import { checkControlledShutdown } from '../../../../model/kafka/partition-election/controlled-shutdown.ts';
import {
  EPOCH_DURING_DELETE,
  isNewLeaderEpoch,
  mayStopReplica,
  NO_EPOCH,
} from '../../../../model/kafka/partition-election/leader-epoch-fence.ts';

test('what is registered against what was known: started, bounced, died', () => {
  const known = [1, 2, 3].map((id) => ({ id, brokerEpoch: 10 }));
  const now = [
    { id: 1, brokerEpoch: 10 },
    { id: 2, brokerEpoch: 11 },
    { id: 4, brokerEpoch: 12 },
  ];
  expect(brokerChange(known, now)).toEqual({
    started: [{ id: 4, brokerEpoch: 12 }],
    bounced: [{ id: 2, brokerEpoch: 11 }],
    died: [3],
  });
});

test.each([
  ['G13 of an earlier incarnation', 9, 10, 'STALE_BROKER_EPOCH'],
  ['of this incarnation', 10, 10, 'none'],
  ['of an incarnation that the controller has not heard of', 11, 10, 'none'],
  ['of an unknown broker', 10, undefined, 'BROKER_NOT_AVAILABLE'],
])('a controlled shutdown %s', (_fact, asks, known, answer) => {
  expect(checkControlledShutdown(asks, known)).toBe(answer);
});

test.each([
  [5, 6, true],
  [5, 5, false],
  [5, 4, false],
  [-1, 0, true],
])('a replica of leader epoch %i takes up %i: %s', (own, requested, takes) => {
  expect(isNewLeaderEpoch(own, requested)).toBe(takes);
});

test.each([
  [5, 5, true],
  [5, 6, true],
  [5, 4, false],
  [5, NO_EPOCH, true],
  [5, EPOCH_DURING_DELETE, true],
])('a replica of leader epoch %i stops at %i: %s (KAFKA-9539)', (own, requested, stops) => {
  expect(mayStopReplica(own, requested)).toBe(stops);
});
