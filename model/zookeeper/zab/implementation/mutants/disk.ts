import { epochOf } from '../../../zxid.ts';
import { loadEpochsBehindLog } from '../../epoch-files.ts';
import { learnerRules } from '../../learner-rules.ts';
import { byMessage, elected, rejoined, type Table, undisturbed } from './table.ts';

/** Seeded faults of what a server makes of its disk, and of the tree in memory. */
export const disk: Table = {
  truncateLog: {
    oneMore: {
      about: '< for <=: the entry that is to be the last one goes, too',
      rule: (log, zxid) => log.filter((txn) => txn.zxid < zxid),
      at: rejoined,
    },
    oneLess: {
      about: 'The first entry behind it stays',
      rule: (log, zxid) => log.filter((txn) => txn.zxid <= zxid + 1),
      at: rejoined,
    },
    notAtAll: {
      about: 'The log stays as it is',
      rule: (log) => log,
      at: rejoined,
    },
    unchecked: {
      about: 'The log need not have the entry that is to be the last one',
      rule: (log, zxid) => log.filter((txn) => txn.zxid <= zxid),
      at: rejoined,
      survives:
        'no leader of this design names an entry that the learner lacks; HEAD does (truncatesToMarker)',
    },
  },
  processTxn: {
    lastProcessedStays: {
      about: 'A transaction is applied, but the last zxid stays',
      rule: (tree, txn) => ({ ...learnerRules.processTxn(tree, txn), lastProcessed: tree.lastProcessed }),
      at: elected,
    },
    forgotten: {
      about: 'The last zxid goes on, but the transaction is not applied',
      rule: ({ txns }, { zxid }) => ({ txns, lastProcessed: zxid }),
      at: undisturbed,
    },
    knownSkipped: {
      about: 'A transaction that the tree has already is passed over',
      rule: (tree, txn) =>
        tree.txns.some(({ zxid }) => zxid === txn.zxid) ? tree : learnerRules.processTxn(tree, txn),
      at: { ...rejoined, snapshots: 'forced' },
      survives: 'the tree is the same once all is replayed, and before NEWLEADER all is',
    },
  },
  fastForward: {
    never: {
      about: 'The tree is not brought up to the log',
      rule: (tree) => tree,
      at: rejoined,
    },
    withoutLast: {
      about: 'The last entry of the log is left out',
      rule: (tree, log, rules) => learnerRules.fastForward(tree, log.slice(0, -1), rules),
      at: rejoined,
    },
    lastAgain: {
      about: '>= for >: what the tree had last is replayed once more',
      rule: (tree, log, rules) =>
        log
          .filter(({ zxid }) => zxid >= tree.lastProcessed)
          .reduce((now, txn) => rules.processTxn(now, txn), tree),
      at: rejoined,
      survives: 'replaying the last transaction leaves the tree as it is',
    },
  },
  restore: {
    withoutLast: {
      about: 'The last entry of the log is left out',
      rule: (log, misnamed, rules) => learnerRules.restore(log.slice(0, -1), misnamed, rules),
      at: elected,
    },
    nothing: {
      about: 'A server starts with an empty tree',
      rule: (_, misnamed, rules) => learnerRules.restore([], misnamed, rules),
      at: elected,
    },
    nameIgnored: {
      about: 'All of the log is replayed, whatever the name of the snapshot says',
      rule: (log, _, rules) => learnerRules.restore(log, null, rules),
      at: { ...elected, snapshots: 'forced' },
      survives: 'no snapshot of this design is named wrongly; ZOOKEEPER-3104 is (newLeaderBeforeSnapshot)',
    },
  },
  loadEpochs: {
    equalToo: {
      about: '<= for <: a server refuses to start whose accepted epoch is its current one',
      rule(files, lastZxid) {
        const loaded = loadEpochsBehindLog(files, lastZxid);
        const equal = !('refused' in loaded) && loaded.acceptedEpoch === loaded.currentEpoch;
        return equal ? { refused: 'its epochs are equal' } : loaded;
      },
      at: elected,
    },
    neverRefuses: {
      about: 'A server starts whatever its epoch files say',
      rule: ({ acceptedEpoch, currentEpoch }) => ({
        acceptedEpoch: acceptedEpoch ?? 0,
        currentEpoch: currentEpoch ?? 0,
      }),
      at: elected,
      survives: 'the epoch files of this design never forbid a start: canStartAgain holds',
    },
    acceptedForCurrent: {
      about: 'A server takes the epoch that it has accepted for the one that it is in',
      rule(files, lastZxid) {
        const loaded = loadEpochsBehindLog(files, lastZxid);
        return 'refused' in loaded ? loaded : { ...loaded, currentEpoch: loaded.acceptedEpoch };
      },
      at: { ...elected, crashes: 2 },
    },
    currentForAccepted: {
      about: 'A server takes the epoch that it is in for the one that it has accepted',
      rule(files, lastZxid) {
        const loaded = loadEpochsBehindLog(files, lastZxid);
        return 'refused' in loaded ? loaded : { ...loaded, acceptedEpoch: loaded.currentEpoch };
      },
      at: { ...elected, crashes: 2 },
    },
    epochOfLog: {
      about: 'A server takes the epoch of its log for the one that it is in',
      rule(files, lastZxid) {
        const loaded = loadEpochsBehindLog(files, lastZxid);
        return 'refused' in loaded ? loaded : { ...loaded, currentEpoch: epochOf(lastZxid) };
      },
      at: { ...elected, crashes: 2 },
    },
    temporaryIgnored: {
      about: 'The temporary file is not looked at',
      rule: (files, lastZxid) => loadEpochsBehindLog({ ...files, currentEpochTmp: null }, lastZxid),
      at: { ...byMessage, transactions: 1, crashes: 2 },
    },
    temporaryAlways: {
      about: '>= for >: the temporary file counts also where the log is of the current epoch',
      rule(files, lastZxid) {
        const loaded = loadEpochsBehindLog(files, lastZxid);
        return 'refused' in loaded
          ? loaded
          : { ...loaded, currentEpoch: files.currentEpochTmp ?? loaded.currentEpoch };
      },
      at: { ...byMessage, crashes: 2 },
      survives: 'the file is written when all that its epoch begins with is on disk',
    },
  },
};
