import { expect, test } from 'vitest';
import limits from '../../../invariants/zookeeper/limits.ts';
import { explore } from '../examples/explore.ts';
import { catalogue } from '../kafka/catalogue.ts';
import { undeclared } from '../mutants.ts';

test.each([
  [{}, 21, 26, 11],
  [{ start: 'serving', burst: 2, slow: 1, syncLimit: 5 }, 38, 49, 9],
  [{ followers: 4, restarts: 2 }, 230, 343, 13],
])('with %j limits that are large enough let the ensemble form, and all join', async (set, ...counts) => {
  const { verdict, complete, distinct, generated, depth } = await explore(limits, { set });
  expect([verdict, complete, distinct, generated, depth]).toEqual(['holds', true, ...counts]);
});

test('each change breaks or repairs what it declares; the lassos are as long as one round', async () => {
  expect((await catalogue(limits)).map(({ change, agrees, steps }) => [change, agrees, steps])).toEqual([
    ['largeSnapshot', true, { forms: 6, joins: 6, serves: undefined }],
    ['largerInitLimit', true, { forms: 6, joins: 6, serves: undefined }],
    ['slowSnapshotFlush', true, { joins: 10 }],
    ['leaderLoadsTwice', true, { forms: 7, joins: 7, serves: undefined }],
    ['slowDisk', true, { joins: 9 }],
    ['slowDisks', true, { forms: 8, joins: 8 }],
    ['largerSyncLimit', true, { forms: 8, joins: 8 }],
  ]);
});

test('initLimit must be larger than the transfer and the flush together; what a tick less does not do, one more does', async () => {
  const forms = async (initLimit: number, transfer: number, flush: number): Promise<boolean> => {
    const { violations } = await explore(limits, { set: { initLimit, transfer, flush, restarts: 0 } });
    return !violations.some(({ property }) => property === 'forms');
  };
  const enough: number[] = [];
  for (const [transfer, flush] of [
    [1, 1],
    [2, 1],
    [2, 3],
    [4, 2],
  ] as const) {
    let initLimit = 1;
    while (!(await forms(initLimit, transfer, flush))) initLimit++;
    enough.push(initLimit - transfer - flush);
  }
  expect(enough).toEqual([0, 0, 0, 0]);
});

test('every mutant is killed, every promise can be broken', async () => {
  expect(await undeclared(limits)).toEqual({ mutants: [], unviolated: [] });
});
