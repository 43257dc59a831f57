import type { Change } from '../../../checker/language/index.ts';
import { ANY_VERSION } from '../../zookeeper/store/tree.ts';
import { brokerChange } from '../partition-election/broker-change.ts';
import { kafkaRules } from '../replication/replication-rules.ts';
import type { ClusterParams } from './params.ts';
import type { ClusterRules } from './rules.ts';

const { leave, join, elect, strictMinIsr } = kafkaRules;

/** What needs both halves to be seen: bugs of the controller and what they do to records and to availability. */
export const clusterChanges: Readonly<Record<string, Change<ClusterParams, ClusterRules>>> = {
  unfencedWrites: {
    about:
      'A controller writes to ZooKeeper without a look at the controller epoch; no record is lost by that',
    source: 'KAFKA-6082, repaired in 2.1',
    rules: { fencedWrite: (_, op) => [op] },
    breaks: ['noStaleWrite'],
    keeps: ['ackedNotLost', 'oneLeaderPerEpoch', 'noLostUpdate'],
    at: { operatorDeletes: 1 },
  },
  blindWrites: {
    about:
      'A controller writes whatever the partition has become since it has read it: the ISR of then leads',
    source: 'seeded; KafkaZkClient.updateLeaderAndIsr',
    rules: { decisionVersion: () => ANY_VERSION },
    breaks: ['noLostUpdate', 'ackedNotLost'],
    at: { machineCrashes: 0, expiries: 1, shrinks: 1, minInsyncReplicas: 1 },
  },
  requestsOfAnyController: {
    about: 'A broker obeys controllers of any epoch: the leader epoch stops what is old all the same',
    source: 'seeded; ReplicaManager.becomeLeaderOrFollower',
    rules: { isStaleControllerEpoch: () => false },
    breaks: ['controllerEpochAdopted'],
    keeps: ['ackedNotLost', 'oneLeaderPerEpoch', 'leaderEpochAdopted'],
    at: { operatorDeletes: 1 },
  },
  requestsInAnyOrder: {
    about: 'A broker obeys any controller, in any leader epoch',
    source: 'seeded; ReplicaManager.becomeLeaderOrFollower',
    rules: { isStaleControllerEpoch: () => false, isNewLeaderEpoch: (own, said) => said !== own },
    breaks: ['leaderEpochAdopted', 'controllerEpochAdopted'],
    at: { operatorDeletes: 1 },
  },
  requestsToAnyIncarnation: {
    about: 'A broker that has started again obeys what was meant for the one that it was',
    source: 'KIP-380 (KAFKA-7235), repaired in 2.2',
    rules: { isStaleBrokerEpoch: () => false },
    breaks: ['incarnationSafe'],
    at: { operatorDeletes: 1, records: 0 },
  },
  oldIncarnationLeads: {
    about:
      'The same, and what was meant for it says that it leads alone: it acknowledges a record that its successor never sees',
    source: 'KIP-380 (KAFKA-7235), repaired in 2.2',
    rules: { isStaleBrokerEpoch: () => false },
    breaks: ['ackedNotLost'],
    at: { operatorDeletes: 1, shrinks: 1, minInsyncReplicas: 1 },
  },
  bouncedUnnoticed: {
    about:
      'The controller compares ids: a broker that is back when it looks has never been away, and is told nothing',
    source: 'KIP-380 (KAFKA-1120), repaired in 2.2',
    rules: { brokerChange: (known, now) => ({ ...brokerChange(known, now), bounced: [] }) },
    breaks: ['eventuallyLed'],
    keeps: ['ackedNotLost'],
  },
  newerIncarnationRefused: {
    about: 'A broker refuses requests to any incarnation but the one that it knows itself to be',
    source: 'KAFKA-9839, repaired in 2.6',
    rules: { isStaleBrokerEpoch: (own, requested) => requested !== own },
    breaks: ['eventuallyLed'],
    at: { replicas: 1, machineCrashes: 0, expiries: 1 },
  },
  failoverTellsNobody: {
    about:
      'A controller that takes over tells nobody: what its predecessor wrote, and did not come to say, is never heard of',
    source: 'seeded; ReplicaStateMachine.startup',
    rules: { toldBefore: (known) => known },
    breaks: ['eventuallyLed'],
    at: { replicas: 1, expiries: 1 },
  },
  eligibleLeaderReplicas: {
    about: 'The last replica leaves the ISR like any other: who has lost its records does not lead',
    source: 'KIP-966, which came for KRaft alone',
    rules: { leave, join, elect, strictMinIsr },
    repairs: ['ackedNotLost'],
    at: { flushEveryRecord: false, shrinks: 1 },
  },
};
