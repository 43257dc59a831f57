import type { Change } from '../../../checker/language/index.ts';
import type { AbstractParams } from './params.ts';
import type { AbstractRules } from './rules.ts';
import * as variants from './variants.ts';

/** The line of truncation bugs, each as Kafka was before its repair. The model itself is Kafka since 2.1. */
export const abstractChanges: Readonly<Record<string, Change<AbstractParams, AbstractRules>>> = {
  truncateToHighWatermark: {
    about: 'A new follower cuts its log at its own high watermark, which lags behind what is committed',
    source: 'Kafka up to 0.10; KAFKA-1211, KIP-101',
    rules: variants.truncateToHighWatermark,
    breaks: ['weakIsr', 'strongIsr'],
    fixedBy: 'kip101',
    at: { logSize: 1, records: 1, maxLeaderEpoch: 1 },
  },
  truncateToHighWatermarkDiverges: {
    about: 'The same cut leaves a suffix below the high watermark that the new leader never had',
    source: 'Kafka up to 0.10; KIP-101, scenario 2',
    rules: variants.truncateToHighWatermark,
    breaks: ['sameEpochMatch', 'prefixToHighWatermark'],
    fixedBy: 'kip101',
    at: { logSize: 1 },
  },
  kip101: {
    about:
      'The leader answers where the first epoch above the asked one starts, and does not say which that is',
    source: 'Kafka 0.11 to 1.1; KAFKA-6361, KIP-279',
    rules: variants.kip101,
    breaks: ['weakIsr', 'strongIsr'],
    fixedBy: 'kip279',
  },
  kip101Unclamped: {
    about: 'KIP-101 as specified: an answer beyond the own end of the log keeps a replica from following',
    source: 'Kip101.tla, FiniteReplicatedLog.tla: TruncateTo',
    rules: variants.kip101Unclamped,
    breaks: ['weakIsr', 'strongIsr'],
    fixedBy: 'kip279',
  },
  kip279: {
    about: 'The leader ignores in which epoch a follower fetches and truncates',
    source: 'Kafka 2.0; KAFKA-6880, KIP-320',
    rules: variants.kip279,
    breaks: ['weakIsr', 'strongIsr'],
    at: { replicas: 3, logSize: 1, records: 1 },
  },
  kip320FirstTry: {
    about: 'The leader fences by the epoch of the last record fetched, not by the epoch of the follower',
    source: 'Kip320FirstTry.tla',
    rules: variants.kip320FirstTry,
    breaks: ['weakIsr', 'strongIsr', 'sameEpochMatch'],
    at: { replicas: 3, logSize: 1 },
  },
  expandBelowEpochStart: {
    about: 'A follower at the high watermark of a new leader joins the ISR, although that watermark lags',
    source: 'KAFKA-7128',
    rules: { hasReachedCurrentEpoch: () => true },
    breaks: ['strongIsr'],
    at: { replicas: 3, logSize: 1, records: 1, maxLeaderEpoch: 1 },
  },
  unfencedTruncation: {
    about: 'Fetches are fenced by the leader epoch, the question where to truncate is not',
    source: 'Kip320.tla, FencedBecomeFollowerAndTruncate',
    rules: { mayTruncateAgainst: () => true },
    breaks: ['weakIsr', 'strongIsr', 'sameEpochMatch'],
    at: { replicas: 3, logSize: 1 },
  },
  leaderOutlivesItsMembership: {
    about: 'The controller takes a failed leader out of the ISR and leaves it the leadership',
    source: 'seeded',
    rules: { leaderAfterShrink: ({ leader }) => leader },
    breaks: ['leaderInIsr'],
    at: { logSize: 1, records: 1, maxLeaderEpoch: 1 },
  },
};
