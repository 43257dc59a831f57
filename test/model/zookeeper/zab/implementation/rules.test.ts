import { describe, expect, test } from 'vitest';
import { implementationRules } from '../../../../../model/zookeeper/zab/implementation/rules.ts';
import { treeOf } from '../../../../../model/zookeeper/zab/learner-sync.ts';
import { makeZxid } from '../../../../../model/zookeeper/zxid.ts';

const { syncDatabase, acksOnForwarding, acksOnDisconnect, dropsDatabase, wins } = implementationRules;
const txn = (counter: number) => ({ zxid: makeZxid(1, counter), value: counter });
const [a, b] = [txn(1), txn(2)];

describe('what the sync decision takes for committed', () => {
  test('what is applied', () => {
    const tree = treeOf([a, b]);
    expect(syncDatabase(tree, [])).toEqual({ lastProcessed: b.zxid, committedLog: [a, b], txnLog: null });
  });

  test('and what is committed, but not applied yet', () => {
    const tree = treeOf([a]);
    expect(syncDatabase(tree, [b])).toEqual({ lastProcessed: b.zxid, committedLog: [a, b], txnLog: null });
  });

  test('a leader that has just started has its marker as last zxid', () => {
    const tree = { txns: [a], lastProcessed: makeZxid(2, 0) };
    expect(syncDatabase(tree, [])).toEqual({
      lastProcessed: makeZxid(2, 0),
      committedLog: [a],
      txnLog: null,
    });
  });
});

test('an ack is dropped when its proposal is sent again, not when the connection ends', () => {
  expect(acksOnForwarding([1, 2, 3], 2)).toEqual([1, 3]);
  expect(acksOnDisconnect([1, 2, 3], 2)).toEqual([1, 2, 3]);
});

test('the database in memory survives a DIFF alone', () => {
  expect((['DIFF', 'TRUNC', 'SNAP'] as const).map(dropsDatabase)).toEqual([false, true, true]);
});

test('votes are compared like histories: by epoch, then by zxid', () => {
  expect(wins({ currentEpoch: 2, lastZxid: 0 }, { currentEpoch: 1, lastZxid: 9 })).toBe(true);
  expect(wins({ currentEpoch: 1, lastZxid: 9 }, { currentEpoch: 1, lastZxid: 9 })).toBe(false);
});
