import { describe, expect, test } from 'vitest';
import { configure } from '../../../checker/language/configure.ts';
import { simulate } from '../../../checker/search/simulate.ts';
import { Space } from '../../../checker/space/space.ts';
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

test('a follower that is ahead of its leader loses its connection, and the leader leads the others', async () => {
  const { model, properties } = ensemble.always('nobodyIsLeftBehind', {
    about: 'Nobody who has accepted the epoch of a leader looks for another one',
    holds(s) {
      const led = s.epochs(2).get('currentEpoch') === 2 && s.epochs(3).get('acceptedEpoch') === 2;
      return !led || s.peer(3).get('state') !== 'LOOKING';
    },
  });
  const left = properties.filter(({ name }) => name === 'nobodyIsLeftBehind');
  // Server 3 alone has the proposal when it gives up; with this fault server 2 wins, whose log is as short as that of 1.
  const request = {
    set: { crashes: 0, disconnects: 0, giveUps: 1, epochs: 2 },
    changes: ['totalOrderPredicate/lowerZxidWins'],
  };
  const space = new Space(configure({ model, properties: left }, request));
  const { violations } = await simulate(space, { seed: 1, steps: 120 });
  const steps = violations[0]?.path?.steps.map(({ instance }) => space.transitions.instances[instance]?.name);
  expect(steps?.at(-1)).toBe('discover(2, 1,2,3)');
});

test('each seeded fault of a rule is noticed, or it is said why not', async () => {
  expect(await killers(ensemble)).toEqual({
    'totalOrderPredicate/lowerZxidWins': 'electedIsBest 15',
    'totalOrderPredicate/zxidOffByOne': 'electedIsBest 15',
    'containsQuorum/oneLess': 'committedOnQuorum 3',
    'containsQuorum/everybody': 'establishedWithoutAll',
    'candidateEpoch/ownAlone': 'oneLeaderPerEpoch 22',
    'waitForEpochAck/aheadTaken': 'survived as declared',
    'waitForEpochAck/equalAborts': 'establishedWithoutAll',
  });
});
