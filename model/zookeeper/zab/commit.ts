import type { QuorumVerifier, Sid } from '../election/quorum-verifier.ts';
import { counterOf, type Zxid } from '../zxid.ts';
import type { ZabRules } from './rules.ts';
import type { Txn } from './txn.ts';

/** Leader.Proposal: a transaction that waits for a quorum of acks. */
export interface Proposal {
  readonly txn: Txn;
  readonly acks: readonly Sid[];
}

/** What Leader.processAck looks at and changes. */
export interface Outstanding {
  readonly lastCommitted: Zxid;
  readonly outstandingProposals: readonly Proposal[];
}

export interface Acked<O extends Outstanding> {
  readonly leader: O;
  readonly committed: Txn | null;
}

/** Leader.processAck: an ack of `zxid` by `sid`; acks of markers, of what is committed and of what is unknown are ignored. */
export function processAck<O extends Outstanding>(
  leader: O,
  sid: Sid,
  zxid: Zxid,
  verifier: QuorumVerifier,
  rules: ZabRules,
): Acked<O> {
  const ignored = { leader, committed: null };
  if (counterOf(zxid) === 0 || leader.outstandingProposals.length === 0) return ignored;
  if (leader.lastCommitted >= zxid) return ignored;
  const acked = leader.outstandingProposals.find(({ txn }) => txn.zxid === zxid);
  if (acked === undefined) return ignored;
  const acks = rules.addAck(acked.acks, sid);
  const outstandingProposals = leader.outstandingProposals.map((p) => (p === acked ? { ...p, acks } : p));
  const now = { ...leader, outstandingProposals };
  if (!rules.mayCommit(now, { ...acked, acks }, verifier, rules)) return { leader: now, committed: null };
  return {
    leader: {
      ...now,
      lastCommitted: zxid,
      outstandingProposals: outstandingProposals.filter(({ txn }) => txn.zxid !== zxid),
    },
    committed: acked.txn,
  };
}

/** SyncedLearnerTracker.addAck: a set, so a second ack of the same server changes nothing. */
export const addAck = (acks: readonly Sid[], sid: Sid): readonly Sid[] =>
  acks.includes(sid) ? acks : [...acks, sid].sort((a, b) => a - b);

/** Leader.tryToCommit: a quorum has it, and what was proposed before it is no longer outstanding. */
export const mayCommit = (
  { outstandingProposals }: Outstanding,
  { txn, acks }: Proposal,
  verifier: QuorumVerifier,
  rules: ZabRules,
): boolean =>
  !outstandingProposals.some((other) => other.txn.zxid === txn.zxid - 1) &&
  rules.containsQuorum(verifier, acks);
