import { describe, expect, test } from 'vitest';
import ensemble from '../../../invariants/zookeeper/ensemble.ts';
import { explore } from '../examples/explore.ts';
import { killers } from './killers.ts';
import { found } from './zab/found.ts';

describe('three servers, one transaction: everything is visited and holds', () => {
  test.each([
    [{ crashes: 0, disconnects: 0 }, 239, 17], // without an election: as many as zookeeper/zab-implementation has
    [{ crashes: 0, disconnects: 1 }, 9161, 38],
    [{ crashes: 1, disconnects: 0 }, 5583, 39],
    [{ crashes: 1, disconnects: 0, finalizeWait: 'anyTime' }, 6111, 39],
  ])('%j', async (set, distinct, depth) => {
    const result = await explore(ensemble, { set });
    expect(result).toMatchObject({ verdict: 'holds', complete: true, distinct, depth });
  });
});

test('after a crash the promises of both halves are put to the test', async () => {
  const { properties } = await explore(ensemble, { set: { crashes: 1, disconnects: 0 } });
  const idle = properties.filter(({ result, premise }) => result === 'holds' && premise === 0);
  expect(idle.map(({ name }) => name)).toEqual(['truncationsSpareCommitted']); // takes a broken connection
  expect(properties.find(({ name }) => name === 'electedLeaderServes')?.result).toBe('reached');
});

describe('bugs that take an election and a broadcast, at the smallest bounds', () => {
  test.each([
    ['staleDatabase', { memoryMatchesDisk: 3, leaderCompleteness: 29 }],
    ['loggedAfterUpToDate', { committedOnQuorum: 26 }],
    ['epochReused', { oneLeaderPerEpoch: 22 }],
    ['zxidIgnored', { electedIsBest: 15 }],
    [
      'zxidIgnoredThroughout',
      { electedIsBest: 15, leaderIsBest: 19, committedOnQuorum: 26, leaderCompleteness: 30 },
    ],
    ['finalizeWithoutComparing', {}],
  ])('%s', async (change, steps) => {
    expect(await found(ensemble, change)).toEqual({ agrees: true, steps });
  });
});

test('each seeded fault of a rule is noticed', async () => {
  expect(await killers(ensemble)).toEqual({
    'totalOrderPredicate/lowerZxidWins': 'electedIsBest 15',
    'totalOrderPredicate/zxidOffByOne': 'electedIsBest 15',
    'containsQuorum/oneLess': 'committedOnQuorum 3',
    'containsQuorum/everybody': 'electedLeaderServes',
    'candidateEpoch/ownAlone': 'oneLeaderPerEpoch 22',
  });
});
