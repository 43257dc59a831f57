import { z } from 'zod';
import { counterOf, epochOf, Zxid } from '../zxid.ts';
import type { LearnerRules } from './learner-rules.ts';
import { History, lastZxid, type Txn } from './txn.ts';

/** The data tree in memory. `lastProcessed` may be a marker (e,0), which is no transaction. */
export const DataTree = z.strictObject({ txns: History, lastProcessed: Zxid });
export type DataTree = { readonly txns: History; readonly lastProcessed: Zxid };

/** A tree as it is after loading it from disk. */
export const treeOf = (txns: History): DataTree => ({ txns, lastProcessed: lastZxid(txns) });

/**
 * ZooKeeperServer.processTxn. Each transaction overwrites what those before it wrote, so that one which the tree has already
 * undoes what came after it; the last zxid does not go back.
 */
export function processTxn({ txns, lastProcessed }: DataTree, txn: Txn): DataTree {
  const known = txns.findIndex(({ zxid }) => zxid === txn.zxid);
  return known < 0 ? treeOf([...txns, txn]) : { txns: txns.slice(0, known + 1), lastProcessed };
}

/** A snapshot's last transaction, and the zxid in its name. */
export const MisnamedSnapshot = z.strictObject({ content: Zxid, name: Zxid });
export type MisnamedSnapshot = z.infer<typeof MisnamedSnapshot>;

/** The snapshot of a tree, if its name says more than its content; a marker (e,0) says nothing. */
export function misnamedSnapshotOf({ txns, lastProcessed }: DataTree): MisnamedSnapshot | null {
  const content = lastZxid(txns);
  return lastProcessed > content && counterOf(lastProcessed) > 0 ? { content, name: lastProcessed } : null;
}

/** FileTxnSnapLog.restore: the newest snapshot, then what the log has beyond the zxid in its name. */
export function restore(log: History, misnamed: MisnamedSnapshot | null, rules: LearnerRules): DataTree {
  if (misnamed === null) return treeOf(log);
  const txns = log.filter(({ zxid }) => zxid <= misnamed.content);
  return rules.fastForward({ txns, lastProcessed: misnamed.name }, log, rules);
}

/** The local variables of Learner.syncWithLeader. They are gone when the connection is. */
export const LearnerSync = z.strictObject({
  mode: z.enum(['DIFF', 'TRUNC', 'SNAP']),
  /** Whether the sync ends with a snapshot, so that commits before NEWLEADER go to memory alone. */
  snapshotNeeded: z.boolean(),
  writeToTxnLog: z.boolean(),
  packetsNotLogged: History,
  packetsCommitted: z.array(Zxid),
  lastQueued: Zxid,
});
export interface LearnerSync {
  readonly mode: 'DIFF' | 'TRUNC' | 'SNAP';
  readonly snapshotNeeded: boolean;
  readonly writeToTxnLog: boolean;
  readonly packetsNotLogged: History;
  readonly packetsCommitted: readonly Zxid[];
  readonly lastQueued: Zxid;
}

/** Learner.syncWithLeader, first packet. */
export function startSync(mode: LearnerSync['mode'], diffSnapshots: boolean): LearnerSync {
  const snapshotNeeded = mode !== 'DIFF' || diffSnapshots;
  return {
    mode,
    snapshotNeeded,
    writeToTxnLog: !snapshotNeeded,
    packetsNotLogged: [],
    packetsCommitted: [],
    lastQueued: 0,
  };
}

/** The sync loop went on, or it ended with an exception. */
export type Synced = { readonly sync: LearnerSync; readonly tree: DataTree } | { readonly refused: string };

