import { expect, test } from 'vitest';
import replication from '../../../invariants/kafka/replication.ts';
import { seededChanges } from '../../../model/kafka/replication/changes/seeded.ts';
import { explore } from '../examples/explore.ts';
import { catalogue, neverBroken, slowChanges } from './catalogue.ts';

test.each([
  ['at its default bounds', {}, [], ['noneRejoinsWhileLeaving', 'noneJoinsToBeShrunk']],
  [
    'with a controlled shutdown',
    { cleanStops: 1, machineCrashes: 0 },
    ['brokerFails'],
    ['noneJoinsToBeShrunk'],
  ],
])('holds %s; every action is taken and every promise says something', async (_, set, without, silent) => {
  const { verdict, complete, taken, properties } = await explore(replication, { set });
  expect([verdict, complete]).toEqual(['holds', true]);
  const never = [...taken].filter(([, times]) => times === 0).map(([action]) => action);
  expect(never).toEqual(without);
  const idle = properties.filter(({ result, premise }) => result === 'unchecked' || premise === 0);
  expect(idle.map(({ name }) => name)).toEqual(silent);
});

// The shortest runs that break each promise, as measured; where the public specification's abstraction shows the same bug
// there are fewer steps, since there nothing has to be sent.
const steps: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  truncateToHighWatermark: { weakIsr: 7, strongIsr: 7, candidateComplete: 7, ackedNotLost: 9 },
  truncateToHighWatermarkDiverges: { consumedStable: 10, sameEpochMatch: 12, prefixToHighWatermark: 14 },
  kip101: {
    sameEpochMatch: 10,
    weakIsr: 12,
    strongIsr: 12,
    candidateComplete: 12,
    prefixToHighWatermark: 15,
  },
  unfencedFetch: {
    epochCacheSound: 8,
    weakIsr: 11,
    strongIsr: 11,
    candidateComplete: 11,
    ackedNotLost: 13,
    committedSomewhere: 16,
  },
  epochRequests: {},
  truncatesForNewLeaderOnly: {
    sameEpochMatch: 8,
    weakIsr: 10,
    strongIsr: 10,
    candidateComplete: 10,
    prefixToHighWatermark: 13,
  },
  epochNotedWithFirstRecord: { weakIsr: 14, strongIsr: 14, candidateComplete: 14 },
  divergingFetchCounts: { weakIsr: 7, strongIsr: 7, candidateComplete: 7 },
  epochCacheKept: { writeResolves: 10, followerConverges: 12 },
  expandBelowEpochStart: { strongIsr: 14, candidateComplete: 14 },
  countsPendingIsrOnly: { quorumSuperset: 1, weakIsr: 3, strongIsr: 3, candidateComplete: 3 },
  countsCommittedIsrOnly: { quorumSuperset: 6, strongIsr: 8, candidateComplete: 8, weakIsr: 9 },
  replacedDiskRejoins: { candidateComplete: 16 },
  leavingBrokerRejoins: { noneRejoinsWhileLeaving: 6 },
  lastReplicaStanding: {
    candidateComplete: 9,
    ackedNotLost: 10,
    ackedSomewhere: 13,
    committedSomewhere: 13,
  },
  highWatermarkBelowMinIsr: { candidateComplete: 5 },
  oldIncarnationObeyed: { candidateComplete: 12, committedSomewhere: 12, ackedNotLost: 13 },
  znodeIsrWrites: {},
  uncleanElection: { candidateComplete: 7, ackedNotLost: 8, consumedStable: 9, committedSomewhere: 12 },
  oneInSyncIsEnough: { committedSomewhere: 6, candidateComplete: 7, ackedNotLost: 8 },
  joinsWhenCaughtUp: { noneJoinsToBeShrunk: 6 },
  zooKeeperMode: {},
  zooKeeperReplacedDisk: { committedSomewhere: 5, candidateComplete: 6, ackedNotLost: 10 },
  acksOne: { ackedNotLost: 3 },
};

test.each(Object.entries(steps))('the change %s does what it declares', async (change, expected) => {
  expect(await catalogue(replication, [change])).toEqual([{ change, agrees: true, steps: expected }]);
});

const seeded = Object.keys(seededChanges).filter((change) => !slowChanges.includes(change));

test.each(seeded)('the slip %s is caught as declared', async (change) => {
  expect(await catalogue(replication, [change])).toMatchObject([{ change, agrees: true }]);
});

test('the catalogue is checked in full, here and among the slow tests; each promise can be broken', () => {
  const declared = Object.keys(replication.model.definition.changes);
  expect([...Object.keys(steps), ...seeded, ...slowChanges].sort()).toEqual([...declared].sort());
  expect([...neverBroken(replication)]).toEqual([]);
  const harmless = Object.entries(seededChanges).filter(([, { breaks = [] }]) => breaks.length === 0);
  expect(harmless).toEqual([]);
});
