import { expect, test } from 'vitest';
import herd from '../../../invariants/kafka/watcher-herd.ts';
import { explore } from '../examples/explore.ts';
import { undeclared } from '../mutants.ts';
import { catalogue } from './catalogue.ts';

test.each([
  [3, 2, [6, 6, 6]],
  [5, 3, [13, 18, 9]],
])('a controller: %i brokers, %i partitions, one notification', async (brokers, partitions, counts) => {
  const { verdict, complete, distinct, generated, depth } = await explore(herd, {
    set: { brokers, partitions },
  });
  expect([verdict, complete]).toEqual(['holds', true]);
  expect([distinct, generated, depth]).toEqual(counts);
});

test.each([
  [2, 1, 2],
  [3, 2, 6],
  [3, 3, 8],
  [4, 2, 9],
])(
  'watches of every broker: %i brokers, %i partitions, %i notifications',
  async (brokers, partitions, notifications) => {
    const set = { brokers, partitions };
    const { violations, properties } = await explore(herd, { set, changes: ['everyBrokerWatches'] });
    expect(violations.map(({ property }) => property)).toEqual(['oneNotification']);
    expect(violations[0]?.sentence).toContain(`has cost ${notifications} notifications`);
    expect(properties.find(({ name }) => name === 'allTry')?.result).toBe('reached');
  },
);

test('the catalogue and the seeded faults are as declared', async () => {
  expect(await catalogue(herd)).toEqual([
    { change: 'everyBrokerWatches', agrees: true, steps: { oneNotification: 9 } },
  ]);
  expect(await undeclared(herd)).toEqual({ mutants: [], unviolated: ['allTry'] });
});
