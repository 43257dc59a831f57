import { votingMembers } from '../../../election/quorum-verifier.ts';
import { eras } from '../../eras.ts';
import * as variants from '../../variants.ts';
import type { ImplementationRules } from '../rules.ts';
import type { Catalogue } from './catalogue.ts';

/** Whoever sends an ack is counted, and a quorum is a number (QuorumMaj.containsQuorum). */
const observersCounted: Partial<ImplementationRules> = {
  ...variants.observersCount,
  containsQuorum: (verifier, sids) => sids.length * 2 > votingMembers(verifier).length,
};

/** Bugs of earlier releases, each as the era or the rule that had it. */
export const history: Catalogue = {
  staleDatabase: {
    about: 'The database in memory is kept on a role change and not brought up to the log',
    source: 'ZOOKEEPER-2845, repaired in 3.4.12, 3.5.4 and 3.6.0',
    rules: { retainedDatabase: 'stale' },
    breaks: ['memoryMatchesDisk', 'leaderCompleteness'],
    at: { transactions: 1, crashes: 2, disconnects: 0 },
  },
  loggedAfterUpToDate: {
    about: 'Transactions of a DIFF are logged only after UPTODATE, long after NEWLEADER was acked',
    source: 'ZOOKEEPER-3911, 3.4.10 to 3.6.2',
    rules: { newLeaderSteps: eras['3.6.2'].newLeaderSteps },
    breaks: ['committedOnQuorum', 'initialHistories'],
    at: { transactions: 1, crashes: 2, disconnects: 0 },
  },
  loggedBehindTheAck: {
    about:
      'Transactions of a DIFF go to the logging thread before NEWLEADER is acked, but are written some time later',
    source: 'ZOOKEEPER-4646, 3.6.3 to 3.9.1',
    rules: { newLeaderSteps: eras['3.9.1'].newLeaderSteps },
    breaks: ['committedOnQuorum', 'initialHistories'],
    at: { transactions: 1, crashes: 2, disconnects: 0 },
  },
  epochBeforeLog: {
    about: 'On NEWLEADER the current epoch is written before the transactions, with a crash in between',
    source: 'ZOOKEEPER-4643, repaired by ZOOKEEPER-4785 in 3.9.2',
    rules: { newLeaderSteps: ['snapshot', 'epoch', 'logCommitted', 'ack'] },
    breaks: ['committedOnQuorum', 'leaderCompleteness'],
    at: { transactions: 1, crashes: 3, disconnects: 0 },
  },
  ackOvertakesNewLeader: {
    about: 'The logging thread acks a proposal of the sync before the main thread has acked NEWLEADER',
    source: 'ZOOKEEPER-4685, 3.6.3 to 3.9.1',
    rules: { newLeaderSteps: eras['3.9.1'].newLeaderSteps },
    breaks: ['nothingRefused'],
    at: { transactions: 1, crashes: 0, disconnects: 1 },
  },
  pendingForgotten: {
    about: 'NEWLEADER empties the list of pending proposals, so that a COMMIT before UPTODATE finds none',
    source: 'ZOOKEEPER-4394, 3.6.3 to 3.9.2; pull request 2111, which EuroSys 2025 refutes for it',
    rules: { newLeaderSteps: eras['3.9.2'].newLeaderSteps },
    breaks: ['nothingRefused'],
    at: { transactions: 1, crashes: 0, disconnects: 1 },
  },
  commitsMatchedApart: {
    about:
      'A repair of ZOOKEEPER-4394 that was refuted: a COMMIT finds its proposal in a list of its own; logging stays behind the ack',
    source: 'pull request 1930; EuroSys 2025, section 5.3: ZOOKEEPER-4685 remains',
    rules: { newLeaderSteps: eras['3.9.1'].newLeaderSteps, matchesQueuedProposals: true },
    breaks: ['nothingRefused'],
    at: { transactions: 1, crashes: 0, disconnects: 1 },
  },
  servesBeforeApplying: {
    about:
      'A follower serves when it is told so, though the commits of its sync are still in a queue: reads miss them',
    source: 'ZOOKEEPER-3023; 3.4.10 to 3.9.2',
    rules: { newLeaderSteps: eras['3.9.2'].newLeaderSteps },
    breaks: ['initialHistoryLearned'],
    at: { transactions: 1, crashes: 1, disconnects: 0 },
  },
  syncedTxnsNotCached: {
    about:
      'What a follower commits in its sync loop is missing in its cache: once it leads, others get a DIFF with a hole',
    source: 'ZOOKEEPER-4925, 3.9.3 only',
    rules: { cachesSyncedTxns: false },
    breaks: ['initialHistoryLearned'],
    at: { transactions: 1, crashes: 2, disconnects: 0 },
  },
  queueSurvivesShutdown: {
    about: 'The logging thread goes on with its queue after its server has left its role',
    source: 'ZOOKEEPER-4712, repaired in 3.9.3',
    rules: { drainsOnShutdown: false },
    breaks: ['memoryMatchesDisk', 'zxidsGapFree'],
    at: { transactions: 1, crashes: 0, disconnects: 1 },
  },
  snapshotDatabaseKept: {
    about: 'After an interrupted SNAP the database in memory is kept, of which the disk has nothing',
    source: 'ZOOKEEPER-3642, repaired in 3.6.0',
    rules: { dropsDatabase: () => false },
    breaks: ['memoryMatchesDisk'],
    at: { transactions: 2, crashes: 1, disconnects: 1, epochs: 2 },
  },
  newLeaderBeforeSnapshot: {
    about:
      'NEWLEADER is queued before the snapshot is written: a learner saves the tree with old transactions replayed over newer ones',
    source: 'ZOOKEEPER-3104, repaired in 3.6.0; QuorumPeerMainTest.testInconsistentDueToNewLeaderOrder',
    rules: { newLeaderAfterSnapshot: false },
    breaks: ['leaderCompleteness'],
    at: { snapshots: 'forced', start: 'proposed', transactions: 2, crashes: 1, disconnects: 1, epochs: 2 },
  },
  epochCandidateNotRaised: {
    about: 'A leader proposes the largest epoch that it hears of, instead of the next one',
    source: 'ZOOKEEPER-1343',
    rules: variants.candidateNotRaised,
    breaks: ['oneLeaderPerEpoch'],
    at: { start: 'fresh', transactions: 0, crashes: 0, disconnects: 1 },
  },
  observersCounted: {
    about:
      'An ack of NEWLEADER counts whoever sends it, and a quorum is a number: leader and observer are two of three',
    source: 'until ZOOKEEPER-2959',
    rules: observersCounted,
    breaks: ['committedOnQuorum'],
    at: { observers: 1, transactions: 1, crashes: 1, disconnects: 0 },
  },
  acceptedEpochBehindCurrent: {
    about:
      'A follower writes the accepted epoch on NEWLEADER only, after the current one, with a crash in between',
    source: 'ZOOKEEPER-2307: a server with such files does not start',
    rules: {
      acceptsOnDisk: false,
      newLeaderSteps: ['snapshot', 'logCommitted', 'epoch', 'acceptedEpoch', 'ack'],
    },
    breaks: ['canStartAgain'],
    at: { discovery: 'byMessage', transactions: 0, crashes: 2, disconnects: 0, epochs: 2 },
  },
  leaderNotInQuorum: {
    about: "Followers alone end the leader's waits for epochs, which then knows nothing of its own",
    source: 'ZOOKEEPER-1191, ZOOKEEPER-1192 and their like; Zab1_0Test',
    rules: variants.leaderNotInQuorum,
    breaks: ['epochsGrow'],
    at: { discovery: 'byMessage', transactions: 0, crashes: 1, disconnects: 0, epochs: 3 },
  },
  observersCountedInDiscovery: {
    about: 'Leader and observer agree on an epoch that no follower hears of, and the followers use it again',
    source: 'until ZOOKEEPER-2959',
    rules: observersCounted,
    breaks: ['oneLeaderPerEpoch'],
    at: {
      discovery: 'byMessage',
      start: 'fresh',
      observers: 1,
      transactions: 0,
      crashes: 1,
      disconnects: 0,
      epochs: 1,
    },
  },
  counterCarries: {
    about:
      'The counter of the zxid overflows into the epoch, so that a log may end in an epoch that nobody agreed on',
    source: 'ZOOKEEPER-1277, repaired in 3.4.4; here with counters up to 3',
    rules: variants.counterCarries,
    breaks: ['canStartAgain'],
    at: { transactions: 2, crashes: 1, disconnects: 0, maxCounter: 3 },
  },
  unknownZxidKept: {
    about:
      'A learner with a transaction of an earlier epoch that the leader never saw gets a DIFF on top of it',
    source: 'ZOOKEEPER-1154, ZOOKEEPER-1156',
    rules: variants.diffOnUnknownZxid,
    breaks: ['historiesOfOneEpoch', 'deliveredIsCommitted'],
    at: { transactions: 2, crashes: 1, disconnects: 0 },
  },
  epochThenCommitted: {
    about:
      'A repair that was refuted: committed transactions are logged before the ack, but the epoch is written first',
    source: 'pull request 1848; EuroSys 2025, section 5.3',
    rules: { newLeaderSteps: ['snapshot', 'epoch', 'logCommitted', 'ack'] },
    breaks: ['initialHistories'],
    at: { transactions: 1, crashes: 3, disconnects: 0, epochs: 4 },
  },
  epochThenAll: {
    about:
      'A repair that was refuted: all transactions of the sync are logged before the ack, and then forgotten',
    source: 'pull request 1993; EuroSys 2025, section 5.3',
    rules: { newLeaderSteps: ['snapshot', 'epoch', 'logAll', 'ack'] },
    breaks: ['nothingRefused'],
    at: { transactions: 1, crashes: 0, disconnects: 1 },
  },
};
