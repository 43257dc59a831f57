import { expect, test } from 'vitest';
import ensemble from '../../invariants/zookeeper/ensemble.ts';
import { explore } from '../model/examples/explore.ts';
import { found } from '../model/zookeeper/zab/found.ts';

test.each([
  // set, distinct, depth
  [{}, 138_992, 62],
  [{ crashes: 2, disconnects: 1 }, 265_306, 63],
  [{ start: 'fresh', crashes: 0, disconnects: 0 }, 1_047_539, 65],
])('%j: everything is visited and holds', async (set, distinct, depth) => {
  const result = await explore(ensemble, { set });
  expect(result).toMatchObject({ verdict: 'holds', complete: true, distinct, depth });
});

test.each([
  [
    'staleAcksHead',
    { acksAreTrue: 20, truncationsSpareCommitted: 21, committedOnQuorum: 22, leaderCompleteness: 45 },
  ],
  ['votesWithoutEpoch', { electedIsBest: 38, leaderIsBest: 42 }],
])('%s is found as declared', async (change, steps) => {
  expect(await found(ensemble, change)).toEqual({ agrees: true, steps });
});
