import { expect, test } from 'vitest';
import { assignmentOf, reassignTo } from '../../../../model/kafka/partition-election/assignment.ts';
import {
  imbalanceRatio,
  isElectionNeeded,
  isImbalanced,
  preferredReplicaImbalanceCount,
} from '../../../../model/kafka/partition-election/preferred-leaders.ts';

const led = (replicas: readonly number[], leader: number | null, isr = replicas) => ({
  assignment: assignmentOf(replicas),
  leadership: { leader, isr },
});

test('A9: three partitions with leaders 1, 2, 3; then the first two prefer 2', () => {
  const before = [led([1, 2, 3], 1), led([1, 2, 3], 2), led([1, 2, 3], 3)];
  const after = [led([2, 3, 1], 1), led([2, 3, 1], 2), led([1, 2, 3], 3)];
  expect([preferredReplicaImbalanceCount(before), preferredReplicaImbalanceCount(after)]).toEqual([2, 2]);
});

test('a replica that is being added does not count before it is in the ISR', () => {
  const assignment = reassignTo(assignmentOf([1]), [2]);
  const outside = { assignment, leadership: { leader: 1, isr: [1] } };
  const inside = { assignment, leadership: { leader: 1, isr: [1, 2] } };
  expect(preferredReplicaImbalanceCount([outside, inside])).toBe(1);
});

test('the ratio of a broker: those that prefer it and are led by others, or by nobody', () => {
  const partitions = [led([1, 2], 1), led([1, 2], 2), led([1, 2], null), led([2, 1], 1)];
  const unknown = { assignment: assignmentOf([1, 2]), leadership: undefined };
  expect(imbalanceRatio(1, [...partitions, unknown])).toBe(2 / 4);
  expect([imbalanceRatio(2, partitions), imbalanceRatio(3, partitions)]).toEqual([1, 0]);
});

test.each([
  [0.1, 10, false],
  [0.11, 10, true],
  [0, 0, false],
  [1, 100, false],
])('a ratio of %d is more than %d percent: %s', (ratio, percentage, more) => {
  expect(isImbalanced(ratio, percentage)).toBe(more);
});

test.each([
  ['PREFERRED', 1, [1, 2], [1, 2], false],
  ['PREFERRED', 2, [1, 2], [1, 2], true],
  ['PREFERRED', null, [1, 2], [1, 2], true],
  ['UNCLEAN', 1, [1, 2], [1, 2], false],
  ['UNCLEAN', 1, [1, 2], [2], true],
  ['UNCLEAN', null, [1, 2], [2], true],
] as const)(
  'an election %s, leader %j of %j, live %j, is needed: %s',
  (kind, leader, replicas, live, needed) => {
    expect(isElectionNeeded(kind, leader, replicas, live)).toBe(needed);
  },
);
