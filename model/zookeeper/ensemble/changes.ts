import type { Change } from '../../../checker/language/index.ts';
import * as fle from '../election/variants.ts';
import { eras } from '../zab/eras.ts';
import { appliedOnly, keepAcks } from '../zab/implementation/changes/catalogue.ts';
import * as zab from '../zab/variants.ts';
import type { EnsembleParams } from './params.ts';
import type { EnsembleRules } from './rules.ts';

/**
 * Bugs that take both halves to do harm: one spoils what a server brings into an election or what it has behind its ack, the
 * other elects by it. And elections that go wrong without harm, since discovery notices.
 */
export const ensembleChanges: Readonly<Record<string, Change<EnsembleParams, EnsembleRules>>> = {
  staleDatabase: {
    about: 'A server that lost its leader votes with the zxid in memory, which is behind its log',
    source: 'ZOOKEEPER-2845, repaired in 3.4.12, 3.5.4 and 3.6.0',
    rules: { retainedDatabase: 'stale' },
    breaks: ['memoryMatchesDisk', 'leaderCompleteness'],
    at: { crashes: 1, disconnects: 0 },
  },
  loggedAfterUpToDate: {
    about:
      'Transactions of a DIFF are logged only after UPTODATE; who restarts in between votes without them',
    source: 'ZOOKEEPER-3911, 3.4.10 to 3.6.2',
    rules: { newLeaderSteps: eras['3.6.2'].newLeaderSteps },
    breaks: ['committedOnQuorum'],
    at: { crashes: 1, disconnects: 0 },
  },
  staleAcksHead: {
    about:
      'HEAD: an ack that is no longer true commits, and an election among those without the entry loses it',
    source: 'HEAD: Leader.startForwarding, LearnerHandler.syncFollower',
    rules: { acksOnForwarding: keepAcks, syncDatabase: appliedOnly, decidesUnderLock: false },
    breaks: ['acksAreTrue', 'truncationsSpareCommitted', 'committedOnQuorum', 'leaderCompleteness'],
    at: { crashes: 1, disconnects: 1 },
  },
  epochReused: {
    about:
      'A leader proposes the largest epoch that it hears of, so that the next one elected establishes it too',
    source: 'ZOOKEEPER-1343',
    rules: zab.candidateNotRaised,
    breaks: ['oneLeaderPerEpoch'],
    at: { transactions: 0, crashes: 1, disconnects: 0 },
  },
  votesWithoutEpoch: {
    about: 'Votes are compared by zxid and id, and a leader takes a follower that is ahead of it',
    source: 'FastLeaderElection before ZOOKEEPER-335',
    rules: { totalOrderPredicate: fle.epochIgnored.totalOrderPredicate, abortsBehindFollower: false },
    breaks: ['electedIsBest', 'leaderIsBest'],
    at: { crashes: 1, disconnects: 1 },
  },
  zxidIgnored: {
    about:
      'Votes are compared by epoch and id: the leader has no quorum without the followers ahead of it, nothing is lost',
    source: 'seeded; the check is that of Leader.waitForEpochAck',
    rules: { totalOrderPredicate: fle.zxidIgnored.totalOrderPredicate },
    breaks: ['electedIsBest'],
    keeps: ['leaderIsBest', 'committedOnQuorum', 'leaderCompleteness'],
    at: { crashes: 1, disconnects: 0 },
  },
  zxidIgnoredThroughout: {
    about: 'The same, and a leader takes a follower that is ahead of it: a commit is lost',
    source: 'seeded',
    rules: { totalOrderPredicate: fle.zxidIgnored.totalOrderPredicate, abortsBehindFollower: false },
    breaks: ['electedIsBest', 'leaderIsBest', 'committedOnQuorum', 'leaderCompleteness'],
    at: { crashes: 1, disconnects: 0 },
  },
  finalizeWithoutComparing: {
    about: 'The finalize wait throws better votes away',
    source: 'seeded',
    rules: { interruptsFinalizeWait: fle.finalizeWithoutComparing.interruptsFinalizeWait },
    keeps: ['leaderIsBest', 'committedOnQuorum', 'leaderCompleteness'],
    at: { crashes: 1, disconnects: 0 },
  },
};
