import { epochsOf } from '../replication/log.ts';
import { endOffsetByKip101, truncateByKip101 } from '../replication/truncation.ts';
import { type AbstractRules, firstNonMatchingOffsetFromTail, kip320 } from './rules.ts';
import { presumesLeadership, type Replica } from './state.ts';

const followerLog = ({ log, highWatermark }: Replica) => ({
  epochCache: epochsOf(log),
  logEndOffset: log.length,
  highWatermark,
});

/** KafkaReplication.tla: whoever follows counts, in whatever epoch; and the ISR may grow at once. */
const unfenced: AbstractRules = {
  ...kip320,
  isFollowerCaughtUp: (leader, follower, endOffset) =>
    presumesLeadership(leader) &&
    follower.leader === leader.id &&
    leader.log.length >= endOffset &&
    follower.log.length >= endOffset,
  hasReachedCurrentEpoch: () => true,
  mayTruncateAgainst: () => true,
};

/** KafkaTruncateToHighWatermark.tla */
export const truncateToHighWatermark: AbstractRules = {
  ...unfenced,
  truncationOffset: (_, { highWatermark }) => highWatermark,
};

function lookupOffsetForEpoch(leader: Replica, follower: Replica): number | undefined {
  const last = follower.log.at(-1);
  return last && endOffsetByKip101(epochsOf(leader.log), last.leaderEpoch, leader.log.length);
}

/** Kip101.tla, with the answer cut to the follower's own end, as ReplicaFetcherThread does. */
export const kip101: AbstractRules = {
  ...unfenced,
  truncationOffset: (leader, follower) =>
    truncateByKip101(followerLog(follower), lookupOffsetForEpoch(leader, follower)).offset,
};

/** Kip101.tla to the letter: TruncateTo is disabled for an answer beyond the follower's end. */
export const kip101Unclamped: AbstractRules = {
  ...unfenced,
  truncationOffset: (leader, follower) =>
    lookupOffsetForEpoch(leader, follower) ?? kip101.truncationOffset(leader, follower),
};

/** Kip279.tla */
export const kip279: AbstractRules = { ...unfenced, truncationOffset: firstNonMatchingOffsetFromTail };

/** Kip320FirstTry.tla: instead of its own epoch the follower names that of its last record, and truncates when it differs. */
export const kip320FirstTry: AbstractRules = {
  ...kip320,
  isFollowerCaughtUp: (leader, follower, endOffset) =>
    unfenced.isFollowerCaughtUp(leader, follower, endOffset) &&
    leader.log[endOffset - 1]?.leaderEpoch === follower.log[endOffset - 1]?.leaderEpoch,
  mayTruncateAgainst: () => true,
  truncationOffset: (_, { log }) => log.length,
  truncationOnFetch: (leader, follower) => {
    const last = follower.log.length - 1;
    if (last < 0) return;
    const agrees = leader.log[last]?.leaderEpoch === follower.log[last]?.leaderEpoch;
    return agrees ? undefined : firstNonMatchingOffsetFromTail(leader, follower);
  },
};
