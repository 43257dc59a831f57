import type { MutantsOf } from '../../../checker/language/index.ts';
import { isNewLeaderEpoch } from '../partition-election/leader-epoch-fence.ts';
import type { ControllerParams } from './params.ts';

/** What a broker knows of itself and of controllers. */
export interface Receiver {
  /** The czxid of its registration, as far as it has heard of it. */
  readonly brokerEpoch: number;
  /** The highest controller epoch it has heard of since it started; 0 at first, nothing of it is stored. */
  readonly controllerEpoch: number;
}

/** The fields of a controller's request that say for whom it is and from whom. */
export interface ControlRequest {
  readonly controllerEpoch: number;
  readonly brokerEpoch: number;
}

/** Kafka's names of the errors; `none`: the broker obeys. */
export type RequestError = 'none' | 'STALE_BROKER_EPOCH' | 'STALE_CONTROLLER_EPOCH';

/**
 * ZkBrokerEpochManager.isBrokerEpochStale: a request to an earlier incarnation. One to a later incarnation is no mistake: the controller may
 * hear of a registration before the broker does (KAFKA-9839).
 */
export const isStaleBrokerEpoch = (own: number, requested: number): boolean => requested < own;

/** ReplicaManager.becomeLeaderOrFollower, stopReplicas and maybeUpdateMetadataCache: a request of an earlier controller. */
export const isStaleControllerEpoch = (highestSeen: number, requested: number): boolean =>
  requested < highestSeen;

export interface FencingRules {
  readonly isStaleBrokerEpoch: (own: number, requested: number) => boolean;
  readonly isStaleControllerEpoch: (highestSeen: number, requested: number) => boolean;
}

/** Which of the fences stops a request: KafkaApis looks at the broker epoch first, then ReplicaManager at the controller epoch. */
export function checkRequest(receiver: Receiver, request: ControlRequest, rules: FencingRules): RequestError {
  if (rules.isStaleBrokerEpoch(receiver.brokerEpoch, request.brokerEpoch)) return 'STALE_BROKER_EPOCH';
  if (rules.isStaleControllerEpoch(receiver.controllerEpoch, request.controllerEpoch)) {
    return 'STALE_CONTROLLER_EPOCH';
  }
  return 'none';
}

/** A broker's replica of the partition: whom it believes to lead. */
export interface Leadership {
  readonly leader: number | null;
  /** -1: it has heard of none since it started. */
  readonly leaderEpoch: number;
}

/**
 * LeaderAndIsr for one partition: a higher leader epoch is taken up, any other ignored. Where it names no leader nothing is taken up, the
 * leader epoch neither: a broker follows only whom it knows to live, and -1 is nobody (ReplicaManager.makeFollowers).
 */
export const takeLeadership = (own: Leadership, said: Leadership): Leadership =>
  said.leader !== null && isNewLeaderEpoch(own.leaderEpoch, said.leaderEpoch)
    ? { leader: said.leader, leaderEpoch: said.leaderEpoch }
    : own;

const restarts: Partial<ControllerParams> = { operatorDeletes: 0, crashes: 1 };
const expiries: Partial<ControllerParams> = { operatorDeletes: 0, expiries: 2, reads: 'asOne' };

export const isStaleBrokerEpochMutants: MutantsOf<FencingRules['isStaleBrokerEpoch'], ControllerParams> = {
  equalIsStale: {
    about: 'A request to the present incarnation is refused as well',
    rule: (own, requested) => requested <= own,
    at: expiries,
  },
  fencesNewer: {
    about: 'The comparison is the wrong way round',
    rule: (own, requested) => requested > own,
    at: restarts,
  },
};

export const isStaleControllerEpochMutants: MutantsOf<
  FencingRules['isStaleControllerEpoch'],
  ControllerParams
> = {
  equalIsStale: {
    about: 'Of each controller a broker obeys the first request alone',
    rule: (seen, requested) => requested <= seen,
    at: expiries,
  },
  onlyTheNext: {
    about: 'A broker that has missed a controller obeys no later one',
    rule: (seen, requested) => requested < seen || requested > seen + 1,
    at: expiries,
  },
};