/** PROPOSAL in the sync loop. A gap inside an epoch ends the loop (enforceContinuousProposal, ZOOKEEPER-4925). */
export function proposalInSync(sync: LearnerSync, tree: DataTree, txn: Txn): Synced {
  const { lastQueued } = sync;
  if (lastQueued !== 0 && txn.zxid !== lastQueued + 1 && epochOf(txn.zxid) <= epochOf(lastQueued)) {
    return { refused: 'DIFF sync got a proposal that is not the next one' };
  }
  const packetsNotLogged = [...sync.packetsNotLogged, txn];
  return { sync: { ...sync, packetsNotLogged, lastQueued: txn.zxid }, tree };
}

/** COMMIT in the sync loop: remembered for the log, or applied at once when a snapshot is going to save it. */
export function commitInSync(sync: LearnerSync, tree: DataTree, zxid: Zxid, rules: LearnerRules): Synced {
  const first = sync.packetsNotLogged[0];
  if (first === undefined) return { refused: 'COMMIT without a proposal: NullPointerException' };
  if (sync.writeToTxnLog) {
    return { sync: { ...sync, packetsCommitted: [...sync.packetsCommitted, zxid] }, tree };
  }
  if (first.zxid !== zxid) return { sync, tree }; // "Committing ..., but next proposal is ...": a warning
  const packetsNotLogged = sync.packetsNotLogged.slice(1);
  return { sync: { ...sync, packetsNotLogged }, tree: rules.processTxn(tree, first) };
}

/** INFORM in the sync loop of an observer: applied at once when a snapshot is going to save it, or else remembered. */
export function informInSync(sync: LearnerSync, tree: DataTree, txn: Txn, rules: LearnerRules): Synced {
  const proposed = rules.proposalInSync(sync, tree, txn);
  if ('refused' in proposed) return proposed;
  if (sync.writeToTxnLog) return rules.commitInSync(proposed.sync, tree, txn.zxid, rules);
  return { sync: { ...sync, lastQueued: txn.zxid }, tree: rules.processTxn(tree, txn) };
}

/** NEWLEADER, the part that the log must have before the ack: the proposals whose COMMIT came with the sync. */
export function takeCommitted(sync: LearnerSync): { readonly sync: LearnerSync; readonly txns: History } {
  const left = [...sync.packetsNotLogged];
  const txns: Txn[] = [];
  for (const zxid of sync.packetsCommitted) {
    if (left[0]?.zxid === zxid) txns.push(...left.splice(0, 1));
  }
  return { sync: { ...sync, packetsNotLogged: left, packetsCommitted: [] }, txns };
}

/** FollowerZooKeeperServer.commit: the first of the pending proposals. null: it is another one, and the server exits. */
export const commitPending = (first: Txn | undefined, zxid: Zxid): Txn | null =>
  first?.zxid === zxid ? first : null;

/** What UPTODATE leaves to a follower: what its logging thread and its commit thread get, and what waits for a COMMIT. */
export interface UpToDate {
  readonly toLog: History;
  readonly committed: History;
  readonly pendingTxns: History;
}

/** Learner.syncWithLeader behind its loop. null: a COMMIT was not that of the first pending proposal. */
export function afterUpToDate(sync: LearnerSync, pendingTxns: History, rules: LearnerRules): UpToDate | null {
  const pending = [...pendingTxns, ...sync.packetsNotLogged];
  const committed = sync.packetsCommitted.map((zxid, i) => rules.commitPending(pending[i], zxid));
  if (!committed.every((txn) => txn !== null)) return null;
  return { toLog: sync.packetsNotLogged, committed, pendingTxns: pending.slice(committed.length) };
}

/** FileTxnLog.truncate and what Learner makes of it: null where the entry to keep as the last one is not in the log. */
export function truncateLog(log: History, zxid: Zxid): History | null {
  const kept = log.filter((txn) => txn.zxid <= zxid);
  return lastZxid(kept) === zxid ? kept : null;
}

/** FileTxnSnapLog.fastForwardFromEdits: replays what the log has beyond the tree. */
export const fastForward = (tree: DataTree, log: History, rules: LearnerRules): DataTree =>
  log.filter(({ zxid }) => zxid > tree.lastProcessed).reduce((now, txn) => rules.processTxn(now, txn), tree);
