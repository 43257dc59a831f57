import { expect, test } from 'vitest';
import { specOf } from '../../../checker/language/index.ts';
import { asDeclared, mutate } from '../../../checker/search/mutate.ts';
import partitionElection from '../../../invariants/kafka/partition-election.ts';
import { explore } from '../examples/explore.ts';
import { catalogue, neverBroken } from './catalogue.ts';

test.each<[string, Record<string, unknown>, readonly number[], readonly string[]]>([
  ['at its default bounds', {}, [161_625, 800_696, 24], []],
  [
    'with AlterPartition and a controlled shutdown',
    { isrWrites: 'alterPartition', cleanStops: 1, failovers: 0, brokers: 2 },
    [8_544, 21_741, 29],
    ['isrChange'],
  ],
])('holds %s; every action is taken and every promise says something', async (_, set, counts, without) => {
  const { verdict, complete, taken, properties, distinct, generated, depth } = await explore(
    partitionElection,
    { set },
  );
  expect([verdict, complete]).toEqual(['holds', true]);
  expect([distinct, generated, depth]).toEqual(counts);
  expect([...taken].filter(([, times]) => times === 0).map(([action]) => action)).toEqual(without);
  const silent = properties.filter(({ result, premise }) => result !== 'unchecked' && premise === 0);
  expect(silent.map(({ name }) => name)).toEqual([]);
});

// What else may happen, one thing at a time: each holds, and the action in question is taken.
test.each<[string, Record<string, unknown>, string]>([
  ['createPartition', { newPartitions: 1 }, 'partitionChange'],
  ['reassignment', { assignments: [[0]], reassignTo: [1], crashes: 1 }, 'startReassignment'],
  [
    'auto rebalance of two partitions',
    { partitions: 2, autoLeaderRebalance: true, crashes: 1 },
    'rebalanceLeaders',
  ],
  ['a preferred election', { crashes: 1, preferredElections: 1 }, 'electPreferred'],
  ['an unclean election', { crashes: 1, shrinks: 1, uncleanElections: 1 }, 'electUncleanly'],
  ['unclean.leader.election.enable', { crashes: 1, shrinks: 1, uncleanSwitches: 1 }, 'allowUnclean'],
  ['an operator who names the leader', { crashes: 1, shrinks: 1, chosenLeaders: 1 }, 'chooseLeader'],
  ['a session that expires', { expiries: 1 }, 'learnBrokerEpoch'],
  ['UpdateMetadata', { crashes: 1, updateMetadata: true }, 'restart'],
  ['a lost reply', { failovers: 1, lostReplies: 1 }, 'findOwnNode'],
  ['a shutdown that is refused once', { crashes: 1, cleanStops: 1, shutdownRetries: 1 }, 'exit'],
])('%s: holds', async (_, set, action) => {
  const calm = { brokers: 2, crashes: 0, shrinks: 0, failovers: 0 };
  const { verdict, complete, taken } = await explore(partitionElection, { set: { ...calm, ...set } });
  expect([verdict, complete]).toEqual(['holds', true]);
  expect(taken.get(action)).toBeGreaterThan(0);
});

// The shortest runs that break each promise, as measured.
const steps: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  unfencedControllerWrites: { staleControllerWritesNothing: 5, isServed: 11 },
  refusedWriteRetried: { staleControllerResigns: 8 },
  ownNodeSuffices: { someControllerActs: 3 },
  failoverWithoutResending: { isServed: 6, everyoneInSync: 9 },
  metadataAfterLeaders: { everyoneInSync: 13 },
  requestsLost: { isServed: 5, everyoneInSync: 7 },
  earlierControllerObeyed: { everyoneInSync: 14 },
  staleControllerAnswersFenced: { everyoneInSync: 14 },
  earlierIncarnationObeyed: { earlierIncarnationIgnored: 8 },
  bouncesMissed: { isServed: 3 },
  brokerEpochMustMatch: { isServed: 8 },
  leavingBrokerJoins: { noneJoinsWhileLeaving: 7 },
  leavingBrokerIneligible: { noneJoinsWhileLeaving: 4 },
  isrOrderElection: { firstAssigned: 4 },
  alterPartition: {},
  expiredLeaderAsks: { isServed: 9 },
  uncleanElection: {},
  operatorChoosesLeader: {},
  leaderEpochKeptOnShrink: { everyoneInSync: 7 },
  sameWriteRetried: { cleanElection: 5 },
  thresholdTooHigh: { preferredLeads: 10 },
  assignmentWrittenFirst: { isrAssigned: 8 },
  reassignmentForgotten: { reassignmentCompletes: 7 },
};

test.each(Object.entries(steps))('the change %s does what it declares', async (change, expected) => {
  expect(await catalogue(partitionElection, [change])).toEqual([{ change, agrees: true, steps: expected }]);
});

test('the catalogue is checked in full; what no change breaks a seeded fault does', async () => {
  expect(Object.keys(steps).sort()).toEqual(Object.keys(partitionElection.model.definition.changes).sort());
  const broken = new Set<string>();
  for await (const mutant of mutate(specOf(partitionElection))) {
    expect([mutant.name, asDeclared(mutant)]).toEqual([mutant.name, true]);
    for (const { property } of mutant.kills) broken.add(property);
  }
  expect(neverBroken(partitionElection).filter((property) => !broken.has(property))).toEqual([]);
});
