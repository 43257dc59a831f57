import { describe, expect, test } from 'vitest';
import zab from '../../invariants/zookeeper/zab.ts';
import { explore } from '../model/examples/explore.ts';
import { found } from '../model/zookeeper/zab/found.ts';

describe('the protocol, three servers and two transactions', () => {
  test.each([
    [{ timeouts: 1, restarts: 0 }, 619_637, 38],
    [{ timeouts: 0, restarts: 1 }, 690_910, 39],
  ])('%j: everything is visited and holds', async (set, distinct, depth) => {
    const result = await explore(zab, { set: { transactions: 2, ...set } });
    expect(result).toMatchObject({ verdict: 'holds', complete: true, distinct, depth });
  });

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
  ])('%s is found as declared', async (change, steps) => {
    expect(await found(zab, change)).toEqual({ agrees: true, steps });
  });
});
