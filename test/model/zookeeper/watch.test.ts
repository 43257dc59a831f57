import { expect, test } from 'vitest';
import watch from '../../../invariants/zookeeper/watch.ts';
import { explore } from '../examples/explore.ts';
import { catalogue } from '../kafka/catalogue.ts';
import { undeclared } from '../mutants.ts';

test.each([
  [{ writes: 1 }, 12_537, 30_800, 19],
  [{ writes: 1, myWrites: 1, reads: ['getData'] }, 3_976, 8_899, 17],
  [{ writes: 3, disconnects: 1, reads: ['exists'] }, 230_469, 682_314, 24],
])('with %j the guarantees for reads and watches hold', async (set, ...counts) => {
  const { verdict, complete, distinct, generated, depth } = await explore(watch, { set });
  expect([verdict, complete, distinct, generated, depth]).toEqual(['holds', true, ...counts]);
});

test('each change breaks what it declares', async () => {
  expect((await catalogue(watch)).map(({ change, agrees, steps }) => [change, agrees, steps])).toEqual([
    ['answersOvertake', true, { watchBeforeData: 8, changeIsHeardOf: 12 }],
    ['notificationsLost', true, { watchBeforeData: 8, changeIsHeardOf: 6 }],
    ['notificationsReversed', true, { eventsInOrder: 9 }],
    ['watchesStay', true, { oneShot: 9 }],
    ['watchesForgotten', true, { changeIsHeardOf: 8, watchBeforeData: 10 }],
    ['anyServerWillDo', true, { monotonicReads: 10, syncIsRecent: 10 }],
    ['syncLocally', true, { syncIsRecent: 7 }],
  ]);
});

test('mutants end as declared; only the witnesses are broken by nothing', async () => {
  expect(await undeclared(watch)).toEqual({
    mutants: [],
    unviolated: ['staleRead', 'serversApart', 'creationMissed'],
  });
});
