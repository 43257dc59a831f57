import type { MutantsOf } from '../../../checker/language/index.ts';
import { without } from '../replication/isr.ts';
import type { PartitionElectionParams } from './params.ts';

interface PartitionChange {
  readonly leader: number | null;
  readonly leaderEpoch: number;
  readonly isr: readonly number[];
  readonly partitionEpoch: number;
  /** After an unclean election, until the leader has made up its mind about its log. */
  readonly recovering?: boolean;
}

export interface AlterPartitionRequest extends PartitionChange {
  readonly leader: number;
  readonly brokerEpoch: number;
}

/** What the controller that is asked believes. */
export interface AlterPartitionView {
  readonly active: boolean;
  /** The broker epoch of the asking broker; undefined if it is not registered. */
  readonly brokerEpoch: number | undefined;
  /** Undefined for a partition that it does not know. */
  readonly partition: PartitionChange | undefined;
  /** Registered and not about to stop. */
  readonly live: readonly number[];
}

export type AlterPartitionRefusal =
  | 'NOT_CONTROLLER'
  | 'STALE_BROKER_EPOCH'
  | 'UNKNOWN_TOPIC_OR_PARTITION'
  | 'FENCED_LEADER_EPOCH'
  | 'INVALID_UPDATE_VERSION'
  | 'INVALID_REQUEST'
  | 'INELIGIBLE_REPLICA';

/** 'write': a conditional write follows; 'unchanged': it is so already, the answer is success. */
export type AlterPartitionAnswer = AlterPartitionRefusal | 'write' | 'unchanged';

/**
 * KafkaController.tryProcessAlterPartition. A request that is newer than the controller's cache is from a leader that another controller
 * made: this one is out of date (KAFKA-14154). Repeating a request that succeeded does no harm, whatever its partition epoch.
 */
export function answerAlterPartition(
  request: AlterPartitionRequest,
  view: AlterPartitionView,
): AlterPartitionAnswer {
  const { active, brokerEpoch, partition, live } = view;
  if (!active) return 'NOT_CONTROLLER';
  if (brokerEpoch !== request.brokerEpoch) return 'STALE_BROKER_EPOCH';
  if (partition === undefined) return 'UNKNOWN_TOPIC_OR_PARTITION';
  if (isNewerThan(request, partition)) return 'NOT_CONTROLLER';
  if (request.leaderEpoch < partition.leaderEpoch) return 'FENCED_LEADER_EPOCH';
  if (isSameState(request, partition)) return 'unchanged';
  if (request.partitionEpoch < partition.partitionEpoch) return 'INVALID_UPDATE_VERSION';
  if (request.recovering && (request.isr.length > 1 || !partition.recovering)) return 'INVALID_REQUEST';
  return without(request.isr, live).length > 0 ? 'INELIGIBLE_REPLICA' : 'write';
}

const isNewerThan = (request: PartitionChange, known: PartitionChange): boolean =>
  request.partitionEpoch > known.partitionEpoch || request.leaderEpoch > known.leaderEpoch;

/** LeaderAndIsr.equalsAllowStalePartitionEpoch. */
const isSameState = (request: PartitionChange, known: PartitionChange): boolean =>
  request.leader === known.leader &&
  request.leaderEpoch === known.leaderEpoch &&
  request.isr.length === known.isr.length &&
  without(request.isr, known.isr).length === 0 &&
  (request.recovering ?? false) === (known.recovering ?? false) &&
  request.partitionEpoch <= known.partitionEpoch;

const asking: Partial<PartitionElectionParams> = { brokers: 2, isrWrites: 'alterPartition' };

export const answerAlterPartitionMutants: MutantsOf<typeof answerAlterPartition, PartitionElectionParams> = {
  earlierLeaderTaken: {
    about: 'A leader that has been replaced still changes the ISR',
    rule: (request, view) => {
      const { partition } = view;
      const renewed = partition && { ...request, leaderEpoch: partition.leaderEpoch };
      return answerAlterPartition(renewed ?? request, view);
    },
    at: { ...asking, failovers: 0 },
    survives: 'its partition epoch is behind as well, so that the conditional write fails',
  },
  everythingFenced: {
    about: 'Each change is refused as from an earlier leader',
    rule: (request, view) => {
      const answer = answerAlterPartition(request, view);
      return answer === 'write' ? 'FENCED_LEADER_EPOCH' : answer;
    },
    at: { ...asking, failovers: 0 },
  },
};
