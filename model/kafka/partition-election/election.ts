import type { MutantsOf } from '../../../checker/language/index.ts';
import { without } from '../replication/isr.ts';
import { type ReplicaAssignment, targetReplicas } from './assignment.ts';
import {
  controlledShutdownLeader,
  offlineLeader,
  preferredLeader,
  reassignLeader,
} from './election-algorithms.ts';
import type { PartitionElectionParams } from './params.ts';

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

type Mutants<Rule> = MutantsOf<Rule, PartitionElectionParams>;

export const electLeaderMutants: Mutants<typeof electLeader> = {
  lastAssigned: {
    about: 'The assigned replicas are gone through from the end',
    rule: (input) => {
      const replicas = [...input.assignment.replicas].reverse();
      return electLeader({ ...input, assignment: { ...input.assignment, replicas } });
    },
    at: { failovers: 0 },
  },
  alwaysUnclean: {
    about: 'A replica outside of the ISR is elected although that is not allowed',
    rule: (input) => electLeader({ ...input, unclean: true }),
    at: { brokers: 2, failovers: 0 },
  },
  leavingCountAsLive: {
    about: 'A broker that is about to stop is as good as any',
    rule: (input) => electLeader({ ...input, live: [...input.live, ...input.shuttingDown] }),
    at: { brokers: 2, shrinks: 0, failovers: 0, cleanStops: 1, preferredElections: 1 },
  },
  leavingStayInIsr: {
    about: 'A controlled shutdown moves the leader and leaves the ISR as it is',
    rule: (input) => {
      const elected = electLeader(input);
      return elected && input.strategy === 'controlledShutdown' ? { ...elected, isr: input.isr } : elected;
    },
    at: { brokers: 2, crashes: 0, shrinks: 0, failovers: 0, cleanStops: 1 },
  },
  deadStayInIsr: {
    about: 'The ISR of a leader elected for a dead one keeps its dead members',
    rule: (input) => {
      const elected = electLeader(input);
      return elected && !elected.unclean ? { ...elected, isr: input.isr } : elected;
    },
    at: { brokers: 2, failovers: 0 },
    survives:
      'the event that finds a broker dead takes it out of the ISR next (OfflineReplica); nothing here looks in between',
  },
  uncleanKeepsIsr: {
    about: 'After an unclean election the old ISR is trusted still',
    rule: (input) => {
      const elected = electLeader(input);
      return elected?.unclean ? { ...elected, isr: [...input.isr, elected.leader] } : elected;
    },
    at: { crashes: 2, failovers: 0, uncleanLeaderElection: true },
    survives:
      'only logs can show it (kafka/replication: ackedNotLost); a fact of PartitionStateMachineTest does (P13)',
  },
};
