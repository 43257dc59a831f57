import type { DeepReadonly, Update } from '../../../../checker/language/index.ts';
import type { Sid } from '../../election/quorum-verifier.ts';
import { noEpochYet } from '../epoch-agreement.ts';
import { lastZxid } from '../txn.ts';
import { commit, deliver, establish, type Leader, type ZabView } from './components.ts';
import { electorateOf, verifierOf, type ZabParams } from './params.ts';
import type { ProtocolRules } from './rules.ts';

export type LeaderState = DeepReadonly<Leader>;

/** A leader that has just been named takes part in its own three waits. */
export function newLeader(s: ZabView, l: Sid, p: ZabParams, rules: ProtocolRules): LeaderState {
  const { acceptedEpoch, currentEpoch, history } = s.disk(l).value;
  return {
    proposal: rules.getEpochToPropose(noEpochYet, l, acceptedEpoch, electorateOf(p, l), rules),
    electing: [{ sid: l, currentEpoch, history }],
    electionFinished: false,
    newLeaderAcks: [l],
    lastCommitted: 0,
    outstandingProposals: [],
    unsent: [],
    learners: [],
    registered: [],
    synced: [],
  };
}

/** CEPOCH: once a quorum has said which epochs it knows, all connected learners hear of the new one. */
export function onCepoch(
  s: ZabView,
  l: Sid,
  from: Sid,
  epoch: number,
  leader: LeaderState,
  p: ZabParams,
  rules: ProtocolRules,
) {
  const proposal = rules.getEpochToPropose(leader.proposal, from, epoch, electorateOf(p, l), rules);
  const updates: Update[] = [s.leader(l).set({ ...leader, proposal })];
  if (proposal.waiting) return updates;
  if (leader.proposal.waiting) updates.push(s.disk(l).patch({ acceptedEpoch: proposal.epoch }));
  const told = leader.proposal.waiting
    ? leader.learners.filter((j) => proposal.connecting.includes(j))
    : [from];
  return [...updates, ...told.map((j) => s.net(l, j).send({ type: 'NEWEPOCH', epoch: proposal.epoch }))];
}

/** ACKEPOCH: once a quorum has accepted the epoch, the most recent history among it becomes the leader's. */
export function onAckEpoch(
  s: ZabView,
  l: Sid,
  ack: LeaderState['electing'][number],
  counts: boolean,
  leader: LeaderState,
  p: ZabParams,
  rules: ProtocolRules,
): readonly Update[] {
  const { epoch } = leader.proposal;
  const registered = with_(leader.registered, ack.sid);
  if (leader.electionFinished) {
    const { history } = s.disk(l).value;
    return [
      s.leader(l).set({ ...leader, registered }),
      s.net(l, ack.sid).send({ type: 'NEWLEADER', epoch, history }),
    ];
  }
  const electing = counts ? [...leader.electing.filter(({ sid }) => sid !== ack.sid), ack] : leader.electing;
  const sids = electing.map(({ sid }) => sid);
  if (!rules.isQuorumOfLeader(electorateOf(p, l), sids, rules)) {
    return [s.leader(l).set({ ...leader, electing, registered })];
  }
  const { history } = electing.reduce((best, other) => {
    const summaryOf = (of: typeof ack) => ({ currentEpoch: of.currentEpoch, lastZxid: lastZxid(of.history) });
    return rules.isMoreRecentThan(summaryOf(other), summaryOf(best)) ? other : best;
  });
  return [
    s.leader(l).set({ ...leader, electing: [], electionFinished: true, registered }),
    s.disk(l).patch({ currentEpoch: epoch, history }),
    s.role(l).patch({ phase: 'synchronization' }),
    ...registered.map((j) => s.net(l, j).send({ type: 'NEWLEADER', epoch, history })),
  ];
}

/** ACKLD: a quorum with the initial history establishes the epoch and commits all of it. */
export function onAckLeader(
  s: ZabView,
  l: Sid,
  from: Sid,
  zxid: number,
  leader: LeaderState,
  p: ZabParams,
  rules: ProtocolRules,
) {
  const electorate = electorateOf(p, l);
  const newLeaderAcks = rules.waitForNewLeaderAck(leader.newLeaderAcks, from, electorate, rules);
  const synced = with_(leader.synced, from);
  const acked = { ...leader, newLeaderAcks, synced };
  if (s.role(l).get('phase') === 'broadcast') {
    const inHistory = rules.ackedWithHistory(leader, zxid);
    const committing = commitUpTo(s, l, from, inHistory, { ...acked, synced: leader.synced }, p, rules);
    const commitLd = rules.commitOnSync(committing.leader.lastCommitted, zxid);
    return [
      ...committing.updates,
      s.leader(l).set({ ...committing.leader, synced }),
      s.net(l, from).send({ type: 'COMMITLD', zxid: commitLd }),
    ];
  }
  if (!rules.isQuorumOfLeader(electorate, newLeaderAcks, rules)) return [s.leader(l).set(acked)];
  const { history, currentEpoch } = s.disk(l).value;
  const lastCommitted = lastZxid(history);
  return [
    s.leader(l).set({ ...acked, lastCommitted }),
    s.role(l).patch({ phase: 'broadcast', delivered: history.length }),
    s.delivered(l).apply(deliver, history),
    s.committed.apply(commit, history),
    s.established.apply(establish, { epoch: currentEpoch, leader: l, history }),
    ...synced.map((j) =>
      s.net(l, j).send({ type: 'COMMITLD', zxid: rules.commitOnSync(lastCommitted, zxid) }),
    ),
  ];
}

/** Acks of one learner, oldest first: what now has a quorum is delivered by the leader and committed at the others. */
export function commitUpTo(
  s: ZabView,
  l: Sid,
  from: Sid,
  zxids: readonly number[],
  leader: LeaderState,
  p: ZabParams,
  rules: ProtocolRules,
) {
  let now = leader;
  const updates: Update[] = [];
  for (const zxid of zxids) {
    const { leader: next, committed } = rules.processAck(now, from, zxid, verifierOf(p), rules);
    now = next;
    if (committed === null) continue;
    const { history } = s.disk(l).value;
    const prefix = history.slice(0, history.findIndex((txn) => txn.zxid === zxid) + 1);
    updates.push(
      s.role(l).patch({ delivered: prefix.length }),
      s.delivered(l).apply(deliver, prefix),
      s.committed.apply(commit, prefix),
      ...now.synced.map((j) => s.net(l, j).send({ type: 'COMMIT', zxid })),
    );
  }
  return { leader: now, updates };
}

export const with_ = (sids: readonly Sid[], sid: Sid): readonly Sid[] =>
  sids.includes(sid) ? sids : [...sids, sid].sort((a, b) => a - b);
