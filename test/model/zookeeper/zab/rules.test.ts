import { describe, expect, test } from 'vitest';
import { majority } from '../../../../model/zookeeper/election/quorum-verifier.ts';
import { processAck } from '../../../../model/zookeeper/zab/commit.ts';
import {
  acceptLeaderInfo,
  type Electorate,
  getEpochToPropose,
  noEpochAcks,
  noEpochYet,
  waitForEpochAck,
  waitForNewLeaderAck,
} from '../../../../model/zookeeper/zab/epoch-agreement.ts';
import { eras } from '../../../../model/zookeeper/zab/eras.ts';
import { nextZxid, zxidOfNewEpoch } from '../../../../model/zookeeper/zab/next-zxid.ts';
import { isMoreRecentThan } from '../../../../model/zookeeper/zab/state-summary.ts';
import * as variants from '../../../../model/zookeeper/zab/variants.ts';
import { zabRules } from '../../../../model/zookeeper/zab/zab-rules.ts';
import { makeZxid } from '../../../../model/zookeeper/zxid.ts';

const electorate: Electorate = { leader: 0, verifier: majority([0, 1, 2]) };
const reports = (reported: readonly (readonly [sid: number, acceptedEpoch: number])[], rules = zabRules) =>
  reported.reduce(
    (proposal, [sid, accepted]) => getEpochToPropose(proposal, sid, accepted, electorate, rules),
    noEpochYet,
  );

describe('getEpochToPropose', () => {
  test('Z1: the largest accepted epoch plus one, once the leader has asked too', () => {
    const followers = reports([
      [1, 0],
      [2, 0],
    ]);
    expect(followers.waiting).toBe(true);
    expect(getEpochToPropose(followers, 0, 5, electorate, zabRules)).toMatchObject({
      epoch: 6,
      waiting: false,
    });
  });

  test('a follower that has accepted the epoch that the leader would propose raises it (ZOOKEEPER-1343)', () => {
    const accepted: [number, number][] = [
      [0, 5],
      [1, 6],
    ];
    expect(reports(accepted).epoch).toBe(7);
    expect(reports(accepted, { ...zabRules, ...variants.candidateNotRaised }).epoch).toBe(6);
  });

  test('who comes later gets the epoch that was agreed on', () => {
    const agreed = reports([
      [0, 0],
      [1, 0],
    ]);
    expect(getEpochToPropose(agreed, 2, 9, electorate, zabRules)).toBe(agreed);
  });

  test('Z20: an observer is no reason to stop waiting', () => {
    const one: Electorate = { leader: 0, verifier: majority([0, 1]) };
    let proposal = getEpochToPropose(noEpochYet, 0, 0, one, zabRules);
    expect(proposal).toEqual({ epoch: 1, connecting: [0], waiting: true });
    proposal = getEpochToPropose(proposal, 7, 0, one, zabRules);
    expect(proposal).toEqual({ epoch: 1, connecting: [0], waiting: true });
    const careless = { ...zabRules, ...variants.observersCount };
    const counted = getEpochToPropose(proposal, 7, 0, one, careless);
    expect(counted.connecting).toEqual([0, 7]); // ZOOKEEPER-2959
    proposal = getEpochToPropose(proposal, 1, 1, one, zabRules);
    expect(proposal).toEqual({ epoch: 2, connecting: [0, 1], waiting: false });
  });
});

describe('waitForEpochAck', () => {
  const own = { currentEpoch: 1, lastZxid: makeZxid(1, 2) };
  const ack = (acks: typeof noEpochAcks, sid: number, summary = own) =>
    waitForEpochAck(acks, sid, summary, own, electorate, zabRules);

  test('Z3: followers alone are not enough, however many they are', () => {
    const followers = [1, 2].reduce((acks, sid) => {
      const next = ack(acks, sid);
      return next === 'follower is ahead' ? acks : next;
    }, noEpochAcks);
    expect(followers).toEqual({ electing: [1, 2], finished: false });
    expect(ack(followers, 0)).toEqual({ electing: [0, 1, 2], finished: true });
    const careless = { ...zabRules, ...variants.leaderNotInQuorum };
    expect(waitForEpochAck(followers, 2, own, own, electorate, careless)).toMatchObject({ finished: true });
  });

  test('a follower that is ahead does not count and does not stay, by epoch or by zxid', () => {
    expect(ack(noEpochAcks, 1, { currentEpoch: 2, lastZxid: 0 })).toBe('follower is ahead');
    expect(ack(noEpochAcks, 1, { currentEpoch: 1, lastZxid: makeZxid(1, 3) })).toBe('follower is ahead');
    expect(ack(noEpochAcks, 1, { currentEpoch: 0, lastZxid: makeZxid(1, 3) })).not.toBe('follower is ahead');
  });

  test('the reply -1 is not counted, and not looked at', () => {
    expect(ack(noEpochAcks, 1, { currentEpoch: -1, lastZxid: makeZxid(9, 9) })).toEqual(noEpochAcks);
  });

  test('once the wait is over nobody is looked at', () => {
    const finished = { electing: [0, 1], finished: true };
    expect(ack(finished, 2, { currentEpoch: 9, lastZxid: 0 })).toBe(finished);
  });
});

