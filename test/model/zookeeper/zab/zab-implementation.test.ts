import { describe, expect, test } from 'vitest';
import { configure } from '../../../../checker/language/configure.ts';
import { breadthFirst } from '../../../../checker/search/breadth-first.ts';
import { Space } from '../../../../checker/space/space.ts';
import zabImplementation from '../../../../invariants/zookeeper/zab-implementation.ts';
import { explore, violated } from '../../examples/explore.ts';
import { found } from './found.ts';

const stepsOf = (result: Awaited<ReturnType<typeof explore>>) =>
  Object.fromEntries(result.violations.map(({ property, path }) => [property, path?.steps.length]));

describe('three servers and one transaction: everything is visited and holds', () => {
  test.each([
    [{ crashes: 0, disconnects: 0 }, 239, 17],
    [{ crashes: 0, disconnects: 1 }, 3284, 25],
    [{ crashes: 1, disconnects: 0 }, 12_848, 36],
    [{ start: 'fresh', crashes: 0, disconnects: 0 }, 9361, 35],
    [{ observers: 1, crashes: 0, disconnects: 1 }, 19_537, 28],
    [{ snapshots: 'forced', crashes: 0, disconnects: 1 }, 4608, 28],
    [{ discovery: 'byMessage', crashes: 0, disconnects: 1 }, 4284, 29],
    [{ discovery: 'byMessage', epochs: 2, crashes: 1, disconnects: 0 }, 39_903, 47],
  ])('%j', async (set, distinct, depth) => {
    const result = await explore(zabImplementation, { set });
    expect(result).toMatchObject({ verdict: 'holds', complete: true, distinct, depth });
  });
});

describe('one broken connection is enough for a commit that is on one disk only', () => {
  test.each([
    ['staleAcksKept', { acksAreTrue: 9, committedOnQuorum: 11 }],
    ['committedNotApplied', { truncationsSpareCommitted: 10, committedOnQuorum: 11 }],
    ['decidesWithoutLock', { truncationsSpareCommitted: 11, committedOnQuorum: 12 }],
    ['repairDropOnDisconnect', { truncationsSpareCommitted: 11, committedOnQuorum: 12 }],
    ['repairWithLateAcks', { acksAreTrue: 9, committedOnQuorum: 11 }],
    ['repairDropOnForwarding', { truncationsSpareCommitted: 11, committedOnQuorum: 12 }],
  ])('%s', async (change, steps) => {
    const result = await explore(zabImplementation, { changes: [change], set: { crashes: 0 } });
    expect(stepsOf(result)).toEqual(steps);
  });
});

test('five servers need no slow disk for it: the leader is on time, an old ack makes the third', async () => {
  const properties = zabImplementation.properties.filter(({ name }) => name === 'committedOnQuorum');
  const set = { servers: 5, crashes: 0, start: 'proposed' };
  const request = configure(
    { model: zabImplementation.model, properties },
    { set, changes: ['staleAcksKept'] },
  );
  const result = await breadthFirst(new Space(request));
  expect(stepsOf(result)).toEqual({ committedOnQuorum: 14 });
});

describe('what is promised to happen at all does not, in the shortest way', () => {
  test.each([
    ['learnersTakenForObservers', { leaderServes: 12, someLeaderServes: 11 }],
    ['lateLearnersNotTold', { learnersServe: 7 }],
  ])('%s', async (change, steps) => {
    expect(await found(zabImplementation, change)).toEqual({ agrees: true, steps });
  });
});

describe('the catalogue, at the smallest bounds', () => {
  test.each([
    ['databaseKeptOnDiskError', { memoryMatchesDisk: 11, zxidsGapFree: 22 }],
    ['truncatesToMarker', { nothingRefused: 14 }],
    ['ackOvertakesNewLeader', { nothingRefused: 11 }],
    ['commitsMatchedApart', { nothingRefused: 11 }],
    ['servesBeforeApplying', { initialHistoryLearned: 14 }],
    ['informsOfProposals', { observersLogCommitted: 3, deliveredIsCommitted: 3 }],
    ['pendingForgotten', { nothingRefused: 16 }],
    ['epochThenAll', { nothingRefused: 16 }],
    ['queueSurvivesShutdown', { memoryMatchesDisk: 4, zxidsGapFree: 14 }],
    ['epochCandidateNotRaised', { oneLeaderPerEpoch: 13 }],
    ['acceptedEpochBehindCurrent', { canStartAgain: 11 }],
    ['leaderNotInQuorum', { epochsGrow: 13 }],
    ['acksBeforeLogging', { acksAreTrue: 4, committedOnQuorum: 6 }],
    ['acksCountedTwice', {}],
    ['commitsByHeads', { committedOnQuorum: 7, leaderCompleteness: 16 }],
    ['quorumOfHalf', { committedOnQuorum: 3, leaderCompleteness: 13 }],
  ])('%s', async (change, steps) => {
    expect(await found(zabImplementation, change)).toEqual({ agrees: true, steps });
  });
});

describe('three of the four repairs that EuroSys 2025 refutes, section 5.3; the fourth is among the slow tests', () => {
  test.each([
    ['commitsMatchedApart', 'pull request 1930', 11, /^badAck/], // I-12, ZOOKEEPER-4685
    ['epochThenAll', 'pull request 1993', 16, /^badCommit/], // I-11, ZOOKEEPER-4394
    ['pendingForgotten', 'pull request 2111', 16, /^badCommit/], // I-11, ZOOKEEPER-4394
  ])('%s, %s', async (change, _, steps, sentence) => {
    const set = { transactions: 1, crashes: 0, disconnects: 1 };
    const { violations } = await explore(zabImplementation, { set, changes: [change] });
    const refused = violations.find(({ property }) => property === 'nothingRefused');
    expect(refused?.path?.steps.length).toBe(steps);
    expect(refused?.sentence).toMatch(sentence);
  });
});

describe('releases before 3.9.3, one transaction and one broken connection', () => {
  test.each([
    ['3.4.9', ['memoryMatchesDisk', 'zxidsGapFree']],
    ['3.6.2', ['memoryMatchesDisk', 'zxidsGapFree']],
    ['3.9.1', ['memoryMatchesDisk', 'nothingRefused', 'zxidsGapFree']],
    ['3.9.2', ['memoryMatchesDisk', 'nothingRefused', 'zxidsGapFree']],
  ])('%s', async (era, broken) => {
    const result = await explore(zabImplementation, { set: { era, crashes: 0 } });
    expect(violated(result)).toEqual(broken);
  });
});
