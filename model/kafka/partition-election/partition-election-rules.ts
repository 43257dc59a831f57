import type { MutantsOf } from '../../../checker/language/index.ts';
import { type FencingRules, isStaleBrokerEpoch, isStaleControllerEpoch } from '../controller/fencing.ts';
import {
  type AlterPartitionAnswer,
  type AlterPartitionRequest,
  type AlterPartitionView,
  answerAlterPartition,
  answerAlterPartitionMutants,
} from './alter-partition.ts';
import {
  isReassignmentComplete,
  isReassignmentCompleteMutants,
  mustMoveLeader,
  mustMoveLeaderMutants,
  type ReplicaAssignment,
  reassignTo,
  reassignToMutants,
} from './assignment.ts';
import { type BrokerChange, brokerChange, brokerChangeMutants, type Registration } from './broker-change.ts';
import type { PartitionNode } from './components.ts';
import { type Elected, type ElectionInput, electLeader, electLeaderMutants } from './election.ts';
import {
  isNewLeaderEpoch,
  isNewLeaderEpochMutants,
  mayStopReplica,
  mayStopReplicaMutants,
} from './leader-epoch-fence.ts';
import type { PartitionElectionParams } from './params.ts';
import {
  type AssignedPartition,
  imbalanceRatio,
  imbalanceRatioMutants,
  isImbalanced,
  isImbalancedMutants,
} from './preferred-leaders.ts';
import { removeReplica, removeReplicaMutants } from './replica-removal.ts';

/** What the actions of kafka/partition-election leave to rules: where versions of Kafka differ, and where a fault can be seeded. */
export interface PartitionElectionRules extends FencingRules {
  readonly electLeader: (input: ElectionInput) => Elected | undefined;
  /** The leader epoch of a decision; `same`: the leader stays who it is. */
  readonly nextLeaderEpoch: (leaderEpoch: number, same: boolean) => number;
  readonly removeReplica: (node: PartitionNode, id: number) => PartitionNode | undefined;
  readonly reassignTo: (assignment: ReplicaAssignment, target: readonly number[]) => ReplicaAssignment;
  readonly isReassignmentComplete: (assignment: ReplicaAssignment, isr: readonly number[]) => boolean;
  readonly mustMoveLeader: (
    leader: number | null,
    targets: readonly number[],
    live: readonly number[],
  ) => boolean;
  readonly brokerChange: (known: readonly Registration[], now: readonly Registration[]) => BrokerChange;
  readonly imbalanceRatio: (broker: number, partitions: readonly AssignedPartition[]) => number;
  readonly isImbalanced: (ratio: number, percentage: number) => boolean;
  readonly answerAlterPartition: (
    request: AlterPartitionRequest,
    view: AlterPartitionView,
  ) => AlterPartitionAnswer;
  /** Whether a broker takes up the leader epoch of a LeaderAndIsr. */
  readonly isNewLeaderEpoch: (own: number, requested: number) => boolean;
  readonly mayStopReplica: (own: number, requested: number) => boolean;
  /** Whether ZooKeeper takes a controller's write: the version of /controller_epoch is the one that it was elected with. */
  readonly isCurrentController: (own: number, current: number) => boolean;
  /** Whether a controller that has read a partition's state goes on with it. */
  readonly mayDecide: (own: number, writtenBy: number) => boolean;
  /** What a controller bases its next attempt on when the znode has changed under it. */
  readonly afterBadVersion: (seen: PartitionNode, now: PartitionNode) => PartitionNode;
  /** Whether a controller that takes over tells every registered broker what it finds. */
  readonly resendsAtFailover: boolean;
  /** Whether it tells them first who lives (KAFKA-4443). */
  readonly metadataFirst: boolean;
  /** Whether it goes on with reassignments that it finds begun. */
  readonly resumesReassignments: boolean;
  /** Whether the assignment in ZooKeeper loses the old replicas only when all else is done. */
  readonly assignsLast: boolean;
  /** Whether a refused write tells a controller that it is none any more; else it takes it for a conflict, and tries again. */
  readonly resignsWhenRefused: boolean;
  /** Whether a request whose connection broke is sent again. */
  readonly retriesRequests: boolean;
  /** Whether a broker that finds /controller to name itself, by an election whose reply was lost, takes over. */
  readonly takesOverOwnNode: boolean;
}

