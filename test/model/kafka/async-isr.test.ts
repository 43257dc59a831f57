import { expect, test } from 'vitest';
import asyncIsr from '../../../invariants/kafka/async-isr.ts';
import { explore } from '../examples/explore.ts';
import { catalogue, neverBroken } from './catalogue.ts';

test.each([
  [{ replicas: 2 }, 42, 9],
  [{}, 1_460, 13],
  [{ maxOffset: 2 }, 4_088, 16],
])('AsyncIsr with %j holds; its states and steps are as counted elsewhere', async (set, distinct, steps) => {
  const result = await explore(asyncIsr, { set });
  expect([result.verdict, result.distinct, result.depth - 1]).toEqual(['holds', distinct, steps]);
  expect([...result.taken].filter(([, times]) => times === 0)).toEqual([]);
});

test.each([
  ['countsPendingIsrOnly', 3],
  ['countsCommittedIsrOnly', 6],
  ['withoutVersionCheck', 6],
])('with 3 replicas %s fails after %i steps, as counted elsewhere', async (change, steps) => {
  const { violations } = await explore(asyncIsr, { changes: [change] });
  expect(violations.map(({ property, path }) => [property, path?.steps.length])).toEqual([
    ['validHighWatermark', steps],
  ]);
});

test('each change breaks what it declares, and each promise can be broken', async () => {
  expect((await catalogue(asyncIsr)).map(({ change, agrees, steps }) => [change, agrees, steps])).toEqual([
    ['countsPendingIsrOnly', true, { validHighWatermark: 2 }],
    ['countsCommittedIsrOnly', true, { validHighWatermark: 5 }],
    ['withoutVersionCheck', true, { validHighWatermark: 6 }],
  ]);
  expect(neverBroken(asyncIsr)).toEqual([]);
});
