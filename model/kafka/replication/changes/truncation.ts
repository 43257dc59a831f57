import { truncateFromEnd } from '../leader-epoch-cache.ts';
import { kafkaRules } from '../replication-rules.ts';
import { endOffsetByKip101, truncateByKip101 } from '../truncation.ts';
import { calm, type ReplicationChange } from './change.ts';

/** How a follower found out where to cut its log, from one repair to the next. */
export const truncationChanges: Readonly<Record<string, ReplicationChange>> = {
  truncateToHighWatermark: {
    about: 'A new follower cuts its log at its own high watermark, which lags behind what is committed',
    source: 'Kafka up to 0.10; KAFKA-1211, KIP-101',
    rules: { truncation: 'highWatermark' },
    breaks: ['weakIsr', 'strongIsr', 'candidateComplete', 'ackedNotLost'],
    fixedBy: 'kip101',
    at: { ...calm, moves: 2, shrinks: 0 },
  },
  truncateToHighWatermarkDiverges: {
    about: 'The same cut leaves a suffix below the high watermark that the new leader never had',
    source: 'Kafka up to 0.10; KIP-101, scenario 2',
    rules: { truncation: 'highWatermark' },
    breaks: ['prefixToHighWatermark', 'sameEpochMatch', 'consumedStable'],
    fixedBy: 'epochRequests',
    at: { ...calm, records: 2, moves: 2, shrinks: 0 },
  },
  kip101: {
    about:
      'The leader answers where the first epoch above the asked one starts, and does not say which that is',
    source: 'Kafka 0.11 to 1.1; KAFKA-6361, KIP-279',
    rules: {
      truncation: 'epochRequest',
      answerEpoch: (cache, epoch, logEndOffset) => {
        const endOffset = endOffsetByKip101(cache, epoch, logEndOffset);
        return endOffset === undefined ? undefined : { epoch, endOffset };
      },
      truncate: (follower, answer) => truncateByKip101(follower, answer?.endOffset),
    },
    breaks: ['weakIsr', 'strongIsr', 'candidateComplete', 'prefixToHighWatermark', 'sameEpochMatch'],
    fixedBy: 'epochRequests',
    at: { ...calm, records: 2, moves: 2, shrinks: 0 },
  },
  unfencedFetch: {
    about: 'The leader ignores in which epoch a follower fetches and truncates',
    source: 'Kafka 2.0; KAFKA-6880, KIP-320',
    rules: { truncation: 'epochRequest', checkLeaderEpoch: () => 'ok' },
    breaks: [
      'weakIsr',
      'strongIsr',
      'candidateComplete',
      'ackedNotLost',
      'committedSomewhere',
      'epochCacheSound',
    ],
    fixedBy: 'epochRequests',
    at: { ...calm, moves: 3, shrinks: 0 },
  },
  unfencedTruncation: {
    about: 'Fetches are fenced by the leader epoch, the question where to truncate is not',
    source: 'Kip320.tla, FencedBecomeFollowerAndTruncate',
    rules: {
      truncation: 'epochRequest',
      checkLeaderEpoch: (own, requested, kind) =>
        kind === 'epoch' ? 'ok' : kafkaRules.checkLeaderEpoch(own, requested, kind),
    },
    breaks: ['weakIsr', 'strongIsr', 'candidateComplete', 'sameEpochMatch'],
    fixedBy: 'epochRequests',
    at: { ...calm, replicas: 3, records: 2, moves: 2, shrinks: 0 },
  },
  epochRequests: {
    about: 'The follower asks for the end of its last epoch before it fetches',
    source: 'Kafka 2.1 to 2.6; KIP-320',
    rules: {
      truncation: 'epochRequest',
      answerEpoch: kafkaRules.answerEpoch,
      truncate: kafkaRules.truncate,
      truncatesUnder: kafkaRules.truncatesUnder,
      recordsEpochOnElection: kafkaRules.recordsEpochOnElection,
      checkLeaderEpoch: kafkaRules.checkLeaderEpoch,
    },
    keeps: [
      'weakIsr',
      'strongIsr',
      'candidateComplete',
      'ackedNotLost',
      'prefixToHighWatermark',
      'sameEpochMatch',
      'quorumSuperset',
      'consumedStable',
      'committedSomewhere',
      'epochCacheSound',
    ],
    at: { ...calm, records: 2, moves: 2 },
  },
  truncatesForNewLeaderOnly: {
    about: 'A follower that stays with its leader in a new epoch does not check its log',
    source: 'KAFKA-7164',
    rules: { truncation: 'epochRequest', truncatesUnder: (leader, followed) => leader !== followed },
    breaks: ['weakIsr', 'strongIsr', 'candidateComplete', 'prefixToHighWatermark', 'sameEpochMatch'],
    fixedBy: 'epochRequests',
    at: { ...calm, records: 2, moves: 2, shrinks: 0 },
  },
  epochNotedWithFirstRecord: {
    about: 'A leader notes its epoch when it writes, so that it does not know one in which it wrote nothing',
    source: 'KAFKA-7415',
    rules: { truncation: 'epochRequest', recordsEpochOnElection: false },
    breaks: ['weakIsr', 'strongIsr', 'candidateComplete'],
    fixedBy: 'epochRequests',
    at: { ...calm, records: 2, moves: 2, shrinks: 0 },
  },
  divergingFetchCounts: {
    about: 'The leader takes the offset of a diverging fetch for one that the follower has reached',
    source: 'KAFKA-13141',
    rules: { countsDivergingFetch: true },
    breaks: ['weakIsr', 'strongIsr', 'candidateComplete'],
    at: { ...calm, records: 2, shrinks: 0 },
  },
  epochCacheKept: {
    about: 'A cut that removes no record leaves an epoch without records in the cache',
    source: 'KAFKA-10706',
    rules: { cutEpochCache: (cache, from, to) => (to < from ? truncateFromEnd(cache, to) : cache) },
    breaks: ['writeResolves', 'followerConverges'],
    at: { ...calm, records: 2, moves: 2 },
  },
};
