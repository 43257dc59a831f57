import type { Mutants } from '../../../checker/language/index.ts';
import type { Code } from '../../zookeeper/store/tree.ts';
import { type BrokerChange, brokerChange, type Registration } from '../partition-election/broker-change.ts';
import { offlineLeader } from '../partition-election/election-algorithms.ts';
import {
  controllerByData,
  controllerOfMutants,
  type ElectionRules,
  fencedWrite,
  fencedWriteMutants,
  registerController,
  registerControllerMutants,
  resolveElection,
  resolveElectionMutants,
} from './election.ts';
import {
  type FencingRules,
  isStaleBrokerEpoch,
  isStaleBrokerEpochMutants,
  isStaleControllerEpoch,
  isStaleControllerEpochMutants,
  type Leadership,
  takeLeadership,
} from './fencing.ts';
import type { ControllerParams } from './params.ts';

/** Where versions of Kafka differ, and where a fault can be seeded. */
export interface ControllerRules extends ElectionRules, FencingRules {
  readonly brokerChange: (
    known: readonly Registration[],
    registered: readonly Registration[],
  ) => BrokerChange;
  readonly electLeader: (
    replicas: readonly number[],
    isr: readonly number[],
    live: readonly number[],
    unclean: boolean,
  ) => number | undefined;
  /** Whether a controller goes on with the election of a partition whose state was written in this controller epoch. */
  readonly mayDecide: (own: number, writtenBy: number) => boolean;
  /** Whether the brokers are told of an election, given what ZooKeeper has answered to its write. */
  readonly tellsOf: (answer: Code) => boolean;
  readonly takeLeadership: (own: Leadership, said: Leadership) => Leadership;
}

/** Kafka 2.7 to 3.9 with ZooKeeper. */
export const controllerRules: ControllerRules = {
  controllerOf: controllerByData,
  afterChange: () => 'nothing',
  resignsAtAnyLook: false,
  registerController,
  resolveElection,
  fencedWrite,
  isStaleBrokerEpoch,
  isStaleControllerEpoch,
  brokerChange,
  electLeader: offlineLeader,
  mayDecide: (own, writtenBy) => writtenBy <= own,
  tellsOf: (answer) => answer === 'OK',
  takeLeadership,
};

export const controllerMutants: Mutants<ControllerParams, ControllerRules> = {
  controllerOf: controllerOfMutants,
  registerController: registerControllerMutants,
  resolveElection: resolveElectionMutants,
  fencedWrite: fencedWriteMutants,
  isStaleBrokerEpoch: isStaleBrokerEpochMutants,
  isStaleControllerEpoch: isStaleControllerEpochMutants,
  brokerChange: {
    missesTheStarted: {
      about: 'Brokers that are new stay out of the list',
      rule: (known, now) => ({ ...brokerChange(known, now), started: [] }),
      at: { operatorDeletes: 0, crashes: 1, expiries: 0 },
    },
  },
  electLeader: {
    deadElected: {
      about: 'The first replica is to lead, dead or alive',
      rule: ([first]) => first,
      at: { expiries: 1, operatorDeletes: 0 },
      survives:
        'no promise of this model is about who leads: kafka/partition-election has those (cleanElection, firstAssigned, isServed)',
    },
  },
  mayDecide: {
    decidesAnyway: {
      about: 'A controller does not look at who has written the state of a partition',
      rule: () => true,
      at: { reads: 'asOne' },
      survives: 'the write is refused all the same, by the version of the controller epoch',
    },
  },
  tellsOf: {
    refusedWrites: {
      about: 'The brokers are told of a new leader though ZooKeeper has refused it',
      rule: () => true,
      at: { reads: 'asOne' },
    },
  },
  takeLeadership: {
    whateverComes: {
      about: 'A broker takes up whatever leader epoch a controller names',
      rule: (_, said) => said,
      at: { duplicates: 1, reads: 'asOne' },
    },
  },
};
