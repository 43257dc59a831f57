import type { Mutants } from '../../../checker/language/index.ts';
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
  readonly takeLeadership: (own: Leadership, said: Leadership) => Leadership;
}

/** Kafka 2.7 to 3.9 with ZooKeeper. */
export const controllerRules: ControllerRules = {
  controllerOf: controllerByData,
  registerController,
  resolveElection,
  fencedWrite,
  isStaleBrokerEpoch,
  isStaleControllerEpoch,
  brokerChange,
  electLeader: offlineLeader,
  mayDecide: (own, writtenBy) => writtenBy <= own,
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
    missesBounced: {
      about: 'A broker that was gone and is back between two looks counts as one that stayed',
      rule: (known, now) => ({ ...brokerChange(known, now), bounced: [] }),
    },
    missesTheDead: {
      about: 'Brokers that are gone stay in the list',
      rule: (known, now) => ({ ...brokerChange(known, now), died: [] }),
    },
    missesTheStarted: {
      about: 'Brokers that are new stay out of the list',
      rule: (known, now) => ({ ...brokerChange(known, now), started: [] }),
    },
  },
  electLeader: {
    firstReplica: {
      about: 'The first replica leads, live or not',
      rule: ([first]) => first,
    },
  },
  takeLeadership: {
    whateverComes: {
      about: 'A broker takes up whatever leader epoch a controller names',
      rule: (_, said) => said,
      at: { duplicates: 1 },
    },
  },
};
