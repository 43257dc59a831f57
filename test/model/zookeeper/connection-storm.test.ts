import { expect, test } from 'vitest';
import connectionStorm from '../../../invariants/zookeeper/connection-storm.ts';
import { explore } from '../examples/explore.ts';
import { catalogue } from '../kafka/catalogue.ts';
import { undeclared } from '../mutants.ts';

const recovers = async (set: Record<string, number>, changes: readonly string[] = []) =>
  (await explore(connectionStorm, { set, changes })).verdict === 'holds';

test('a small cut is over soon; a large one keeps the server busy for ever, with nobody connected', async () => {
  const found: boolean[] = [];
  for (const lost of [3, 6, 7, 8]) found.push(await recovers({ lost }));
  expect(found).toEqual([true, true, false, false]);
});

test('each change breaks or repairs what it declares', async () => {
  expect(
    (await catalogue(connectionStorm)).map(({ change, agrees, steps }) => [change, agrees, steps]),
  ).toEqual([
    ['largeCut', true, { recovers: 28 }],
    ['throttled', true, { recovers: 28 }],
    ['throttledTooLate', true, { recovers: 22 }],
    ['limitedByEstablished', true, { recovers: 19 }],
    ['limitedByAll', true, { recovers: 20 }],
    ['patientClients', true, { recovers: 28 }],
  ]);
});

test('a throttle that lets in no more than the server can do in time prevents the storm', async () => {
  for (const tokens of [1, 2]) expect(await recovers({ lost: 8, tokens }, ['throttled'])).toBe(true);
  expect(await recovers({ lost: 8, tokens: 8 }, ['throttled'])).toBe(false);
});

test('every mutant is killed, every promise can be broken', async () => {
  expect(await undeclared(connectionStorm, { all: false })).toEqual({ mutants: [], unviolated: [] });
});
