import { expect, test } from 'vitest';
import abstract from '../../../invariants/kafka/replication-abstract.ts';
import { explore } from '../examples/explore.ts';
import { asRow, quickRows, requestOf } from './abstract-table.ts';
import { catalogue, neverBroken } from './catalogue.ts';

test.each(quickRows)(
  '$variant with $bounds.replicas replicas has $states states, as counted elsewhere',
  async (row) => {
    expect(asRow(await explore(abstract, requestOf(row)), row)).toEqual(row);
  },
);

test('at its default bounds every action of the protocol is taken and every promise says something', async () => {
  const { verdict, complete, taken, properties } = await explore(abstract);
  expect([verdict, complete]).toEqual(['holds', true]);
  expect([...taken].filter(([, times]) => times === 0)).toEqual([]);
  expect(properties.filter(({ premise }) => premise === 0)).toEqual([]);
});

test('each change breaks what it declares, at the published step', async () => {
  expect(await catalogue(abstract)).toEqual([
    { change: 'truncateToHighWatermark', agrees: true, steps: { weakIsr: 8, strongIsr: 9 } },
    {
      change: 'truncateToHighWatermarkDiverges',
      agrees: true,
      steps: { sameEpochMatch: 10, prefixToHighWatermark: 14 },
    },
    { change: 'kip101', agrees: true, steps: { weakIsr: 11, strongIsr: 11 } },
    { change: 'kip101Unclamped', agrees: true, steps: { weakIsr: 11, strongIsr: 11 } },
    { change: 'kip279', agrees: true, steps: { weakIsr: 10, strongIsr: 10 } },
    { change: 'kip320FirstTry', agrees: true, steps: { weakIsr: 11, strongIsr: 12, sameEpochMatch: 7 } },
    { change: 'expandBelowEpochStart', agrees: true, steps: { strongIsr: 11 } },
    { change: 'unfencedTruncation', agrees: true, steps: { weakIsr: 13, strongIsr: 13, sameEpochMatch: 11 } },
    { change: 'leaderOutlivesItsMembership', agrees: true, steps: { leaderInIsr: 2 } },
  ]);
});

test('each promise can be broken', () => {
  expect(neverBroken(abstract)).toEqual([]);
});
