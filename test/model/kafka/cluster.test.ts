import { expect, test } from 'vitest';
import { configure } from '../../../checker/language/configure.ts';
import { specOf } from '../../../checker/language/index.ts';
import { breadthFirst } from '../../../checker/search/breadth-first.ts';
import { Space } from '../../../checker/space/space.ts';
import cluster from '../../../invariants/kafka/cluster.ts';
import { explore } from '../examples/explore.ts';
import { catalogue, slowClusterChanges } from './catalogue.ts';

const atOnce = ['readController', 'readEpoch'];

test.each([
  [
    'at its default bounds: one broker crashes',
    {},
    [3_839, 11_173, 28],
    ['learnBrokerEpoch', ...atOnce, 'receiveLate', 'shrinkIsr'],
    ['twoControllersDecide'],
  ],
  [
    'when a session expires and a follower is slow',
    { machineCrashes: 0, expiries: 1, shrinks: 1 },
    [25_704, 96_077, 31],
    [...atOnce, 'receiveLate', 'fetch'],
    ['twoControllersDecide'],
  ],
])('holds %s', async (_, set, counts, without, silent) => {
  const { verdict, complete, taken, properties, distinct, generated, depth } = await explore(cluster, {
    set,
  });
  expect([verdict, complete]).toEqual(['holds', true]);
  const never = [...taken].filter(([, times]) => times === 0).map(([action]) => action);
  const idle = properties.filter(({ result, premise }) => result === 'unchecked' || premise === 0);
  expect([never, idle.map(({ name }) => name)]).toEqual([without, silent]);
  expect([distinct, generated, depth]).toEqual(counts);
});

test('three brokers: an earlier controller still wants to write when there is another one already', async () => {
  const space = new Space(configure(specOf(cluster), { set: { brokers: 3, operatorDeletes: 1 } }));
  const { properties } = await breadthFirst(space, { depth: 9 });
  expect(properties.find(({ name }) => name === 'twoControllersDecide')).toMatchObject({ result: 'reached' });
});

// The shortest runs that break, or are repaired, as measured; the others are in test/slow/kafka-cluster.slow.ts.
const steps: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  blindWrites: { noLostUpdate: 5, ackedNotLost: 8 },
  requestsToAnyIncarnation: { incarnationSafe: 9 },
  bouncedUnnoticed: { eventuallyLed: 6 },
  newerIncarnationRefused: { eventuallyLed: 13 },
  failoverTellsNobody: { eventuallyLed: 11 },
  eligibleLeaderReplicas: { ackedNotLost: 16 },
};

test.each(Object.entries(steps))('the change %s does what it declares', async (change, expected) => {
  expect(await catalogue(cluster, [change])).toEqual([{ change, agrees: true, steps: expected }]);
});

test('the catalogue is checked in full, here and among the slow tests', () => {
  const declared = Object.keys(cluster.model.definition.changes);
  expect([...Object.keys(steps), ...slowClusterChanges].sort()).toEqual(declared.sort());
});
