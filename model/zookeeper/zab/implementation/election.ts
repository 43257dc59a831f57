import type { Update } from '../../../../checker/language/index.ts';
import type { Sid } from '../../election/quorum-verifier.ts';
import { getEpochToPropose, noEpochYet } from '../epoch-agreement.ts';
import type { StateSummary } from '../state-summary.ts';
import type { ImplementationView as View } from './components.ts';
import { electorateOf, type ImplementationParams as Params, serversOf, verifierOf } from './params.ts';
import type { ImplementationRules as Rules } from './rules.ts';

/** What a server's vote says of its history: currentEpoch, and the last zxid in memory. */
export const summaryOf = (s: View, i: Sid): StateSummary => ({
  currentEpoch: s.epochs(i).get('currentEpoch'),
  lastZxid: s.tree(i).get('lastProcessed'),
});

/** Whether `l` wins among `voters`, and none of them, having joined it, makes it give up (Leader.waitForEpochAck). */
export function isBestOf(s: View, l: Sid, voters: readonly Sid[], rules: Rules): boolean {
  const own = summaryOf(s, l);
  return voters.every((i) => {
    const other = summaryOf(s, i);
    if (rules.wins(other, own) || (!rules.wins(own, other) && i > l)) return false;
    return !rules.abortsBehindFollower || !rules.isMoreRecentThan(other, own);
  });
}

/** Election and discovery in one step: a quorum agrees on a leader and accepts the next epoch. */
export function electLeader(
  s: View,
  l: Sid,
  voters: readonly Sid[],
  p: Params,
  rules: Rules,
): readonly Update[] | undefined {
  if (!rules.containsQuorum(verifierOf(p), voters)) return;
  if (voters.some((i) => s.process(i).value === 'down' || s.peer(i).get('state') !== 'LOOKING')) return;
  if (!isBestOf(s, l, voters, rules)) return;
  const { epoch } = voters.reduce(
    (proposal, i) =>
      getEpochToPropose(proposal, i, s.epochs(i).get('acceptedEpoch'), electorateOf(p, l), rules),
    noEpochYet,
  );
  if (epoch > p.epochs) return;
  const followers = voters.filter((i) => i !== l);
  return [
    s.epochs(l).set({ acceptedEpoch: epoch, currentEpoch: epoch }),
    s.peer(l).patch({ state: 'LEADING', phase: 'synchronization', leader: l }),
    s
      .leading(l)
      .set({ epoch, newLeaderAcks: [l], lastProposed: 0, lastCommitted: 0, outstandingProposals: [] }),
    ...followers.flatMap((j) => [
      s.epochs(j).patch({ acceptedEpoch: epoch }),
      s.peer(j).patch({ state: 'FOLLOWING', phase: 'synchronization', leader: l }),
      s.handler(l, j).set({ stage: 'registered', peerLastZxid: s.tree(j).get('lastProcessed') }),
    ]),
  ];
}

/** A server that comes later finds the leader that a quorum already follows, and accepts its epoch. */
export function joinLeader(s: View, j: Sid, l: Sid, p: Params, rules: Rules): readonly Update[] | undefined {
  if (s.process(j).value === 'down' || s.peer(j).get('state') !== 'LOOKING') return;
  const leading = s.leading(l).value;
  if (leading === null) return;
  // The newcomer's election ends on the word of a quorum that already follows, the leader among it.
  const known = serversOf(p).filter((i) => i === l || s.handler(l, i).value.stage !== 'none');
  if (!rules.containsQuorum(verifierOf(p), known)) return;
  if (rules.acceptLeaderInfo(leading.epoch, s.epochs(j).value) === 'abort') return;
  return [
    s.epochs(j).patch({ acceptedEpoch: leading.epoch }),
    s.peer(j).patch({ state: 'FOLLOWING', phase: 'synchronization', leader: l }),
    s.handler(l, j).set({ stage: 'registered', peerLastZxid: s.tree(j).get('lastProcessed') }),
  ];
}
