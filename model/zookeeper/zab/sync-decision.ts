import { counterOf, epochOf, type Zxid } from '../zxid.ts';

/** Anything that a leader proposes has a zxid. */
export interface Zxided {
  readonly zxid: Zxid;
}

/** What a learner handler looks at in the leader's database. */
export interface LeaderDatabase<T extends Zxided> {
  /** The zxid of the data tree in memory: (e,0) on a leader that has just started. */
  readonly lastProcessed: Zxid;
  /** ZKDatabase.committedLog, the cache of committed transactions, oldest first. */
  readonly committedLog: readonly T[];
  /** What can be read from the log on disk within the size limit; null where that is switched off. */
  readonly txnLog: readonly T[] | null;
}

/** How a learner is brought into line. Each proposal is followed by its COMMIT. */
export interface SyncDecision<T extends Zxided> {
  readonly op: 'DIFF' | 'TRUNC' | 'SNAP';
  readonly zxid: Zxid;
  readonly proposals: readonly T[];
  /** What the leader commits or proposes above this zxid is forwarded (Leader.startForwarding). */
  readonly forwardFrom: Zxid;
}

interface Queued<T> {
  readonly op: 'DIFF' | 'TRUNC' | null;
  readonly zxid: Zxid;
  readonly proposals: readonly T[];
  readonly queuedZxid: Zxid;
}

/** LearnerHandler.syncFollower: DIFF, TRUNC or SNAP for a learner whose last zxid is `peer`. */
export function syncDecision<T extends Zxided>(db: LeaderDatabase<T>, peer: Zxid): SyncDecision<T> {
  const { lastProcessed, committedLog } = db;
  const min = committedLog[0]?.zxid ?? lastProcessed;
  const max = committedLog.at(-1)?.zxid ?? lastProcessed;
  const snapshot: SyncDecision<T> = {
    op: 'SNAP',
    zxid: lastProcessed,
    proposals: [],
    forwardFrom: lastProcessed,
  };
  if (peer === lastProcessed) return { op: 'DIFF', zxid: peer, proposals: [], forwardFrom: peer };
  if (peer > max && counterOf(peer) !== 0) {
    return { op: 'TRUNC', zxid: max, proposals: [], forwardFrom: max };
  }
  const nothing: Queued<T> = { op: null, zxid: peer, proposals: [], queuedZxid: peer };
  if (min <= peer && peer <= max) {
    const queued = queueCommittedProposals(nothing, committedLog, peer, null, max);
    // A snapshot after all, but forwarding starts from the peer's zxid: it may get proposals that the snapshot contains.
    return decided(queued) ?? { ...snapshot, forwardFrom: queued.queuedZxid };
  }
  if (peer < min && db.txnLog !== null && canReadFrom(db.txnLog, peer)) {
    const queued = queueCommittedProposals(nothing, db.txnLog, peer, min, max);
    if (queued.queuedZxid < min) return snapshot; // a gap between the log and the cache
    return (
      decided(queueCommittedProposals(queued, committedLog, queued.queuedZxid, null, max)) ?? {
        ...snapshot,
        forwardFrom: queued.queuedZxid,
      }
    );
  }
  return snapshot;
}

/** ZKDatabase.getProposalsFromTxnLog: nothing when the log begins only after the zxid asked for. */
const canReadFrom = (log: readonly Zxided[], zxid: Zxid): boolean =>
  log[0] !== undefined && log[0].zxid <= zxid;

const decided = <T extends Zxided>({ op, zxid, proposals, queuedZxid }: Queued<T>): SyncDecision<T> | null =>
  op === null ? null : { op, zxid, proposals, forwardFrom: queuedZxid };

/** LearnerHandler.queueCommittedProposals: the first entry that the learner lacks decides between DIFF and TRUNC. */
function queueCommittedProposals<T extends Zxided>(
  before: Queued<T>,
  log: readonly T[],
  peer: Zxid,
  upTo: Zxid | null,
  lastCommitted: Zxid,
): Queued<T> {
  const peerIsNewEpoch = counterOf(peer) === 0;
  let { op, zxid, queuedZxid } = { ...before, queuedZxid: peer };
  const proposals = [...before.proposals];
  let previous = -1;
  for (const entry of log) {
    if (upTo !== null && entry.zxid > upTo) break;
    if (entry.zxid < peer) {
      previous = entry.zxid;
      continue;
    }
    if (op === null) {
      if (entry.zxid === peer || peerIsNewEpoch) {
        [op, zxid] = ['DIFF', lastCommitted];
        if (entry.zxid === peer) continue;
      } else {
        // The learner has something that this leader never saw. It cannot truncate back into another epoch.
        if (epochOf(entry.zxid) !== epochOf(peer)) return { op, zxid, proposals, queuedZxid };
        [op, zxid] = ['TRUNC', previous];
      }
    }
    if (entry.zxid <= queuedZxid) continue; // a duplicate
    proposals.push(entry);
    queuedZxid = entry.zxid;
  }
  if (op === null && peerIsNewEpoch) [op, zxid] = ['DIFF', lastCommitted];
  return { op, zxid, proposals, queuedZxid };
}
