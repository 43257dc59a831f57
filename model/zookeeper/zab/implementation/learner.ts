import type { Update } from '../../../../checker/language/index.ts';
import type { Sid } from '../../election/quorum-verifier.ts';
import { makeZxid, type Zxid } from '../../zxid.ts';
import type { NewLeaderStep } from '../eras.ts';
import { type LearnerSync, misnamedSnapshotOf, type Synced } from '../learner-sync.ts';
import { deliver } from '../protocol/components.ts';
import type { Txn } from '../txn.ts';
import { appendTxns, type Packet, type ImplementationView as View } from './components.ts';
import type { ImplementationRules as Rules } from './rules.ts';

/** Learner.syncWithLeader, first packet: DIFF, TRUNC or SNAP. Truncation is at once on disk. */
export function onSyncOp(
  s: View,
  j: Sid,
  packet: Extract<Packet, { type: 'DIFF' | 'TRUNC' | 'SNAP' }>,
  rules: Rules,
): readonly Update[] {
  if (s.sync(j).value !== null || s.peer(j).get('phase') !== 'synchronization') {
    return [s.refused.set('badState')];
  }
  const started = s.sync(j).set(rules.startSync(packet.type, rules.diffSnapshots));
  if (packet.type === 'DIFF') return [started];
  if (packet.type === 'SNAP') {
    return [started, s.uncached(j).set([]), s.tree(j).set({ txns: packet.txns, lastProcessed: packet.zxid })];
  }
  const kept = rules.truncateLog(s.log(j).value, packet.zxid);
  if (kept === null) return [s.refused.set('truncTargetMissing')];
  // FileTxnSnapLog.truncateLog touches the log alone, and the newest snapshot is what is loaded again.
  const snapshot = s.snapshot(j).value;
  const txns = snapshot.length > kept.length ? snapshot : kept;
  return [
    started,
    s.uncached(j).set([]),
    s.log(j).set(kept),
    s.tree(j).set({ txns, lastProcessed: packet.zxid }),
  ];
}

/** PROPOSAL, before and after UPTODATE. */
export function onProposal(s: View, j: Sid, txn: Txn, rules: Rules): readonly Update[] {
  const sync = s.sync(j).value;
  if (sync !== null) return inSync(s, j, rules.proposalInSync(sync, s.tree(j).value, txn), 'badProposal');
  if (s.peer(j).get('phase') !== 'broadcast') return [s.refused.set('badState')];
  const early = rules.acksBeforeLogging ? [s.toAck(j).send(txn.zxid)] : [];
  return [s.pendingTxns(j).send(txn), s.syncQueue(j).send(txn), ...early];
}

/** COMMIT, before and after UPTODATE. */
export function onCommit(s: View, j: Sid, zxid: Zxid, rules: Rules): readonly Update[] {
  if (rules.passesOverOldCommits && zxid <= s.tree(j).get('lastProcessed')) return [];
  const sync = s.sync(j).value;
  if (sync !== null) {
    // Between NEWLEADER's queueing (3.6.3 to 3.9.1) and UPTODATE the proposal may wait in pendingTxns already,
    // but the sync loop looks only at its own list (ZOOKEEPER-4394).
    const queued = s.pendingTxns(j).value[sync.packetsCommitted.length];
    if (rules.matchesQueuedProposals && queued?.zxid === zxid) {
      return [s.sync(j).set({ ...sync, packetsCommitted: [...sync.packetsCommitted, zxid] })];
    }
    return inSync(s, j, rules.commitInSync(sync, s.tree(j).value, zxid, rules), 'badCommit');
  }
  if (s.peer(j).get('phase') !== 'broadcast') return [s.refused.set('badState')];
  const txn = rules.commitPending(s.pendingTxns(j).head, zxid);
  if (txn === null) return [s.refused.set('badCommit')]; // Java exits, or loses the commit
  return [s.pendingTxns(j).receive(), s.toBeApplied(j).send(txn)];
}

/** INFORM, before and after UPTODATE: a proposal and its COMMIT in one, for an observer. */
export function onInform(s: View, j: Sid, txn: Txn, rules: Rules): readonly Update[] {
  const sync = s.sync(j).value;
  if (sync !== null)
    return inSync(s, j, rules.informInSync(sync, s.tree(j).value, txn, rules), 'badProposal');
  if (s.peer(j).get('phase') !== 'broadcast') return [s.refused.set('badState')];
  return commitRequest(s, j, txn);
}

