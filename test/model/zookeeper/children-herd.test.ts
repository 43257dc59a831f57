import { expect, test } from 'vitest';
import childrenHerd from '../../../invariants/zookeeper/children-herd.ts';
import { explore, violated } from '../examples/explore.ts';
import { catalogue } from '../kafka/catalogue.ts';
import { undeclared } from '../mutants.ts';

test('each change breaks or repairs what it declares', async () => {
  expect((await catalogue(childrenHerd)).map(({ change, agrees, steps }) => [change, agrees, steps])).toEqual(
    [
      ['burstOfChildren', true, { knowsInTime: 6 }],
      ['burstOnFastObserver', true, { fewReads: 8 }],
      ['twoLevels', true, { knowsInTime: 6 }],
      ['delayedReads', true, { fewReads: 7 }],
    ],
  );
});

test('one remedy alone does not do: two levels make many reads, a delay alone leaves the clients behind', async () => {
  const found: string[][] = [];
  for (const remedy of [{ groups: 5 }, { hold: 3 }, { groups: 5, hold: 2 }])
    found.push(violated(await explore(childrenHerd, { set: { burst: 6, capacity: 20, ...remedy } })));
  expect(found).toEqual([['fewReads'], ['knowsInTime'], []]);
});

test('every mutant is killed, every promise can be broken', async () => {
  expect(await undeclared(childrenHerd)).toEqual({ mutants: [], unviolated: [] });
});
