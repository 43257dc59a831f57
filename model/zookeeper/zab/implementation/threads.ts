import type { Update } from '../../../../checker/language/index.ts';
import type { Sid } from '../../election/quorum-verifier.ts';
import { deliver } from '../protocol/components.ts';
import { appendTxns, type ImplementationView as View } from './components.ts';
import { forwarding, inform, onAck } from './leader.ts';
import { allServersOf, type BroadcastParams as Params } from './params.ts';
import type { ImplementationRules as Rules } from './rules.ts';
import { stopLeading } from './shutdown.ts';

/** PrepRequestProcessor and ProposalRequestProcessor: to the followers first, then to the leader's own logging thread. */
export function propose(s: View, l: Sid, p: Params, rules: Rules): readonly Update[] | undefined {
  const leading = s.leading(l).value;
  if (leading === null || s.transactionBudget.value === 0 || s.peer(l).get('phase') !== 'broadcast') return;
  const zxid = rules.nextZxid(leading.lastProposed, p.maxCounter);
  if (zxid === null) return stopLeading(s, l, p, rules);
  const txn = { zxid, value: p.transactions - s.transactionBudget.value + 1 };
  return [
    s.transactionBudget.set(s.transactionBudget.value - 1),
    s.leading(l).patch({
      lastProposed: zxid,
      outstandingProposals: [...leading.outstandingProposals, { txn, acks: [] }],
    }),
    s.syncQueue(l).send(txn),
    ...forwarding(s, l, p).map((j) => s.net(l, j).send({ type: 'PROPOSAL', txn })),
    ...(rules.informsOfProposals ? inform(s, l, txn, p) : []),
  ];
}

/** SyncRequestProcessor: append and flush; the ack is another step, the leader's own too. An observer acks nothing. */
export function logNext(s: View, i: Sid, rules: Rules): readonly Update[] | undefined {
  const txn = s.syncQueue(i).head;
  if (txn === undefined) return;
  const { state } = s.peer(i).value;
  const unacked = state === 'OBSERVING' || (rules.acksBeforeLogging && state === 'FOLLOWING');
  return [
    s.syncQueue(i).receive(),
    s.log(i).apply(appendTxns, [txn]),
    ...(unacked ? [] : [s.toAck(i).send(txn.zxid)]),
  ];
}

/** The logging thread of an earlier role: its connection is closed, so nobody hears an ack. */
export function logOrphan(s: View, i: Sid): readonly Update[] | undefined {
  const txn = s.orphans(i).head;
  return txn && [s.orphans(i).receive(), s.log(i).apply(appendTxns, [txn])];
}

/** SendAckRequestProcessor of a follower, AckRequestProcessor of the leader. */
export function ackNext(s: View, i: Sid, p: Params, rules: Rules): readonly Update[] | undefined {
  const zxid = s.toAck(i).head;
  if (zxid === undefined) return;
  const { state, leader, phase } = s.peer(i).value;
  if (state === 'LEADING') return [s.toAck(i).receive(), ...onAck(s, i, i, zxid, p, rules)];
  if (phase !== 'broadcast' && !rules.newLeaderSteps.includes('queueAll')) return; // acked once it serves
  return [s.toAck(i).receive(), s.net(i, leader).send({ type: 'ACK', zxid })];
}

/** CommitProcessor and FinalRequestProcessor. */
export function applyNext(s: View, i: Sid, p: Params, rules: Rules): readonly Update[] | undefined {
  const txn = s.toBeApplied(i).head;
  if (txn === undefined) return;
  // A handler that has decided holds the lock on the cache of committed transactions, which applying adds to.
  if (allServersOf(p).some((j) => s.handler(i, j).value.stage === 'decided')) return;
  const tree = rules.processTxn(s.tree(i).value, txn);
  return [s.toBeApplied(i).receive(), s.tree(i).set(tree), s.delivered(i).apply(deliver, tree.txns)];
}
