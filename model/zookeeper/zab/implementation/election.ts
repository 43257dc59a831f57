import type { Update } from '../../../../checker/language/index.ts';
import type { Sid } from '../../election/quorum-verifier.ts';
import { getEpochToPropose, noEpochYet } from '../epoch-agreement.ts';
import type { StateSummary } from '../state-summary.ts';
import type { Histories, ImplementationView as View } from './components.ts';
import {
  electorateOf,
  isObserver,
  type ImplementationParams as Params,
  serversOf,
  verifierOf,
} from './params.ts';
import type { ImplementationRules as Rules } from './rules.ts';

/** What a server's vote says of its history: currentEpoch, and the last zxid in memory. */
export const summaryOf = (s: Histories, i: Sid): StateSummary => ({
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
  const epoch = nextEpoch(s, l, voters, p, rules);
  if (epoch > p.epochs) return;
  const followers = voters.filter((i) => i !== l);
  // ZooKeeperServer.loadData: a leader begins with a snapshot of all that it has.
  const snapshot = rules.snapshotOutlivesTruncation ? [s.snapshot(l).set(s.tree(l).value.txns)] : [];
  return [...snapshot, ...beginEpoch(s, l, followers, epoch)];
}

/** Leader.getEpochToPropose: the epoch that leader `l` proposes to `voters`, itself among them. */
export function nextEpoch(s: View, l: Sid, voters: readonly Sid[], p: Pick<Params, 'servers'>, rules: Rules) {
  const accepted = (i: Sid) => s.epochs(i).get('acceptedEpoch');
  return voters.reduce(
    (proposal, i) => getEpochToPropose(proposal, i, accepted(i), electorateOf(p, l), rules),
    noEpochYet,
  ).epoch;
}

/** The end of discovery: leader `l` is in its epoch, which its followers have accepted. */
export function beginEpoch(s: View, l: Sid, followers: readonly Sid[], epoch: number): readonly Update[] {
  return [
    s.epochs(l).set({ acceptedEpoch: epoch, currentEpoch: epoch }),
    s.peer(l).patch({ state: 'LEADING', phase: 'synchronization', leader: l }),
    s
      .leading(l)
      .set({ epoch, newLeaderAcks: [l], lastProposed: 0, lastCommitted: 0, outstandingProposals: [] }),
    ...followers.flatMap((j) => registerLearner(s, j, l, epoch)),
  ];
}

/** Learner `j` has accepted the epoch of leader `l` and waits for its sync. */
export const registerLearner = (s: View, j: Sid, l: Sid, epoch: number): readonly Update[] => [
  s.epochs(j).patch({ acceptedEpoch: epoch }),
  s.peer(j).patch({ state: 'FOLLOWING', phase: 'synchronization', leader: l }),
  s.handler(l, j).set({ stage: 'registered', peerLastZxid: s.tree(j).get('lastProcessed') }),
];

/** A server that comes later finds the leader that a quorum already follows, and accepts its epoch. */
export function joinLeader(s: View, j: Sid, l: Sid, p: Params, rules: Rules): readonly Update[] | undefined {
  if (s.process(j).value === 'down' || s.peer(j).get('state') !== 'LOOKING') return;
  const leading = s.leading(l).value;
  if (leading === null) return;
  // The newcomer's election ends on the word of a quorum that already follows, the leader among it.
  const known = serversOf(p).filter((i) => i === l || s.handler(l, i).value.stage !== 'none');
  if (!rules.containsQuorum(verifierOf(p), known)) return;
  if (rules.acceptLeaderInfo(leading.epoch, s.epochs(j).value) === 'abort') return;
  const registered = registerLearner(s, j, l, leading.epoch);
  return isObserver(p, j) ? [...registered, s.peer(j).patch({ state: 'OBSERVING' })] : registered;
}
