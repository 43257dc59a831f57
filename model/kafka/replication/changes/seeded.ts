import { without } from '../isr.ts';
import { endOffsetFor, truncateFromEnd } from '../leader-epoch-cache.ts';
import { kafkaRules } from '../replication-rules.ts';
import { calm, type ReplicationChange } from './change.ts';

const twice = { ...calm, records: 2, moves: 2, shrinks: 0 };
const { isFollowerInSync, validateFetch, truncate, leave, join, elect } = kafkaRules;

const seeded = (change: Omit<ReplicationChange, 'source'>): ReplicationChange => ({
  ...change,
  source: 'seeded',
});

/** Slips that somebody might make in a rule; each is caught. */
export const seededChanges: Readonly<Record<string, ReplicationChange>> = {
  epochCacheNeverCut: seeded({
    about: 'The log is cut and the epoch cache is not',
    rules: { cutEpochCache: (cache) => cache },
    breaks: ['epochCacheSound'],
    at: { ...calm, records: 2, moves: 3, shrinks: 0 },
  }),
  divergenceOverlooked: seeded({
    about: 'The leader serves a fetch whose last epoch it does not have',
    rules: { validateFetch: () => ({ kind: 'ok' }) },
    breaks: ['weakIsr', 'strongIsr', 'candidateComplete', 'prefixToHighWatermark', 'sameEpochMatch'],
    at: { ...calm, records: 2, shrinks: 0 },
  }),
  divergenceByOffsetOnly: seeded({
    about:
      'A fetch diverges only when its offset is beyond the end of its epoch, not when the epoch is another',
    rules: {
      validateFetch: (leader, { fetchOffset, lastFetchedEpoch = 0 }) => {
        const end = endOffsetFor(leader.epochCache, lastFetchedEpoch, leader.logEndOffset);
        return end && end.endOffset < fetchOffset
          ? { kind: 'diverging', divergingEpoch: end }
          : { kind: 'ok' };
      },
    },
    breaks: [
      'weakIsr',
      'strongIsr',
      'candidateComplete',
      'prefixToHighWatermark',
      'sameEpochMatch',
      'epochCacheSound',
    ],
    at: twice,
  }),
  divergenceByEpochOnly: seeded({
    about:
      'A fetch diverges only when the leader lacks its epoch, not when its offset is beyond the end of it',
    rules: {
      validateFetch: (leader, fetch) => {
        const found = validateFetch(leader, fetch);
        const known = found.kind === 'diverging' && found.divergingEpoch.epoch === fetch.lastFetchedEpoch;
        return known ? { kind: 'ok' } : found;
      },
    },
    breaks: [
      'weakIsr',
      'strongIsr',
      'candidateComplete',
      'ackedNotLost',
      'prefixToHighWatermark',
      'sameEpochMatch',
      'consumedStable',
      'committedSomewhere',
    ],
    at: twice,
  }),
  cutsOneTooFew: seeded({
    about: 'The follower keeps one record more than the leader told it',
    rules: {
      truncate: (follower, answer) => {
        const { offset, complete } = truncate(follower, answer);
        return { offset: Math.min(offset + 1, follower.logEndOffset), complete };
      },
    },
    breaks: ['writeResolves', 'followerConverges'],
    at: { ...calm, records: 2 },
  }),
  cutsToLeaderEndOnly: seeded({
    about:
      'The follower cuts to the end that the leader tells, not minding that its own epoch may end before',
    rules: {
      truncation: 'epochRequest',
      truncate: ({ logEndOffset }, answer) => ({
        offset: Math.min(answer?.endOffset ?? logEndOffset, logEndOffset),
        complete: true,
      }),
    },
    breaks: ['weakIsr', 'strongIsr', 'candidateComplete', 'prefixToHighWatermark', 'sameEpochMatch'],
    at: twice,
  }),
  neverTruncates: seeded({
    about: 'A follower fetches at once in a new epoch, and does not say what it has',
    rules: { truncation: 'epochRequest', truncatesUnder: () => false },
    breaks: [
      'weakIsr',
      'strongIsr',
      'candidateComplete',
      'ackedNotLost',
      'prefixToHighWatermark',
      'sameEpochMatch',
      'consumedStable',
      'epochCacheSound',
    ],
    at: twice,
  }),
  newerFollowerServed: seeded({
    about: 'A leader serves a follower that is already in a later epoch',
    rules: { checkLeaderEpoch: (own, requested) => (requested >= own ? 'ok' : 'FENCED_LEADER_EPOCH') },
    breaks: ['sameEpochMatch'],
    at: { ...twice, replicas: 3 },
  }),
  olderFollowerServed: seeded({
    about: 'A leader serves a follower that is still in an earlier epoch',
    rules: { checkLeaderEpoch: (own, requested) => (requested <= own ? 'ok' : 'UNKNOWN_LEADER_EPOCH') },
    breaks: ['weakIsr', 'strongIsr', 'candidateComplete', 'epochCacheSound'],
    at: { ...calm, moves: 3, shrinks: 0 },
  }),
  everybodyInSync: seeded({
    about: 'Whoever fetches joins the ISR',
    rules: { isFollowerInSync: () => true },
    breaks: ['weakIsr', 'strongIsr', 'candidateComplete'],
    at: { ...calm, minInsyncReplicas: 1, moves: 0 },
  }),
  inSyncOneShort: seeded({
    about: 'A follower that lacks one record below the high watermark is in sync',
    rules: { isFollowerInSync: (end, hw, start) => isFollowerInSync(end + 1, hw, start) },
    breaks: ['weakIsr', 'strongIsr', 'candidateComplete'],
    at: { ...calm, minInsyncReplicas: 1, moves: 0 },
  }),
  inSyncByEpochStartOnly: seeded({
    about: 'A follower at the epoch start is in sync, also below the high watermark',
    rules: { isFollowerInSync: (end, _, start) => end >= start },
    breaks: ['weakIsr', 'strongIsr', 'candidateComplete'],
    at: { ...calm, minInsyncReplicas: 1, moves: 0 },
  }),
  leaderCountsItselfOnly: seeded({
    about: 'The high watermark is the end of the leader’s own log',
    rules: { maximalIsr: () => [] },
    breaks: ['weakIsr', 'strongIsr', 'candidateComplete', 'quorumSuperset'],
    at: { ...calm, moves: 0 },
  }),
  minIsrOneShort: seeded({
    about: 'The high watermark still moves when one member is missing from min.insync.replicas',
    rules: { strictMinIsr: (minIsr) => minIsr - 1 },
    breaks: ['candidateComplete'],
    at: { ...calm, moves: 0 },
  }),
  electsAnyLive: seeded({
    about: 'The first live replica leads, in the ISR or not',
    rules: { elect: (input) => elect({ ...input, unclean: true }) },
    breaks: ['candidateComplete', 'ackedNotLost', 'committedSomewhere'],
    at: { ...calm, minInsyncReplicas: 1, moves: 0, processCrashes: 1 },
  }),
  uncleanStopForgiven: seeded({
    about: 'A broker that comes back from a crash stays eligible',
    rules: { leave: (from, id, _, minIsr) => leave(from, id, false, minIsr) },
    breaks: ['candidateComplete', 'ackedNotLost', 'committedSomewhere'],
    at: { moves: 0 },
  }),
  failedStaysInIsr: seeded({
    about: 'A broker that fails stays in the ISR',
    rules: { leave: (from) => from },
    breaks: ['candidateComplete', 'ackedNotLost', 'committedSomewhere'],
    at: { moves: 0 },
  }),
  eligibleForEver: seeded({
    about: 'Eligible replicas stay so when the ISR is large enough again, and the high watermark moves on',
    rules: {
      join: (from, isr, minIsr) =>
        isr.length >= minIsr ? { isr, elr: without(from.elr, isr) } : join(from, isr, minIsr),
    },
    breaks: ['candidateComplete'],
    at: { ...calm, replicas: 3, moves: 0, shrinks: 2 },
  }),
  epochCacheCutOneShort: seeded({
    about: 'A cut of the log leaves the epoch that starts where the log now ends',
    rules: { cutEpochCache: (cache, _, to) => truncateFromEnd(cache, to + 1) },
    breaks: ['followerConverges'],
    at: { ...calm, moves: 2 },
  }),
};
