import { expect, test } from 'vitest';
import {
  aged,
  nothingSent,
  updateAck,
  updateProposal,
  withinSyncLimit,
} from '../../../../model/zookeeper/limits/sync-limit-check.ts';

const two = updateProposal(aged(updateProposal(nothingSent, 0)), 1);
const three = updateProposal(aged(two), 2);

test('the first proposal is followed; of those after it only the latest is known', () => {
  expect(two).toEqual({ current: { ahead: 0, age: 1 }, next: { ahead: 1, age: 0 } });
  expect(three).toEqual({ current: { ahead: 0, age: 2 }, next: { ahead: 2, age: 0 } });
});

test('when the followed one is acknowledged, the latest is followed, and those between are forgotten', () => {
  expect(updateAck(three)).toEqual({ current: { ahead: 1, age: 0 }, next: null });
  expect(updateAck(updateAck(three))).toEqual({ current: { ahead: 0, age: 0 }, next: null });
  expect(updateAck(updateAck(updateAck(three)))).toEqual(nothingSent);
});

test('a learner may stay until the followed proposal is syncLimit ticks old', () => {
  expect([1, 2, 3].map((limit) => withinSyncLimit(three, limit))).toEqual([false, false, true]);
  expect(withinSyncLimit(nothingSent, 1)).toBe(true);
});
