import { expect, test } from 'vitest';
import { connectionTimesOut, pingIsDue, readTimeoutOf } from '../../../../model/zookeeper/session/client.ts';
import { roundToNextInterval, touchSession } from '../../../../model/zookeeper/session/expiry.ts';

// ExpiryQueue.roundToNextInterval: (time / interval + 1) * interval.
test.each([
  [0, 2000, 2000],
  [1, 2000, 2000],
  [1999, 2000, 2000],
  [2000, 2000, 4000],
  [2001, 2000, 4000],
])('the bucket of %i ms with a tick of %i ms is %i', (time, interval, bucket) => {
  expect(roundToNextInterval(time, interval)).toBe(bucket);
});

test('a touch moves a session to a bucket that is due in more than its timeout, at most a tick more', () => {
  const open = { state: 'open', expiresIn: 1 } as const;
  expect([0, 1].map((phase) => touchSession(open, 6, phase).expiresIn)).toEqual([8, 7]);
  expect([0, 1].map((phase) => touchSession(open, 5, phase).expiresIn)).toEqual([6, 7]);
});

test('a session that is closing stays so', () => {
  const closing = { state: 'closing', expiresIn: 0 } as const;
  expect(touchSession(closing, 6, 0)).toBe(closing);
});

test('a client pings after a third of the session timeout, and leaves a server that is silent for two thirds', () => {
  expect(readTimeoutOf(30)).toBe(20);
  expect([9, 10].map((idle) => pingIsDue(idle, 30))).toEqual([false, true]);
  expect([19, 20].map((idle) => connectionTimesOut(idle, 30))).toEqual([false, true]);
});
