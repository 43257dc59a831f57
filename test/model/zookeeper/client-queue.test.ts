import { expect, test } from 'vitest';
import clientQueue from '../../../invariants/zookeeper/client-queue.ts';
import { explore, violated } from '../examples/explore.ts';
import { catalogue } from '../kafka/catalogue.ts';
import { undeclared } from '../mutants.ts';

test.each([
  [{ burst: 0 }, 12, 19, 7],
  [{}, 37, 44, 10],
  [{ burst: 8, timeout: 18 }, 167, 182, 30],
])('with %j no session of a live broker expires', async (set, ...counts) => {
  const { verdict, complete, distinct, generated, depth } = await explore(clientQueue, { set });
  expect([verdict, complete, distinct, generated, depth]).toEqual(['holds', true, ...counts]);
});

test('from a burst of 3 on sessions of live brokers expire; pings first, or one update at a time, keep them', async () => {
  const found: Record<string, number[]> = {};
  for (const change of ['burstOfUpdates', 'pingsFirst', 'throttledUpdates', 'largerTimeout']) {
    found[change] = [];
    for (const burst of [2, 3, 5, 8]) {
      const changes = change === 'burstOfUpdates' ? [] : [change];
      if (violated(await explore(clientQueue, { set: { burst }, changes })).length > 0)
        found[change].push(burst);
    }
  }
  expect(found).toEqual({
    burstOfUpdates: [3, 5, 8],
    pingsFirst: [],
    throttledUpdates: [],
    largerTimeout: [],
  });
});

test('each change breaks or repairs what it declares', async () => {
  expect((await catalogue(clientQueue)).map(({ change, agrees, steps }) => [change, agrees, steps])).toEqual([
    ['burstOfUpdates', true, { leadersStay: 7 }],
    ['largerTimeout', true, { leadersStay: 7 }],
    ['pingsFirst', true, { leadersStay: 7 }],
    ['throttledUpdates', true, { leadersStay: 7 }],
  ]);
});

test('every mutant is killed, every promise can be broken', async () => {
  expect(await undeclared(clientQueue)).toEqual({ mutants: [], unviolated: [] });
});
