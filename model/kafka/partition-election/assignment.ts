import type { MutantsOf } from '../../../checker/language/index.ts';
import { union, without } from '../replication/isr.ts';
import type { PartitionElectionParams } from './params.ts';

/** The only replica moves. */
const oneToTwo = { brokers: 2, crashes: 0, shrinks: 0, failovers: 0, assignments: [[0]], reassignTo: [1] };

/** ReplicaAssignment: all replicas of a partition, in order, those that are being added and removed among them. */
export interface ReplicaAssignment {
  readonly replicas: readonly number[];
  readonly addingReplicas: readonly number[];
  readonly removingReplicas: readonly number[];
}

export const assignmentOf = (replicas: readonly number[]): ReplicaAssignment => ({
  replicas,
  addingReplicas: [],
  removingReplicas: [],
});

export const isBeingReassigned = ({ addingReplicas, removingReplicas }: ReplicaAssignment): boolean =>
  addingReplicas.length + removingReplicas.length > 0;

export const originReplicas = ({ replicas, addingReplicas }: ReplicaAssignment): readonly number[] =>
  without(replicas, addingReplicas);

export const targetReplicas = ({ replicas, removingReplicas }: ReplicaAssignment): readonly number[] =>
  without(replicas, removingReplicas);

/**
 * ReplicaAssignment.reassignTo: the targets come first, in their order. Who was being added by a reassignment that this one supersedes is
 * neither origin nor, unless named again, target.
 */
export function reassignTo(assignment: ReplicaAssignment, target: readonly number[]): ReplicaAssignment {
  const origin = originReplicas(assignment);
  const replicas = union(target, origin);
  return {
    replicas,
    addingReplicas: without(replicas, origin),
    removingReplicas: without(replicas, target),
  };
}

/** ReplicaAssignment.removeReplica: it is deleted. */
export const removeFrom = (assignment: ReplicaAssignment, id: number): ReplicaAssignment => ({
  replicas: without(assignment.replicas, [id]),
  addingReplicas: without(assignment.addingReplicas, [id]),
  removingReplicas: without(assignment.removingReplicas, [id]),
});

/** KafkaController.isReassignmentComplete: every target is in the ISR. */
export const isReassignmentComplete = (assignment: ReplicaAssignment, isr: readonly number[]): boolean =>
  without(targetReplicas(assignment), isr).length === 0;

/**
 * KafkaController.moveReassignedPartitionLeaderIfRequired: whether the leader must be elected anew among the targets, or just told about
 * them. The leader may be null.
 */
export const mustMoveLeader = (
  leader: number | null,
  targets: readonly number[],
  live: readonly number[],
): boolean => leader === null || !targets.includes(leader) || !live.includes(leader);

export const reassignToMutants: MutantsOf<typeof reassignTo, PartitionElectionParams> = {
  originsFirst: {
    about: 'The old replicas come first',
    rule: (assignment, target) => {
      const reassigned = reassignTo(assignment, target);
      return { ...reassigned, replicas: union(originReplicas(assignment), target) };
    },
    at: { ...oneToTwo, brokers: 3, assignments: [[0, 1]], reassignTo: [2, 1] },
  },
  nobodyRemoved: {
    about: 'The old replicas stay',
    rule: (assignment, target) => ({ ...reassignTo(assignment, target), removingReplicas: [] }),
    at: oneToTwo,
  },
};

export const isReassignmentCompleteMutants: MutantsOf<
  typeof isReassignmentComplete,
  PartitionElectionParams
> = {
  nobodyElse: {
    about: 'A reassignment is complete only when nobody but the targets is in the ISR',
    rule: (assignment, isr) =>
      isReassignmentComplete(assignment, isr) && without(isr, targetReplicas(assignment)).length === 0,
    at: oneToTwo,
  },
  atOnce: {
    about: 'A reassignment does not wait for the new replicas',
    rule: () => true,
    at: oneToTwo,
  },
};

export const mustMoveLeaderMutants: MutantsOf<typeof mustMoveLeader, PartitionElectionParams> = {
  leaderStays: {
    about: 'The leader is left where it is, though it be removed next',
    rule: () => false,
    at: oneToTwo,
  },
};
