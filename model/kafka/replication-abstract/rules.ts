import { sameRecord } from '../replication/log.ts';
import { presumesLeadership, type Quorum, type Replica } from './state.ts';

/** Where the versions of the protocol differ (the modules of the specification). */
export interface AbstractRules {
  /** Whether the leader may take it that the follower has its log up to `endOffset`. */
  readonly isFollowerCaughtUp: (leader: Replica, follower: Replica, endOffset: number) => boolean;
  /** Whether the leader's high watermark has caught up with the start of its own epoch: only then its ISR may grow. */
  readonly hasReachedCurrentEpoch: (leader: Replica) => boolean;
  /** Whether a follower that is told of a new epoch may look into this leader's log already. */
  readonly mayTruncateAgainst: (leader: Replica, leaderAndIsr: Quorum) => boolean;
  /** Where a new follower cuts its log. Beyond its own end: it cannot, and does not follow. */
  readonly truncationOffset: (leader: Replica, follower: Replica) => number;
  /** Where a follower cuts its log while it fetches, if it must; null where that is done when it begins to follow. */
  readonly truncationOnFetch: ((leader: Replica, follower: Replica) => number | undefined) | null;
  /** Who leads after `replica` is gone from the ISR. */
  readonly leaderAfterShrink: (quorum: Quorum, replica: number) => number | null;
}

/** KafkaReplication.tla, FirstNonMatchingOffsetFromTail: above the last offset at which both have the same record. */
export function firstNonMatchingOffsetFromTail({ log: leader }: Replica, { log: follower }: Replica): number {
  return follower.findLastIndex((record, offset) => sameRecord(record, leader[offset])) + 1;
}

const isFollowingEpoch = (leader: Replica, follower: Replica): boolean =>
  presumesLeadership(leader) && follower.leader === leader.id && follower.leaderEpoch === leader.leaderEpoch;

/** Kip320.tla: the protocol as it is since Kafka 2.1. */
export const kip320: AbstractRules = {
  isFollowerCaughtUp: (leader, follower, endOffset) =>
    isFollowingEpoch(leader, follower) && leader.log.length >= endOffset && follower.log.length >= endOffset,
  hasReachedCurrentEpoch: ({ log, highWatermark, leaderEpoch }) =>
    log.length === highWatermark || log[highWatermark]?.leaderEpoch === leaderEpoch,
  mayTruncateAgainst: (leader, leaderAndIsr) =>
    presumesLeadership(leader) && leader.leaderEpoch === leaderAndIsr.leaderEpoch,
  truncationOffset: firstNonMatchingOffsetFromTail,
  truncationOnFetch: null,
  leaderAfterShrink: ({ leader }, replica) => (leader === replica ? null : leader),
};
