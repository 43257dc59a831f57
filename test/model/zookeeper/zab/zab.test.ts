import { describe, expect, test } from 'vitest';
import zab from '../../../../invariants/zookeeper/zab.ts';
import { explore } from '../../examples/explore.ts';
import { found } from './found.ts';

test('two servers, one transaction: everything is visited and holds', async () => {
  expect(await explore(zab, { set: { servers: 2, transactions: 1 } })).toMatchObject({
    verdict: 'holds',
    complete: true,
    distinct: 691,
  });
});

test('three servers, one transaction, one timeout: everything is visited and holds', async () => {
  expect(await explore(zab, { set: { transactions: 1 } })).toMatchObject({
    verdict: 'holds',
    complete: true,
    distinct: 57_389,
  });
});

describe('the catalogue, at the smallest bounds', () => {
  test.each([
    ['epochCandidateNotRaised', { oneLeaderPerEpoch: 13 }],
    ['acceptedEpochVolatile', { oneLeaderPerEpoch: 13 }],
    ['acksEpochAgain', { oneLeaderPerEpoch: 16 }],
    ['quorumOfHalf', { oneLeaderPerEpoch: 12 }],
    ['proposesToSyncedOnly', { nothingRefused: 19 }],
    ['commitsWhatTheLearnerAcked', { nothingRefused: 19 }],
    ['acceptedEpochLost', { epochOrder: 6, epochsGrow: 4 }],
    ['duplicatesLogged', { zxidsGapFree: 15, integrity: 23, globalPrimaryOrder: 23 }],
    ['gapsLogged', { localPrimaryOrder: 25, zxidsGapFree: 17, historiesOfOneEpoch: 18, totalOrder: 25 }],
  ])('%s', async (change, steps) => {
    expect(await found(zab, change)).toEqual({ agrees: true, steps });
  });
});