test('waitForNewLeaderAck: each participant once, in order; an observer is not counted', () => {
  const acks = [2, 0, 2, 7].reduce<readonly number[]>(
    (counted, sid) => waitForNewLeaderAck(counted, sid, electorate, zabRules),
    [],
  );
  expect(acks).toEqual([0, 2]);
});

test('acceptLeaderInfo: a larger epoch is accepted, the same one is not acked again, a smaller one is refused', () => {
  const epochs = { acceptedEpoch: 3, currentEpoch: 2 };
  expect(acceptLeaderInfo(4, epochs)).toEqual({ acceptedEpoch: 4, ackEpoch: 2 });
  expect(acceptLeaderInfo(3, epochs)).toEqual({ acceptedEpoch: 3, ackEpoch: -1 });
  expect(acceptLeaderInfo(2, epochs)).toBe('abort');
});

test('Z5, Z9: the first epoch is accepted with current epoch 0 in the ack', () => {
  expect(acceptLeaderInfo(1, { acceptedEpoch: 0, currentEpoch: 0 })).toEqual({
    acceptedEpoch: 1,
    ackEpoch: 0,
  });
});

describe('processAck', () => {
  const proposal = (counter: number, acks: number[]) => ({
    txn: { zxid: makeZxid(1, counter), value: counter },
    acks,
  });
  const leader = {
    lastCommitted: makeZxid(1, 1),
    outstandingProposals: [proposal(2, [0]), proposal(3, [0])],
  };
  const ack = (zxid: number, sid = 1, rules = zabRules) =>
    processAck(leader, sid, zxid, electorate.verifier, rules);

  test('a quorum commits the first one', () => {
    const { leader: after, committed } = ack(makeZxid(1, 2));
    expect(committed).toEqual({ zxid: makeZxid(1, 2), value: 2 });
    expect(after).toEqual({ lastCommitted: makeZxid(1, 2), outstandingProposals: [proposal(3, [0])] });
  });

  test('a quorum for the second one waits for the first', () => {
    expect(ack(makeZxid(1, 3)).committed).toBeNull();
    expect(ack(makeZxid(1, 3), 1, { ...zabRules, ...variants.commitsOutOfOrder }).committed).not.toBeNull();
  });

  test.each([
    ['a marker', makeZxid(1, 0)],
    ['what is committed', makeZxid(1, 1)],
    ['what was never proposed', makeZxid(1, 4)],
  ])('an ack of %s is ignored', (_, zxid) => {
    expect(ack(zxid)).toEqual({ leader, committed: null });
  });

  test('a second ack of the same server, or one of an observer, changes nothing', () => {
    expect(ack(makeZxid(1, 2), 0)).toEqual({ leader, committed: null });
    expect(ack(makeZxid(1, 2), 7).committed).toBeNull();
    expect(ack(makeZxid(1, 2), 0, { ...zabRules, ...variants.acksCountedTwice }).committed).not.toBeNull();
  });
});

test('zxidOfNewEpoch: counter 0 of the epoch, so that its first transaction has counter 1', () => {
  expect(zxidOfNewEpoch(3)).toBe(makeZxid(3, 0));
  expect(nextZxid(zxidOfNewEpoch(3))).toBe(makeZxid(3, 1));
});

test('nextZxid: the last counter is never given out (ZOOKEEPER-1277)', () => {
  expect(nextZxid(makeZxid(1, 0))).toBe(makeZxid(1, 1));
  expect(nextZxid(makeZxid(1, 2 ** 32 - 3))).toBe(makeZxid(1, 2 ** 32 - 2));
  expect(nextZxid(makeZxid(1, 2 ** 32 - 2))).toBeNull();
  expect(nextZxid(makeZxid(1, 2), 3)).toBeNull();
  expect(variants.counterCarries.nextZxid(makeZxid(1, 2), 3)).toBe(makeZxid(2, 0));
});

test('isMoreRecentThan compares the epoch first, and is strict', () => {
  const summary = (currentEpoch: number, lastZxid: number) => ({ currentEpoch, lastZxid });
  expect(isMoreRecentThan(summary(2, 0), summary(1, 9))).toBe(true);
  expect(isMoreRecentThan(summary(1, 9), summary(2, 0))).toBe(false);
  expect(isMoreRecentThan(summary(1, 2), summary(1, 1))).toBe(true);
  expect(isMoreRecentThan(summary(1, 1), summary(1, 1))).toBe(false);
});

test('the eras differ in when the epoch is written: last since ZOOKEEPER-4785', () => {
  const last = Object.entries(eras).map(([era, { newLeaderSteps }]) => [era, newLeaderSteps.at(-2)]);
  expect(last).toEqual([
    ['3.4.9', 'epoch'],
    ['3.6.2', 'epoch'],
    ['3.9.1', 'queueAll'],
    ['3.9.2', 'epoch'],
    ['head', 'epoch'],
  ]);
});
