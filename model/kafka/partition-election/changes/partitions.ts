import { electLeader } from '../election.ts';
import { removeReplica } from '../replica-removal.ts';
import { calm, type PartitionElectionChange } from './change.ts';

const always = ['oneLeaderPerEpoch', 'epochsRise', 'leaderInIsr', 'isrNotEmpty', 'isrAssigned'];

/** Elections, the ISR and reassignments. */
export const partitionChanges: Readonly<Record<string, PartitionElectionChange>> = {
  isrOrderElection: {
    about: 'The first live member of the ISR is elected, in whatever order a leader has written it',
    source: 'seeded; PartitionLeaderElectionAlgorithms scans the assignment (apache/kafka PR 3765)',
    rules: {
      electLeader: (input) => {
        const { isr, assignment } = input;
        return electLeader(
          input.strategy === 'offline' ? { ...input, assignment: { ...assignment, replicas: isr } } : input,
        );
      },
    },
    breaks: ['firstAssigned'],
    at: { ...calm, assignments: [[0, 2, 1]], crashes: 1 },
  },
  alterPartition: {
    about: 'Leaders ask the controller for changes of the ISR',
    source: 'KIP-497',
    set: { isrWrites: 'alterPartition' },
    keeps: [...always, 'cleanElection', 'firstAssigned', 'isServed', 'everyoneInSync'],
    at: { brokers: 2 },
  },
  expiredLeaderAsks: {
    about:
      'A leader must ask for a change of the ISR, so that one whose session is over cannot hand the ISR to somebody just when the controller has found no candidate',
    source: 'KIP-497; KafkaController.onReplicasBecomeOffline elects before it takes the dead out of the ISR',
    set: { isrWrites: 'alterPartition' },
    repairs: ['isServed'],
    at: { brokers: 2, failovers: 0, expiries: 1, beyondPromise: true },
  },
  uncleanElection: {
    about: 'When no member of the ISR is live another replica leads',
    source: 'unclean.leader.election.enable=true',
    set: { uncleanLeaderElection: true },
    keeps: [...always, 'firstAssigned', 'isServed', 'everyoneInSync'],
    at: { brokers: 2, crashes: 2, failovers: 0 },
  },
  operatorChoosesLeader: {
    about: 'An operator names the leader of a partition that has none: it is trusted alone',
    source: 'AdminClient.electLeaders with UNCLEAN, but for the choice of the replica',
    set: { chosenLeaders: 1 },
    keeps: [...always, 'firstAssigned', 'isServed', 'everyoneInSync'],
    at: { brokers: 2 },
  },
  leaderEpochKeptOnShrink: {
    about:
      'The controller takes a follower out of the ISR without a new leader epoch; the leader ignores what it is told of it',
    source: 'KAFKA-15021, which is for KRaft',
    rules: {
      removeReplica: (node, id) => {
        const removed = removeReplica(node, id);
        return removed && removed.leader === node.leader
          ? { ...removed, leaderEpoch: node.leaderEpoch }
          : removed;
      },
    },
    breaks: ['everyoneInSync'],
    at: { ...calm, brokers: 2, crashes: 1 },
  },
  sameWriteRetried: {
    about: 'After a conflict the controller writes what it had decided on before',
    source: 'seeded; PartitionStateMachine.electLeaderForPartitions decides anew',
    rules: { afterBadVersion: (seen, now) => ({ ...seen, partitionEpoch: now.partitionEpoch }) },
    breaks: ['cleanElection'],
    at: { ...calm, shrinks: 1, cleanStops: 1 },
  },
  thresholdTooHigh: {
    about: 'Leaders may be as far from the preferred ones as they like: nothing moves back',
    source: 'leader.imbalance.per.broker.percentage',
    set: { imbalancePercentage: 100 },
    breaks: ['preferredLeads'],
    at: { ...calm, brokers: 2, crashes: 1, autoLeaderRebalance: true },
  },
  assignmentWrittenFirst: {
    about: 'A reassignment forgets the old replicas in ZooKeeper before they are out of the ISR',
    source: 'seeded; KafkaController.onPartitionReassignment does it last',
    rules: { assignsLast: false },
    breaks: ['isrAssigned'],
    at: { ...calm, brokers: 2, assignments: [[0]], reassignTo: [1] },
  },
  reassignmentForgotten: {
    about: 'A controller that takes over leaves reassignments where they are',
    source: 'seeded; KafkaController.initializePartitionReassignments',
    rules: { resumesReassignments: false },
    breaks: ['reassignmentCompletes'],
    at: { ...calm, brokers: 2, assignments: [[0]], reassignTo: [1], failovers: 1 },
  },
};
