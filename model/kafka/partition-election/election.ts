import { without } from '../replication/isr.ts';
import { type ReplicaAssignment, targetReplicas } from './assignment.ts';
import {
  controlledShutdownLeader,
  offlineLeader,
  preferredLeader,
  reassignLeader,
} from './election-algorithms.ts';

/** What the controller knows of the brokers. */
export interface LiveBrokers {
  /** Registered and not about to stop. */
  readonly live: readonly number[];
  readonly shuttingDown: readonly number[];
}

export type Strategy = 'offline' | 'reassign' | 'preferred' | 'controlledShutdown';

export interface ElectionInput extends LiveBrokers {
  readonly strategy: Strategy;
  readonly assignment: ReplicaAssignment;
  readonly isr: readonly number[];
  /** For 'offline': whether somebody outside the ISR may lead when none of its members is live. */
  readonly unclean: boolean;
}

/** A new leader, with its ISR; the leader epoch rises by one, also when the leader stays the same. */
export interface Elected {
  readonly leader: number;
  readonly isr: readonly number[];
  /** Who is sent LeaderAndIsr, if registered. */
  readonly recipients: readonly number[];
  /** The leader was not in the ISR; since 3.2 the partition is then RECOVERING. */
  readonly unclean: boolean;
}

/** The four strategies of Election.scala; undefined when none of the candidates will do. */
export function electLeader(input: ElectionInput): Elected | undefined {
  const { assignment, isr, live, shuttingDown, unclean } = input;
  const { replicas } = assignment;
  const chosen = (leader: number | undefined, nextIsr: readonly number[], recipients: readonly number[]) =>
    leader === undefined ? undefined : { leader, isr: nextIsr, recipients, unclean: !isr.includes(leader) };
  switch (input.strategy) {
    case 'offline': {
      const leader = offlineLeader(replicas, isr, live, unclean && mayElectUncleanly(isr, live));
      return chosen(
        leader,
        leader === undefined ? isr : isrOfOfflineLeader(leader, isr, live),
        replicas.filter((id) => live.includes(id)),
      );
    }
    case 'reassign': {
      const targets = targetReplicas(assignment);
      return chosen(reassignLeader(targets, isr, live), isr, targets);
    }
    case 'preferred':
      return chosen(preferredLeader(replicas, isr, live), isr, replicas);
    case 'controlledShutdown': {
      const registered = [...live, ...shuttingDown];
      const leader = controlledShutdownLeader(replicas, isr, registered, shuttingDown);
      const recipients = replicas.filter((id) => registered.includes(id));
      return chosen(leader, without(isr, shuttingDown), recipients);
    }
  }
}

/** ZkPartitionStateMachine.collectUncleanLeaderElectionState: only when no member of the ISR is live, one outside of the assignment included. */
export const mayElectUncleanly = (isr: readonly number[], live: readonly number[]): boolean =>
  !isr.some((id) => live.includes(id));

/** A leader from the ISR keeps its live members; one from outside can trust nobody else. */
export const isrOfOfflineLeader = (
  leader: number,
  isr: readonly number[],
  live: readonly number[],
): readonly number[] => (isr.includes(leader) ? isr.filter((id) => live.includes(id)) : [leader]);
