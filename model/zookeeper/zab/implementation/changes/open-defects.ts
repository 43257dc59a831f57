import { loadEpochs } from '../../epoch-files.ts';
import { appliedOnly, type Catalogue, keepAcks, LIVENESS } from './catalogue.ts';

/** What HEAD does where the baseline has a repair. */
export const openDefects: Catalogue = {
  staleAcksKept: {
    about: 'The ack of a follower that reconnects and is told to truncate that very entry still counts',
    source: 'HEAD: Leader.startForwarding and LearnerHandler.shutdown leave the ack sets alone',
    rules: { acksOnForwarding: keepAcks },
    keeps: LIVENESS,
    breaks: ['acksAreTrue', 'committedOnQuorum', 'leaderCompleteness'],
    at: { transactions: 1, crashes: 1, disconnects: 1 },
  },
  committedNotApplied: {
    about: 'The sync decision takes only what the leader has applied for committed, and truncates the rest',
    source:
      'HEAD: LearnerHandler.syncFollower reads maxCommittedLog, which grows when a transaction is applied',
    rules: { syncDatabase: appliedOnly },
    keeps: LIVENESS,
    breaks: ['truncationsSpareCommitted', 'committedOnQuorum', 'leaderCompleteness'],
    at: { transactions: 1, crashes: 1, disconnects: 1 },
  },
  decidesWithoutLock: {
    about: 'The leader may commit, on the old ack, between the sync decision and the start of forwarding',
    source: 'HEAD: syncFollower holds the lock of the cache, tryToCommit that of the leader',
    rules: { decidesUnderLock: false },
    keeps: LIVENESS,
    breaks: ['truncationsSpareCommitted', 'committedOnQuorum', 'leaderCompleteness'],
    at: { transactions: 1, crashes: 1, disconnects: 1 },
  },
  truncatedDatabaseKept: {
    about: 'After an interrupted TRUNC the database in memory is kept, with commits that are not on disk',
    source: 'ZOOKEEPER-5094, open; only a truncation below what is committed lets a COMMIT follow TRUNC',
    rules: { dropsDatabase: (mode) => mode === 'SNAP', syncDatabase: appliedOnly },
    breaks: ['memoryMatchesDisk', 'zxidsGapFree'],
    at: { transactions: 2, crashes: 0, disconnects: 2, epochs: 1 },
  },
  truncatedDatabaseKeptAlone: {
    about:
      'The same where nothing committed is truncated: then the database has nothing that the disk has not',
    source: 'ZOOKEEPER-5094 with the repair of committedNotApplied',
    rules: { dropsDatabase: (mode) => mode === 'SNAP' },
    keeps: ['memoryMatchesDisk', 'zxidsGapFree'],
    at: { transactions: 2, crashes: 0, disconnects: 2, epochs: 1 },
  },
  databaseKeptOnDiskError: {
    about:
      'After a failed write to the log the database in memory is kept, with commits that are not on disk',
    source: 'ZOOKEEPER-4882, open',
    rules: { dropsDatabaseOnDiskError: false },
    breaks: ['memoryMatchesDisk', 'zxidsGapFree'],
    at: { transactions: 2, crashes: 0, disconnects: 0, diskErrors: 1 },
  },
  epochBehindLog: {
    about: 'A server whose log is ahead of its current epoch, by a crash on NEWLEADER, refuses to start',
    source: 'ZOOKEEPER-2354, open; since ZOOKEEPER-4785 wrote the epoch last, also without a snapshot',
    rules: { loadEpochs },
    breaks: ['canStartAgain'],
    at: { transactions: 1, crashes: 2, disconnects: 0, epochs: 2 },
  },
  snapshotOutlivesTruncation: {
    about:
      'A server that becomes leader takes a snapshot of all that it has; when it has to truncate later, that stays',
    source: 'ZOOKEEPER-1549, ZOOKEEPER-2846; HEAD: ZooKeeperServer.loadData, FileTxnSnapLog.truncateLog',
    rules: { snapshotOutlivesTruncation: true },
    breaks: ['deliveredIsCommitted'],
    at: { transactions: 1, crashes: 2, disconnects: 0 },
  },
  truncatesToMarker: {
    about:
      'A leader with an empty cache tells a follower to truncate to (e,0), which no log has: the first entry stays',
    source:
      'HEAD: LearnerHandler.syncFollower takes the last processed zxid for the cache, FileTxnLog.truncate',
    rules: { truncatesToMarker: true },
    breaks: ['nothingRefused'],
    at: { start: 'fresh', transactions: 1, crashes: 0, disconnects: 1, epochs: 1 },
  },
};
