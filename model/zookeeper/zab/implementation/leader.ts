import type { Update } from '../../../../checker/language/index.ts';
import type { Sid } from '../../election/quorum-verifier.ts';
import { counterOf, epochOf, makeZxid, type Zxid } from '../../zxid.ts';
import { commit, deliver } from '../protocol/components.ts';
import { contains, type Txn } from '../txn.ts';
import { establish, type Packet, type ImplementationView as View } from './components.ts';
import {
  allServersOf,
  electorateOf,
  isObserver,
  type BroadcastParams as Params,
  serversOf,
  verifierOf,
} from './params.ts';
import type { ImplementationRules as Rules } from './rules.ts';

const FORWARDING: ReadonlySet<string> = new Set(['snapshot', 'newLeader', 'acked', 'serving']);

/** Followers that get what the leader proposes and commits: those whose handler has started forwarding. */
export const forwarding = (s: View, l: Sid, p: Params): readonly Sid[] =>
  serversOf(p).filter((j) => FORWARDING.has(s.handler(l, j).value.stage));

/** Observers among those to whom the leader has started forwarding: they hear of a transaction when it is committed. */
const observing = (s: View, l: Sid, p: Params): readonly Sid[] =>
  allServersOf(p).filter((j) => isObserver(p, j) && FORWARDING.has(s.handler(l, j).value.stage));

/** Leader.inform. */
export const inform = (s: View, l: Sid, txn: Txn, p: Params): readonly Update[] =>
  observing(s, l, p).map((j) => s.net(l, j).send({ type: 'INFORM', txn }));

/** LearnerHandler.syncFollower up to the choice of DIFF, TRUNC or SNAP. */
export function decideSync(s: View, l: Sid, peerLastZxid: Zxid, p: Params, rules: Rules) {
  const leading = s.leading(l).value;
  const { txns, lastProcessed } = s.tree(l).value;
  const uncached = s.uncached(l).value;
  const cached = { txns: txns.filter((txn) => !contains(uncached, txn)), lastProcessed };
  const db = rules.syncDatabase(cached, s.toBeApplied(l).value);
  const { op, zxid, proposals, forwardFrom } = rules.syncDecision(db, peerLastZxid);
  const own = epochOf(peerLastZxid) === leading?.epoch && peerLastZxid <= leading.lastProposed;
  if (op === 'TRUNC' && own && rules.keepsOwnProposals) {
    const queued: Packet[] = [{ type: 'DIFF', zxid: peerLastZxid }];
    return { queued, forwardFrom: peerLastZxid };
  }
  const unsafe = op === 'TRUNC' && counterOf(zxid) === 0 && !rules.truncatesToMarker;
  const forced = p.snapshots === 'forced';
  if (op === 'SNAP' || unsafe || forced) {
    // The tree as it is, or, forced, as it will be; what is not applied yet has to be forwarded.
    const snapshot: Packet = { type: 'SNAP', zxid: lastProcessed, txns };
    return { queued: forced ? [] : [snapshot], forwardFrom: Math.min(forwardFrom, lastProcessed) };
  }
  const first: Packet = { type: op, zxid };
  const committed = proposals.flatMap((txn): Packet[] => [
    { type: 'PROPOSAL', txn },
    { type: 'COMMIT', zxid: txn.zxid },
  ]);
  return { queued: [first, ...committed], forwardFrom };
}

/**
 * Leader.startForwarding, and NEWLEADER behind it: committed but not applied, then, to voters, outstanding proposals. A
 * snapshot that is still to be written comes before all of it, and what is queued until then before NEWLEADER.
 */
export function startForwarding(
  s: View,
  l: Sid,
  j: Sid,
  decision: { readonly queued: readonly Packet[]; readonly forwardFrom: Zxid },
  p: Params,
  rules: Rules,
): readonly Update[] | undefined {
  const leading = s.leading(l).value;
  if (leading === null) return;
  const underWay = {
    toBeApplied: s.toBeApplied(l).value,
    outstandingProposals: leading.outstandingProposals,
  };
  const votes = s.peer(j).get('state') === 'FOLLOWING';
  const { committed, proposed } = rules.toForward(underWay, decision.forwardFrom, votes);
  const outstandingProposals = leading.outstandingProposals.map((proposal) =>
    proposed.includes(proposal.txn)
      ? { ...proposal, acks: rules.acksOnForwarding(proposal.acks, j) }
      : proposal,
  );
  const packets: Packet[] = [
    ...decision.queued,
    ...committed.flatMap((txn): Packet[] => [
      { type: 'PROPOSAL', txn },
      { type: 'COMMIT', zxid: txn.zxid },
    ]),
    ...proposed.map((txn): Packet => ({ type: 'PROPOSAL', txn })),
  ];
  const later = p.snapshots === 'forced';
  if (!(later && rules.newLeaderAfterSnapshot)) packets.push({ type: 'NEWLEADER', epoch: leading.epoch });
  return [
    s.handler(l, j).set({ stage: later ? 'snapshot' : 'newLeader' }),
    s.leading(l).patch({ outstandingProposals }),
    ...packets.map((packet) => s.net(l, j).send(packet)),
  ];
}

