import type { Zxid } from '../zxid.ts';
import {
  afterUpToDate,
  commitInSync,
  commitPending,
  type DataTree,
  fastForward,
  informInSync,
  type LearnerSync,
  type MisnamedSnapshot,
  processTxn,
  proposalInSync,
  restore,
  type Synced,
  startSync,
  takeCommitted,
  truncateLog,
  type UpToDate,
} from './learner-sync.ts';
import type { History, Txn } from './txn.ts';

/** What a learner makes of the packets of its sync, and of its own disk. As in `ZabRules`, one rule takes another from here. */
export interface LearnerRules {
  readonly startSync: (mode: LearnerSync['mode'], diffSnapshots: boolean) => LearnerSync;
  readonly proposalInSync: (sync: LearnerSync, tree: DataTree, txn: Txn) => Synced;
  readonly commitInSync: (sync: LearnerSync, tree: DataTree, zxid: Zxid, rules: LearnerRules) => Synced;
  readonly informInSync: (sync: LearnerSync, tree: DataTree, txn: Txn, rules: LearnerRules) => Synced;
  /** What NEWLEADER has to log, and what is left of the sync. */
  readonly takeCommitted: (sync: LearnerSync) => { readonly sync: LearnerSync; readonly txns: History };
  /** What a COMMIT commits, once the sync is over. */
  readonly commitPending: (first: Txn | undefined, zxid: Zxid) => Txn | null;
  readonly afterUpToDate: (sync: LearnerSync, pendingTxns: History, rules: LearnerRules) => UpToDate | null;
  /** What TRUNC leaves of a log; null: it has no such entry. */
  readonly truncateLog: (log: History, zxid: Zxid) => History | null;
  readonly processTxn: (tree: DataTree, txn: Txn) => DataTree;
  /** The tree in memory, brought up to the log. */
  readonly fastForward: (tree: DataTree, log: History, rules: LearnerRules) => DataTree;
  /** The tree as it is read from disk. */
  readonly restore: (log: History, misnamed: MisnamedSnapshot | null, rules: LearnerRules) => DataTree;
}

/** The learner as ZooKeeper has it. */
export const learnerRules: LearnerRules = {
  startSync,
  proposalInSync,
  commitInSync,
  informInSync,
  takeCommitted,
  commitPending,
  afterUpToDate,
  truncateLog,
  processTxn,
  fastForward,
  restore,
};
