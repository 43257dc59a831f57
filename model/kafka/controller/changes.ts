import type { Change } from '../../../checker/language/index.ts';
import { brokerChange } from '../partition-election/broker-change.ts';
import { controllerByOwner, resolveElectionByOwner } from './election.ts';
import type { ControllerParams } from './params.ts';
import type { ControllerRules } from './rules.ts';

const calm = { expiries: 0, operatorDeletes: 0 };

/** Historic bugs and designs of the controller, and what would repair what Kafka has left as it is. */
export const controllerChanges: Readonly<Record<string, Change<ControllerParams, ControllerRules>>> = {
  unfencedWrites: {
    about: 'A controller writes to ZooKeeper without a look at the controller epoch',
    source: 'KAFKA-6082, repaired in 2.1',
    rules: { fencedWrite: (_, op) => [op] },
    breaks: ['noStaleWrite'],
    keeps: ['oneEpochOwner', 'oneEffective', 'controllerEpochAdopted', 'requestBacked'],
  },
  deletesAnyController: {
    about: 'A controller that fails to take over deletes /controller, though it may be the next one’s by now',
    source: 'KAFKA-6082: KafkaZkClient.deleteController had no check',
    rules: { fencedWrite: (_, op) => [op] },
    breaks: ['noStaleWrite'],
    at: { partition: false, expiries: 0, operatorDeletes: 2, errors: 1, start: 'empty' },
  },
  createThenBump: {
    about: '/controller is created first, and the controller epoch read and raised afterwards',
    source: 'before KAFKA-6082',
    set: { election: 'createThenBump' },
    breaks: ['electedByOwner'],
    keeps: ['oneEpochOwner', 'epochMonotone', 'oneEffective'],
    at: { partition: false, expiries: 0, start: 'empty' },
  },
  requestsOfAnyController: {
    about: 'A broker obeys controllers of any epoch',
    source: 'seeded; ReplicaManager.becomeLeaderOrFollower, maybeUpdateMetadataCache',
    rules: { isStaleControllerEpoch: () => false },
    breaks: ['controllerEpochAdopted'],
    keeps: ['noStaleWrite', 'requestBacked', 'incarnationSafe'],
  },
  requestsToAnyIncarnation: {
    about: 'A broker that has started again obeys what was meant for the one that it was',
    source: 'KIP-380 (KAFKA-7235), repaired in 2.2',
    rules: { isStaleBrokerEpoch: () => false },
    breaks: ['incarnationSafe'],
    at: { operatorDeletes: 0, crashes: 1 },
  },
  bouncedUnnoticed: {
    about:
      'The controller compares ids: a broker that was gone and is back when it looks has never been away',
    source: 'KIP-380 (KAFKA-1120), repaired in 2.2',
    rules: { brokerChange: (known, now) => ({ ...brokerChange(known, now), bounced: [] }) },
    breaks: ['brokersHear'],
    keeps: ['incarnationSafe', 'eventuallyController'],
    at: { ...calm, crashes: 1 },
  },
  newerIncarnationRefused: {
    about: 'A broker refuses requests to any incarnation but the one that it knows itself to be',
    source: 'KAFKA-9839, repaired in 2.6',
    rules: { isStaleBrokerEpoch: (own, requested) => requested !== own },
    breaks: ['brokersHear'],
    keeps: ['incarnationSafe', 'eventuallyController'],
    at: { operatorDeletes: 0 },
  },
  everyBrokerWatches: {
    about: 'Every broker watches /brokers/ids',
    source: 'the first designs of Kafka’s replication, before it had a controller',
    set: { idsWatchedBy: 'everyBroker' },
    breaks: ['onlyControllersHear'],
    at: { brokers: 3, reads: 'asOne', operatorDeletes: 0 },
  },
  ownerIsController: {
    about: 'The owner of /controller is the controller, whatever id stands in it',
    source: 'a repair for KAFKA-13407, never made',
    rules: { controllerOf: controllerByOwner, resolveElection: resolveElectionByOwner },
    repairs: ['eventuallyController', 'oneEpochOwner', 'oneEffective'],
    keeps: ['noStaleWrite', 'staleControllerResigns'],
    at: { expiries: 0, start: 'empty', operatorDeletes: 0, operatorRewrites: 1, beyondPromise: true },
  },
  electsWhenNobodyIs: {
    about: 'A broker that hears of a change of /controller and finds nobody there stands for election',
    source: 'a repair for what this model found in KafkaController.processControllerChange, never made',
    rules: { afterChange: (found) => (found === null ? 'elect' : 'nothing') },
    repairs: ['eventuallyController'],
    keeps: ['oneEpochOwner', 'oneEffective', 'noStaleWrite', 'staleControllerResigns'],
    at: { brokers: 1, expiries: 0, start: 'empty', beyondPromise: true },
  },
  resignsAtAnyLook: {
    about: 'A broker that finds at any look that it is the controller no more resigns',
    source: 'a repair for what this model found in KafkaController.elect, never made',
    rules: { resignsAtAnyLook: true },
    repairs: ['resignsWhenItCeases'],
    keeps: ['oneEpochOwner', 'oneEffective', 'staleControllerResigns'],
    at: { expiries: 0, operatorDeletes: 3, partition: false, beyondPromise: true },
  },
};