/** ObserverZooKeeperServer.commitRequest: to the logging thread, which acks nothing, and to the commit thread. */
const commitRequest = (s: View, j: Sid, txn: Txn): readonly Update[] => [
  s.syncQueue(j).send(txn),
  s.toBeApplied(j).send(txn),
];

function inSync(s: View, j: Sid, synced: Synced, refusal: 'badProposal' | 'badCommit'): readonly Update[] {
  return 'refused' in synced
    ? [s.refused.set(refusal)]
    : [s.sync(j).set(synced.sync), s.tree(j).set(synced.tree)];
}

/** What one step of NEWLEADER does: the server may crash before the next. */
export function onNewLeader(
  s: View,
  j: Sid,
  l: Sid,
  epoch: number,
  sync: LearnerSync,
  step: NewLeaderStep,
  rules: Rules,
): readonly Update[] {
  switch (step) {
    case 'snapshot':
      return [
        s.log(j).set(s.tree(j).value.txns),
        s.misnamed(j).set(misnamedSnapshotOf(s.tree(j).value)),
        // After TRUNC the one of before has the higher zxid in its name, and stays the newest.
        ...(rules.snapshotOutlivesTruncation && sync.mode === 'SNAP'
          ? [s.snapshot(j).set(s.tree(j).value.txns)]
          : []),
      ];
    case 'epochTmp':
      return [s.epochTmp(j).set(epoch)];
    case 'epoch':
      return [s.epochTmp(j).set(null), s.epochs(j).patch({ currentEpoch: epoch })];
    case 'acceptedEpoch':
      return [s.epochs(j).patch({ acceptedEpoch: epoch })];
    case 'logCommitted': {
      const { sync: rest, txns } = rules.takeCommitted(sync);
      const tree = txns.reduce((now, txn) => rules.processTxn(now, txn), s.tree(j).value);
      return [
        s.sync(j).set(rest),
        s.log(j).apply(appendTxns, txns),
        s.tree(j).set(tree),
        ...(rules.cachesSyncedTxns ? [] : [s.uncached(j).apply(appendTxns, txns)]),
      ];
    }
    case 'logAll':
    case 'queueAll': {
      const txns = sync.packetsNotLogged;
      return [
        s.sync(j).set({ ...sync, packetsNotLogged: [] }),
        ...txns.map((txn) => s.pendingTxns(j).send(txn)),
        ...(step === 'queueAll'
          ? txns.map((txn) => s.syncQueue(j).send(txn))
          : [s.log(j).apply(appendTxns, txns), ...txns.map((txn) => s.toAck(j).send(txn.zxid))]),
      ];
    }
    case 'ack':
      return [
        s.net(l, j).receive(),
        s.peer(j).patch({ newLeaderSteps: 0 }),
        s.sync(j).set({ ...sync, mode: 'DIFF', writeToTxnLog: true }), // SyncMode.NONE: nothing is half done
        s.net(j, l).send({ type: 'ACK', zxid: makeZxid(epoch, 0) }),
      ];
  }
}

/** UPTODATE: serve; what the sync left uncommitted goes to the logging thread, remembered commits to the commit thread. */
export function onUpToDate(s: View, j: Sid, l: Sid, epoch: number, rules: Rules): readonly Update[] {
  const sync = s.sync(j).value;
  if (sync === null) return [s.refused.set('badState')];
  const served = [
    s.sync(j).set(null),
    s.peer(j).patch({ phase: 'broadcast' }),
    s.net(j, l).send({ type: 'ACK', zxid: makeZxid(epoch, 0) }),
    s.delivered(j).apply(deliver, s.tree(j).value.txns),
  ];
  if (s.peer(j).get('state') === 'OBSERVING') {
    return [...served, ...rules.takeCommitted(sync).txns.flatMap((txn) => commitRequest(s, j, txn))];
  }
  const left = rules.afterUpToDate(sync, s.pendingTxns(j).value, rules);
  if (left === null) return [s.refused.set('badCommit')];
  return [
    ...served,
    ...left.toLog.map((txn) => s.syncQueue(j).send(txn)),
    s.pendingTxns(j).set(left.pendingTxns),
    ...left.committed.map((txn) => s.toBeApplied(j).send(txn)),
  ];
}
