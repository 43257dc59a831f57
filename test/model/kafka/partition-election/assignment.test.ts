import { expect, test } from 'vitest';
import {
  assignmentOf,
  isBeingReassigned,
  isReassignmentComplete,
  mustMoveLeader,
  originReplicas,
  reassignTo,
  targetReplicas,
} from '../../../../model/kafka/partition-election/assignment.ts';

// Facts of Kafka's ControllerContextTest and ControllerIntegrationTest.

test.each([
  ['A1', [1, 2, 3, 4, 5, 6], [2, 3, 4], [1, 5, 6], [2, 3, 4]],
  ['A3', [1, 2, 3, 4], [4], [2], [1, 3, 4]],
])(
  '%s: %j adding %j removing %j is reassigned to %j',
  (_id, replicas, addingReplicas, removingReplicas, target) => {
    const assignment = { replicas, addingReplicas, removingReplicas };
    expect([isBeingReassigned(assignment), targetReplicas(assignment)]).toEqual([true, target]);
  },
);

test('A5, A7: the targets come first; a second reassignment drops what the first one was adding', () => {
  const first = reassignTo(assignmentOf([1, 2, 3]), [4, 5, 6]);
  expect(first).toEqual({
    replicas: [4, 5, 6, 1, 2, 3],
    addingReplicas: [4, 5, 6],
    removingReplicas: [1, 2, 3],
  });
  expect(reassignTo(first, [7, 8, 9])).toEqual({
    replicas: [7, 8, 9, 1, 2, 3],
    addingReplicas: [7, 8, 9],
    removingReplicas: [1, 2, 3],
  });
});

test('cancelling brings back the replicas, but not their order', () => {
  const begun = reassignTo(assignmentOf([1, 2, 3]), [3, 4, 2]);
  expect(begun.replicas).toEqual([3, 4, 2, 1]);
  expect(reassignTo(begun, originReplicas(begun))).toEqual(assignmentOf([3, 2, 1]));
});

test('a reassignment is complete when all targets are in the ISR, whoever else is', () => {
  const begun = reassignTo(assignmentOf([1, 2]), [2, 3]);
  expect([isReassignmentComplete(begun, [1, 2]), isReassignmentComplete(begun, [1, 2, 3])]).toEqual([
    false,
    true,
  ]);
});

test.each([
  ['is a target and lives', 2, [2, 3], [2, 3], false],
  ['is no target', 1, [2, 3], [1, 2, 3], true],
  ['is a target and dead', 2, [2, 3], [3], true],
  ['is nobody', null, [2, 3], [2, 3], true],
])('a leader that %s: elect anew?', (_case, leader, targets, live, moves) => {
  expect(mustMoveLeader(leader, targets, live)).toBe(moves);
});
