import type { MutantsOf } from '../../../checker/language/index.ts';
import type { PartitionElectionParams } from './params.ts';
/** A deleted topic's StopReplica has this in place of a leader epoch. */
export const EPOCH_DURING_DELETE = -2;
/** A leader epoch that is not known. */
export const NO_EPOCH = -1;

/**
 * ReplicaManager.becomeLeaderOrFollower: only a higher leader epoch is taken up. An equal one is ignored (by controllers with ZooKeeper),
 * so that saying the same again helps only who has missed it.
 */
export const isNewLeaderEpoch = (own: number, requested: number): boolean => requested > own;

/** ReplicaManager.stopReplicas: an equal one will do, since a deletion does not raise it (KAFKA-9539). */
export const mayStopReplica = (own: number, requested: number): boolean =>
  requested === EPOCH_DURING_DELETE || requested === NO_EPOCH || requested >= own;

export const isNewLeaderEpochMutants: MutantsOf<typeof isNewLeaderEpoch, PartitionElectionParams> = {
  equalIsNew: {
    about:
      'A broker takes up what it has taken up before: a leader goes back to an ISR that it has changed since',
    rule: (own, requested) => requested >= own,
    at: { brokers: 2, failovers: 0 },
  },
  anyIsNew: {
    about: 'A broker takes up whatever it is told',
    rule: () => true,
    at: { brokers: 2 },
  },
};

export const mayStopReplicaMutants: MutantsOf<typeof mayStopReplica, PartitionElectionParams> = {
  equalIsRefused: {
    about:
      'A replica stops only for a later leader epoch than its own (before KAFKA-9539 a deletion went astray so)',
    rule: (own, requested) => requested === EPOCH_DURING_DELETE || requested > own,
    at: { brokers: 2, crashes: 0, shrinks: 0, failovers: 0, assignments: [[0]], reassignTo: [1] },
    survives:
      'the replica stays where nobody counts it: its files are left over, and there are no files here',
  },
};
