import { epochOf } from '../../../zxid.ts';
import { learnerRules } from '../../learner-rules.ts';
import { elected, fresh, observed, rejoined, type Table } from './table.ts';

/** Seeded faults of a learner in the loop of Learner.syncWithLeader. */
export const syncLoop: Table = {
  startSync: {
    snapNeedsNone: {
      about: 'After SNAP, too, what comes is logged, and no snapshot is taken',
      rule: (mode) => ({ ...learnerRules.startSync('DIFF', false), mode }),
      at: fresh,
    },
    truncNeedsNone: {
      about: 'After TRUNC what comes is logged, and no snapshot is taken',
      rule: (mode, diffSnapshots) => ({
        ...learnerRules.startSync(mode === 'SNAP' ? 'SNAP' : 'DIFF', diffSnapshots),
        mode,
      }),
      at: rejoined,
      survives: 'the log is truncated already, and what comes then is logged as after a DIFF',
    },
    diffGoesToMemory: {
      about: 'After DIFF, too, commits go to memory alone, but no snapshot is taken',
      rule: (mode, diffSnapshots) => ({
        ...learnerRules.startSync(mode, diffSnapshots),
        writeToTxnLog: false,
      }),
      at: elected,
    },
  },
  proposalInSync: {
    forgotten: {
      about: 'A proposal of the sync is not remembered',
      rule: (sync, tree, txn) => ({ sync: { ...sync, lastQueued: txn.zxid }, tree }),
      at: elected,
    },
    inFront: {
      about: 'A proposal of the sync is put before those that have come',
      rule(sync, tree, txn) {
        const packetsNotLogged = [txn, ...sync.packetsNotLogged];
        return { sync: { ...sync, packetsNotLogged, lastQueued: txn.zxid }, tree };
      },
      at: { ...rejoined, transactions: 2 },
    },
    gapByOne: {
      about: '+ 2 for + 1: the next proposal must leave one out',
      rule(sync, tree, txn) {
        const lastQueued = sync.lastQueued === 0 ? 0 : sync.lastQueued + 1;
        return learnerRules.proposalInSync({ ...sync, lastQueued }, tree, txn);
      },
      at: { ...rejoined, transactions: 2 },
    },
    newEpochRefused: {
      about: '< for <=: the first proposal of the next epoch, too, must have the next zxid',
      rule(sync, tree, txn) {
        const { lastQueued } = sync;
        if (lastQueued !== 0 && epochOf(txn.zxid) > epochOf(lastQueued)) {
          return { refused: 'DIFF sync got a proposal that is not the next one' };
        }
        return learnerRules.proposalInSync(sync, tree, txn);
      },
      at: { transactions: 2, crashes: 1, disconnects: 1, epochs: 2 },
    },
    gapsTaken: {
      about: 'enforceContinuousProposal is forgotten: any zxid is the next one',
      rule: (sync, tree, txn) => learnerRules.proposalInSync({ ...sync, lastQueued: 0 }, tree, txn),
      at: { ...rejoined, transactions: 2 },
      survives: 'no leader of this design leaves a gap; that of 3.9.3 does (syncedTxnsNotCached)',
    },
  },
  commitInSync: {
    forgotten: {
      about: 'With DIFF a COMMIT is not remembered',
      rule(sync, tree, zxid, rules) {
        const synced = learnerRules.commitInSync(sync, tree, zxid, rules);
        if ('refused' in synced) return synced;
        return { ...synced, sync: { ...synced.sync, packetsCommitted: sync.packetsCommitted } };
      },
      at: rejoined,
    },
    appliedAtOnce: {
      about: 'With DIFF, too, a COMMIT is applied at once, and what it commits is not logged',
      rule: (sync, tree, zxid, rules) =>
        learnerRules.commitInSync({ ...sync, writeToTxnLog: false }, tree, zxid, rules),
      at: rejoined,
    },
    remembered: {
      about: 'Before the snapshot, too, a COMMIT is remembered',
      rule: (sync, tree, zxid, rules) =>
        learnerRules.commitInSync({ ...sync, writeToTxnLog: true }, tree, zxid, rules),
      at: { ...rejoined, snapshots: 'forced' },
    },
    staysPending: {
      about: 'What is applied before the snapshot stays among the proposals that are not logged',
      rule(sync, tree, zxid, rules) {
        const synced = learnerRules.commitInSync(sync, tree, zxid, rules);
        return 'refused' in synced
          ? synced
          : { ...synced, sync: { ...synced.sync, packetsNotLogged: sync.packetsNotLogged } };
      },
      at: { ...rejoined, snapshots: 'forced' },
    },
    notApplied: {
      about: 'Before the snapshot a COMMIT takes its proposal away, but does not apply it',
      rule(sync, tree, zxid, rules) {
        const synced = learnerRules.commitInSync(sync, tree, zxid, rules);
        return 'refused' in synced ? synced : { ...synced, tree };
      },
      at: { ...rejoined, snapshots: 'forced' },
    },
    firstAlways: {
      about: 'Before the snapshot a COMMIT applies the first proposal, whichever it names',
      rule(sync, tree, zxid, rules) {
        const first = sync.packetsNotLogged[0]?.zxid ?? zxid;
        return learnerRules.commitInSync(sync, tree, sync.writeToTxnLog ? zxid : first, rules);
      },
      at: { ...rejoined, snapshots: 'forced' },
      survives: 'proposals and their COMMITs come in one order',
    },
    withoutProposal: {
      about: 'A COMMIT without a proposal is passed over',
      rule: (sync, tree, zxid, rules) =>
        sync.packetsNotLogged.length === 0
          ? { sync, tree }
          : learnerRules.commitInSync(sync, tree, zxid, rules),
      at: rejoined,
      survives: 'no COMMIT comes without its proposal: nothingRefused holds',
    },
  },
  informInSync: {
    forgotten: {
      about: 'With DIFF an INFORM is remembered as a proposal, not as a COMMIT',
      rule(sync, tree, txn, rules) {
        return sync.writeToTxnLog
          ? rules.proposalInSync(sync, tree, txn)
          : learnerRules.informInSync(sync, tree, txn, rules);
      },
      at: observed,
    },
    appliedAtOnce: {
      about: 'With DIFF, too, an INFORM is applied at once, and not logged',
      rule: (sync, tree, txn, rules) =>
        learnerRules.informInSync({ ...sync, writeToTxnLog: false }, tree, txn, rules),
      at: observed,
    },
    notApplied: {
      about: 'Before the snapshot an INFORM is passed over',
      rule(sync, tree, txn, rules) {
        return sync.writeToTxnLog ? learnerRules.informInSync(sync, tree, txn, rules) : { sync, tree };
      },
      at: { ...observed, snapshots: 'forced' },
    },
  },
};
