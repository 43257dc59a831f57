import type { Change } from '../../../../checker/language/index.ts';
import * as variants from '../variants.ts';
import type { ZabParams } from './params.ts';
import type { ProtocolRules } from './rules.ts';

/** Bugs of history and seeded faults that show at the level of the protocol. */
export const protocolChanges: Readonly<Record<string, Change<ZabParams, ProtocolRules>>> = {
  epochCandidateNotRaised: {
    about: 'A leader proposes the largest epoch that it hears of, instead of the next one',
    source: 'ZOOKEEPER-1343',
    rules: variants.candidateNotRaised,
    breaks: ['oneLeaderPerEpoch'],
    at: { transactions: 0, timeouts: 1 },
  },
  acceptedEpochVolatile: {
    about: 'The accepted epoch is not written to disk, so that a restarted server accepts an old one again',
    source: 'ZOOKEEPER-335, ZOOKEEPER-1081',
    rules: { acceptedEpochAfterRestart: (_, currentEpoch) => currentEpoch },
    breaks: ['oneLeaderPerEpoch'],
    at: { transactions: 0, timeouts: 0, restarts: 1 },
  },
  acksEpochAgain: {
    about: 'A follower acks an epoch that it has accepted before, perhaps from another leader',
    source: 'seeded; the -1 in Learner.registerWithLeader',
    rules: variants.acksEpochAgain,
    breaks: ['oneLeaderPerEpoch'],
    at: { transactions: 0, timeouts: 2, elections: 3 },
  },
  quorumOfHalf: {
    about: 'Half of the servers are a quorum, so that two disjoint ones exist when their number is even',
    source: 'seeded',
    rules: variants.quorumOfHalf,
    breaks: ['oneLeaderPerEpoch'],
    at: { servers: 4, transactions: 0, timeouts: 0 },
  },
  proposesToSyncedOnly: {
    about: 'A proposal goes only to learners that have acked NEWLEADER, so that one in between misses it',
    source: 'seeded; first issue of the public specification of Zab',
    rules: { proposeTo: ({ synced }) => synced },
    breaks: ['nothingRefused'],
    at: { transactions: 1, timeouts: 0 },
  },
  commitsWhatTheLearnerAcked: {
    about: 'COMMITLD tells a learner to deliver all that it acked, committed or not',
    source: 'seeded; third issue of the public specification of Zab',
    rules: { commitOnSync: (_, acked) => acked },
    breaks: ['nothingRefused'],
    at: { transactions: 1, timeouts: 0 },
  },
  zxidIgnored: {
    about: 'A new leader chooses among histories by their epoch alone',
    source: 'seeded',
    rules: variants.zxidIgnored,
    breaks: ['leaderCompleteness', 'committedOnQuorum', 'primaryIntegrity', 'totalOrder', 'deliveredStays'],
    at: { transactions: 2, timeouts: 0, restarts: 1 },
  },
  acceptedEpochLost: {
    about: 'The file of the accepted epoch is lost in a crash, the other one is not',
    source: 'seeded; the class of ZOOKEEPER-2307 and ZOOKEEPER-2354',
    rules: { acceptedEpochAfterRestart: () => 0 },
    breaks: ['epochOrder', 'epochsGrow'],
    at: { transactions: 0, timeouts: 0, restarts: 1 },
  },
  historyNotTaken: {
    about: 'A follower acks NEWLEADER and writes the epoch, but keeps the history that it had',
    source: 'seeded',
    rules: { historyOnNewLeader: (own) => own },
    breaks: ['initialHistories', 'leaderCompleteness', 'committedOnQuorum'],
    at: { transactions: 1, elections: 3, timeouts: 0, restarts: 2 },
  },
  duplicatesLogged: {
    about: 'A follower logs every proposal, also one that came with the history of NEWLEADER',
    source: 'seeded; second issue of the public specification of Zab',
    rules: { isNextZxid: () => true },
    breaks: ['zxidsGapFree', 'integrity', 'globalPrimaryOrder'],
    at: { transactions: 1, timeouts: 0, restarts: 1 },
  },
  gapsLogged: {
    about:
      'A learner in between misses a proposal, passes over its COMMIT, and takes the next one all the same',
    source: 'seeded; the class of ZOOKEEPER-4925',
    rules: { proposeTo: ({ synced }) => synced, isNextZxid: () => true, ignoresUnknownCommits: true },
    breaks: ['localPrimaryOrder', 'zxidsGapFree', 'historiesOfOneEpoch', 'totalOrder'],
    at: { transactions: 2, timeouts: 0 },
  },
  commitsOutOfOrder: {
    about:
      'A proposal is committed as soon as it has a quorum, even if its predecessor had none: FIFO acks rule that out',
    source: 'seeded; the comment in Leader.tryToCommit says that only reconfigurations make it possible',
    rules: variants.commitsOutOfOrder,
    keeps: ['totalOrder', 'nothingRefused'],
    at: { transactions: 2, timeouts: 1 },
  },
  epochBeforeHistory: {
    about: 'A follower writes the epoch of NEWLEADER first and the history second, and may crash in between',
    source: 'ZOOKEEPER-4643; DSN 2011 has one atomic step',
    set: { newLeader: 'epochFirst' },
    breaks: ['leaderCompleteness', 'committedOnQuorum'],
    at: { transactions: 1, elections: 3, timeouts: 1, restarts: 1 },
  },
  historyBeforeEpoch: {
    about: 'A follower writes the history of NEWLEADER first and the epoch second',
    source: 'EuroSys 2025, section 5.4: the corrected protocol',
    set: { newLeader: 'historyFirst' },
    keeps: ['leaderCompleteness', 'committedOnQuorum', 'historiesOfOneEpoch', 'oneLeaderPerEpoch'],
    at: { transactions: 1, elections: 3, timeouts: 1, restarts: 1 },
  },
};