/** LearnerHandler.run: the tree as it is now, then what has been queued since forwarding started. */
export function writeSnapshot(s: View, l: Sid, j: Sid, rules: Rules): readonly Update[] | undefined {
  const leading = s.leading(l).value;
  if (leading === null || s.handler(l, j).value.stage !== 'snapshot') return;
  const { txns, lastProcessed } = s.tree(l).value;
  const newLeader: Packet[] = rules.newLeaderAfterSnapshot
    ? [{ type: 'NEWLEADER', epoch: leading.epoch }]
    : [];
  return [
    s.handler(l, j).set({ stage: 'newLeader' }),
    s.net(l, j).set([{ type: 'SNAP', zxid: lastProcessed, txns }, ...s.net(l, j).value, ...newLeader]),
  ];
}

/** The first ACK of a handler: it must be that of NEWLEADER. A quorum of them lets the leader serve. */
export function onNewLeaderAck(s: View, l: Sid, j: Sid, zxid: Zxid, p: Params, rules: Rules) {
  const leading = s.leading(l).value;
  if (leading === null) return [];
  const marker = makeZxid(leading.epoch, 0);
  if (zxid !== marker) return [s.refused.set('badAck')];
  const acked = s.handler(l, j).set({ stage: 'acked' });
  if (s.peer(l).get('phase') === 'broadcast') {
    return [rules.tellsLateLearners ? acked : s.handler(l, j).set({ stage: 'serving' })];
  }
  const newLeaderAcks = rules.waitForNewLeaderAck(leading.newLeaderAcks, j, electorateOf(p, l), rules);
  return [acked, ...serves(s, l, newLeaderAcks, p, rules)];
}

/** Leader.startZkServer, once a quorum has acked NEWLEADER, the leader itself among it: all its history is committed. */
export function serves(
  s: View,
  l: Sid,
  newLeaderAcks: readonly Sid[],
  p: Params,
  rules: Rules,
): readonly Update[] {
  const leading = s.leading(l).value;
  if (leading === null) return [];
  if (!newLeaderAcks.includes(l) || !rules.containsQuorum(verifierOf(p), newLeaderAcks)) {
    return [s.leading(l).patch({ newLeaderAcks })];
  }
  const zxid = rules.zxidOfNewEpoch(leading.epoch);
  const { txns } = s.tree(l).value;
  return [
    s.leading(l).patch({ newLeaderAcks: [], lastCommitted: zxid, lastProposed: zxid }),
    s.peer(l).patch({ phase: 'broadcast' }),
    s.tree(l).patch({ lastProcessed: zxid }),
    s.established.apply(establish, { epoch: leading.epoch, leader: l, history: txns }),
    s.committed.apply(commit, txns),
    s.delivered(l).apply(deliver, txns),
  ];
}

/** Leader.processAck, of a follower or of the leader's own logging thread. */
export function onAck(s: View, l: Sid, sid: Sid, zxid: Zxid, p: Params, rules: Rules): readonly Update[] {
  const leading = s.leading(l).value;
  if (leading === null) return [];
  const { leader, committed } = rules.processAck(leading, sid, zxid, verifierOf(p), rules);
  if (committed === null) return [s.leading(l).set(leader)];
  const history = [...s.tree(l).value.txns, ...s.toBeApplied(l).value, committed];
  return [
    s.leading(l).set(leader),
    s.toBeApplied(l).send(committed),
    ...forwarding(s, l, p).map((j) => s.net(l, j).send({ type: 'COMMIT', zxid })),
    ...(rules.informsOfProposals ? [] : inform(s, l, committed, p)),
    s.committed.apply(commit, history),
  ];
}

/** A learner that is forgotten is no longer counted for what is outstanding. */
export function dropAcks(s: View, l: Sid, sid: Sid): readonly Update[] {
  const leading = s.leading(l).value;
  if (leading === null) return [];
  const outstandingProposals = leading.outstandingProposals.map((proposal) => ({
    ...proposal,
    acks: proposal.acks.filter((other) => other !== sid),
  }));
  return [s.leading(l).patch({ outstandingProposals })];
}
