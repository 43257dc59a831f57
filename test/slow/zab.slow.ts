import { describe, expect, test } from 'vitest';
import zab from '../../invariants/zookeeper/zab.ts';
import zabImplementation from '../../invariants/zookeeper/zab-implementation.ts';
import { found } from '../model/zookeeper/zab/found.ts';

describe("the protocol's catalogue is found as declared", () => {
  test.each([
    [
      'zxidIgnored',
      {
        leaderCompleteness: 23,
        committedOnQuorum: 22,
        primaryIntegrity: 24,
        totalOrder: 28,
        deliveredStays: 29,
      },
    ],
    ['historyNotTaken', { initialHistories: 24, leaderCompleteness: 23, committedOnQuorum: 15 }],
    ['epochBeforeHistory', { leaderCompleteness: 29, committedOnQuorum: 26 }],
    ['historyBeforeEpoch', {}],
    ['commitsOutOfOrder', {}],
  ])('%s', async (change, steps) => {
    expect(await found(zab, change)).toEqual({ agrees: true, steps });
  });
});

describe("the implementation's catalogue is found as declared", () => {
  test.each([
    ['staleAcksKept', { acksAreTrue: 9, committedOnQuorum: 11, leaderCompleteness: 18 }],
    ['committedNotApplied', { truncationsSpareCommitted: 10, committedOnQuorum: 11, leaderCompleteness: 18 }],
    ['decidesWithoutLock', { truncationsSpareCommitted: 11, committedOnQuorum: 12, leaderCompleteness: 20 }],
    ['truncatedDatabaseKept', { memoryMatchesDisk: 14, zxidsGapFree: 26 }],
    ['truncatedDatabaseKeptAlone', {}],
    ['epochBehindLog', { canStartAgain: 24 }],
    [
      'staleAcksHead',
      { acksAreTrue: 10, truncationsSpareCommitted: 11, committedOnQuorum: 12, leaderCompleteness: 20 },
    ],
    [
      'repairDropOnDisconnect',
      { truncationsSpareCommitted: 11, committedOnQuorum: 12, leaderCompleteness: 20 },
    ],
    [
      'repairDropOnForwarding',
      { truncationsSpareCommitted: 11, committedOnQuorum: 12, leaderCompleteness: 20 },
    ],
    [
      'repairDropByOldHandler',
      { acksAreTrue: 10, committedOnQuorum: 12, leaderCompleteness: 20, proposalsEnd: 21 },
    ],
    ['repairWithLateAcks', { acksAreTrue: 9, committedOnQuorum: 11, leaderCompleteness: 18 }],
    ['repairKeepOwnProposals', { nothingRefused: 15, deliveredIsCommitted: 12 }],
    ['repairKeepOwnAndPassOver', { deliveredIsCommitted: 12, proposalsEnd: 16 }],
    ['electionAgainstTheEpoch', { someLeaderServes: 11 }],
    ['observersCounted', { committedOnQuorum: 12 }],
    ['observersCountedInDiscovery', { oneLeaderPerEpoch: 28 }],
    ['syncedTxnsNotCached', { initialHistoryLearned: 17 }],
    ['snapshotOutlivesTruncation', { deliveredIsCommitted: 17 }],
    ['staleDatabase', { memoryMatchesDisk: 3, leaderCompleteness: 14 }],
    ['loggedAfterUpToDate', { committedOnQuorum: 11, initialHistories: 19 }],
    ['loggedBehindTheAck', { committedOnQuorum: 12, initialHistories: 21 }],
    ['epochBeforeLog', { committedOnQuorum: 19, leaderCompleteness: 23 }],
    ['epochThenCommitted', { initialHistories: 27 }],
    ['newLeaderBeforeSnapshot', { leaderCompleteness: 33 }],
    ['snapshotDatabaseKept', { memoryMatchesDisk: 24 }],
    ['counterCarries', { canStartAgain: 5 }],
    ['unknownZxidKept', { historiesOfOneEpoch: 29, deliveredIsCommitted: 31 }],
    ['electionIgnoresZxid', { committedOnQuorum: 11, leaderCompleteness: 15 }],
    [
      'electionIgnoresEpoch',
      { truncationsSpareCommitted: 24, committedOnQuorum: 25, leaderCompleteness: 29, initialHistories: 29 },
    ],
    ['commitsOutOfOrder', {}],
  ])('%s', async (change, steps) => {
    expect(await found(zabImplementation, change)).toEqual({ agrees: true, steps });
  });
});