/** Kafka with ZooKeeper, as of 3.x. */
export const partitionElectionRules: PartitionElectionRules = {
  electLeader,
  nextLeaderEpoch: (leaderEpoch) => leaderEpoch + 1,
  removeReplica,
  reassignTo,
  isReassignmentComplete,
  mustMoveLeader,
  brokerChange,
  imbalanceRatio,
  isImbalanced,
  answerAlterPartition,
  isNewLeaderEpoch,
  mayStopReplica,
  isStaleBrokerEpoch,
  isStaleControllerEpoch,
  isCurrentController: (own, current) => own === current,
  mayDecide: (own, writtenBy) => writtenBy <= own,
  afterBadVersion: (_, now) => now,
  resendsAtFailover: true,
  metadataFirst: true,
  resumesReassignments: true,
  assignsLast: true,
  resignsWhenRefused: true,
  retriesRequests: true,
  takesOverOwnNode: true,
};

type Mutants<Rule> = MutantsOf<Rule, PartitionElectionParams>;

const nextLeaderEpochMutants: Mutants<PartitionElectionRules['nextLeaderEpoch']> = {
  neverRaised: {
    about: 'A new leader leads in the epoch of the old one',
    rule: (leaderEpoch) => leaderEpoch,
    at: { brokers: 2, shrinks: 0, failovers: 0 },
  },
  keptForTheSame: {
    about: 'A decision that leaves the leader in place keeps its epoch: what else it says is ignored',
    rule: (leaderEpoch, same) => (same ? leaderEpoch : leaderEpoch + 1),
    at: { brokers: 2, crashes: 0, shrinks: 0, failovers: 0, assignments: [[0]], reassignTo: [1, 0] },
  },
};

const isStaleBrokerEpochMutants: Mutants<PartitionElectionRules['isStaleBrokerEpoch']> = {
  equalIsStale: {
    about: 'A request to the present incarnation is refused as well',
    rule: (own, requested) => requested <= own,
    at: { brokers: 2, shrinks: 0, failovers: 0 },
  },
};

const isStaleControllerEpochMutants: Mutants<PartitionElectionRules['isStaleControllerEpoch']> = {
  laterIsStale: {
    about: 'A broker obeys only the controller that it knows',
    rule: (seen, requested) => seen > 0 && requested !== seen,
    at: { brokers: 2, shrinks: 0 },
  },
};

const mayDecideMutants: Mutants<PartitionElectionRules['mayDecide']> = {
  always: {
    about: 'A controller goes on with a partition that its successor has written',
    rule: () => true,
    at: { brokers: 2 },
    survives:
      'ZooKeeper refuses its write (the version of /controller_epoch); the check only saves the attempt',
  },
};

const isCurrentControllerMutants: Mutants<PartitionElectionRules['isCurrentController']> = {
  predecessorToo: {
    about: 'The version of /controller_epoch may be one behind',
    rule: (own, current) => own >= current - 1,
    at: { brokers: 2, shrinks: 0 },
  },
};

const afterBadVersionMutants: Mutants<PartitionElectionRules['afterBadVersion']> = {
  notReadAgain: {
    about: 'After a conflict the controller tries with the version that it has read first, for ever',
    rule: (seen) => seen,
    at: { failovers: 0, cleanStops: 1, crashes: 0 },
  },
};

/** Seeded faults; those of a rule with a file of its own are there. */
export const partitionElectionMutants = {
  electLeader: electLeaderMutants,
  nextLeaderEpoch: nextLeaderEpochMutants,
  removeReplica: removeReplicaMutants,
  reassignTo: reassignToMutants,
  isReassignmentComplete: isReassignmentCompleteMutants,
  mustMoveLeader: mustMoveLeaderMutants,
  brokerChange: brokerChangeMutants,
  imbalanceRatio: imbalanceRatioMutants,
  isImbalanced: isImbalancedMutants,
  answerAlterPartition: answerAlterPartitionMutants,
  isNewLeaderEpoch: isNewLeaderEpochMutants,
  mayStopReplica: mayStopReplicaMutants,
  isStaleBrokerEpoch: isStaleBrokerEpochMutants,
  isStaleControllerEpoch: isStaleControllerEpochMutants,
  isCurrentController: isCurrentControllerMutants,
  mayDecide: mayDecideMutants,
  afterBadVersion: afterBadVersionMutants,
};
