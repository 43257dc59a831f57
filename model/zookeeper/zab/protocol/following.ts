import type { Update } from '../../../../checker/language/index.ts';
import type { Sid } from '../../election/quorum-verifier.ts';
import type { Zxid } from '../../zxid.ts';
import { lastZxid, type Txn } from '../txn.ts';
import { deliver, type ZabView } from './components.ts';
import { serversOf, type ZabParams } from './params.ts';
import type { ProtocolRules } from './rules.ts';

/** NEWEPOCH: the epoch is on disk before it is acked. */
export function onNewEpoch(
  s: ZabView,
  j: Sid,
  l: Sid,
  epoch: number,
  rules: ProtocolRules,
): readonly Update[] | 'leave' {
  const { acceptedEpoch, currentEpoch, history } = s.disk(j).value;
  const answer = rules.acceptLeaderInfo(epoch, { acceptedEpoch, currentEpoch });
  if (answer === 'abort') return 'leave';
  return [
    s.disk(j).patch({ acceptedEpoch: answer.acceptedEpoch }),
    s.role(j).patch({ phase: 'synchronization' }),
    s.net(j, l).send({ type: 'ACKEPOCH', epoch: answer.ackEpoch, history }),
  ];
}

/** NEWLEADER: epoch and history to disk, then the ack. In one step by the paper, in two by any implementation. */
export function onNewLeader(
  s: ZabView,
  j: Sid,
  l: Sid,
  message: { readonly epoch: number; readonly history: readonly Txn[] },
  p: ZabParams,
  rules: ProtocolRules,
): readonly Update[] | 'leave' {
  const { acceptedEpoch, history: own } = s.disk(j).value;
  const { epoch } = message;
  const history = rules.historyOnNewLeader(own, message.history);
  if (epoch !== acceptedEpoch) return 'leave';
  const done = [s.net(l, j).receive(), s.net(j, l).send({ type: 'ACKLD', zxid: lastZxid(message.history) })];
  if (p.newLeader === 'atomic') return [s.disk(j).patch({ currentEpoch: epoch, history }), ...done];
  const first = p.newLeader === 'historyFirst' ? { history } : { currentEpoch: epoch };
  const second = p.newLeader === 'historyFirst' ? { currentEpoch: epoch } : { history };
  return s.role(j).get('halfWritten')
    ? [s.disk(j).patch(second), s.role(j).patch({ halfWritten: false }), ...done]
    : [s.disk(j).patch(first), s.role(j).patch({ halfWritten: true })];
}

export function onPropose(s: ZabView, j: Sid, l: Sid, txn: Txn, rules: ProtocolRules): readonly Update[] {
  const { history } = s.disk(j).value;
  const ack = s.net(j, l).send({ type: 'ACK', zxid: txn.zxid });
  if (rules.isNextZxid(lastZxid(history), txn.zxid)) {
    return [s.disk(j).patch({ history: [...history, txn] }), ack];
  }
  // It may have come before, with the history of NEWLEADER.
  const known = history.some(({ zxid }) => zxid === txn.zxid);
  return known ? [ack] : [s.refused.set('badProposal')];
}

/** COMMITLD and COMMIT: deliver the history up to `zxid`. */
export function onCommit(
  s: ZabView,
  j: Sid,
  zxid: Zxid,
  oneByOne: boolean,
  rules: ProtocolRules,
): readonly Update[] {
  const { history } = s.disk(j).value;
  const before = s.role(j).get('delivered');
  const index = zxid === 0 ? 0 : history.findIndex((txn) => txn.zxid === zxid) + 1;
  const expected = oneByOne ? index === before + 1 : index > 0 || zxid === 0;
  if (index === 0 && oneByOne && rules.ignoresUnknownCommits) return [];
  if (!expected) return [s.refused.set('badCommit')];
  const delivered = Math.max(before, index);
  return [
    s.role(j).patch({ delivered, phase: 'broadcast' }),
    s.delivered(j).apply(deliver, history.slice(0, delivered)),
  ];
}

const looking = { state: 'LOOKING', phase: 'election', leader: 0, halfWritten: false } as const;

/** A follower loses its leader, which learns it in the same moment: what was under way is gone in both directions. */
export function leave(s: ZabView, j: Sid): readonly Update[] {
  const { leader: l } = s.role(j).value;
  const leading = l === 0 ? null : s.leader(l).value;
  const rest = (sids: readonly Sid[]) => sids.filter((sid) => sid !== j);
  return [
    s.role(j).patch(looking),
    ...(l === 0 ? [] : [s.net(l, j).clear(), s.net(j, l).clear()]),
    ...(leading === null
      ? []
      : [
          s.leader(l).set({
            ...leading,
            learners: rest(leading.learners),
            registered: rest(leading.registered),
            synced: rest(leading.synced),
          }),
        ]),
  ];
}

/** A leader ends, and with it all its connections. */
export function stopLeading(s: ZabView, l: Sid, p: ZabParams): readonly Update[] {
  const others = serversOf(p).filter((j) => j !== l);
  const learners = others.filter((j) => s.role(j).get('leader') === l);
  return [
    s.role(l).patch(looking),
    s.leader(l).set(null),
    ...learners.flatMap((j) => [s.role(j).patch(looking), s.net(l, j).clear(), s.net(j, l).clear()]),
  ];
}
