import { describe, expect, test } from 'vitest';
import { protocolRules } from '../../../../../model/zookeeper/zab/protocol/rules.ts';
import { makeZxid } from '../../../../../model/zookeeper/zxid.ts';

const txn = (epoch: number, counter: number) => ({ zxid: makeZxid(epoch, counter), value: counter });

describe('isNextZxid', () => {
  test.each([
    ['the first of all', 0, makeZxid(1, 1), true],
    ['the next one', makeZxid(1, 1), makeZxid(1, 2), true],
    ['the first of a later epoch', makeZxid(1, 2), makeZxid(3, 1), true],
    ['the last one again', makeZxid(1, 2), makeZxid(1, 2), false],
    ['the first one again', makeZxid(1, 1), makeZxid(1, 1), false],
    ['one after a gap', makeZxid(1, 1), makeZxid(1, 3), false],
    ['the second of a later epoch', makeZxid(1, 2), makeZxid(2, 2), false],
    ['the first of an earlier epoch', makeZxid(2, 1), makeZxid(1, 1), false],
  ])('%s', (_, last, zxid, is) => {
    expect(protocolRules.isNextZxid(last, zxid)).toBe(is);
  });
});

describe('ackedWithHistory', () => {
  const outstandingProposals = [2, 3, 4].map((counter) => ({ txn: txn(1, counter), acks: [] }));
  test.each([
    ['nothing that came after it', makeZxid(1, 1), []],
    ['what it has', makeZxid(1, 3), [makeZxid(1, 2), makeZxid(1, 3)]],
    ['not what is not proposed yet', makeZxid(1, 4), [makeZxid(1, 2), makeZxid(1, 3)]],
  ])('%s', (_, zxid, acked) => {
    const leader = { outstandingProposals, unsent: [txn(1, 4)] };
    expect(protocolRules.ackedWithHistory(leader, zxid)).toEqual(acked);
  });
});

test('a proposal goes to all that have answered with ACKEPOCH', () => {
  expect(protocolRules.proposeTo({ registered: [1, 2], synced: [1] })).toEqual([1, 2]);
});

test('COMMITLD names what is committed, not what was acked', () => {
  expect(protocolRules.commitOnSync(makeZxid(1, 1), makeZxid(1, 2))).toBe(makeZxid(1, 1));
});

test("NEWLEADER brings the leader's history, and a restart forgets no epoch", () => {
  expect(protocolRules.historyOnNewLeader([txn(1, 1)], [])).toEqual([]);
  expect(protocolRules.acceptedEpochAfterRestart(3, 2)).toBe(3);
});
