import type { Update } from '../../../../checker/language/index.ts';
import type { Sid } from '../../election/quorum-verifier.ts';
import { noEpochAcks, noEpochYet } from '../epoch-agreement.ts';
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

/** Whether `l` wins among `voters`. */
function winsAmong(s: View, l: Sid, voters: readonly Sid[], rules: Rules): boolean {
  const own = summaryOf(s, l);
  return voters.every((i) => {
    const other = summaryOf(s, i);
    return !rules.wins(other, own) && (rules.wins(own, other) || i <= l);
  });
}

/** Whether one of `voters` is ahead of `l`, which then does without it (Leader.waitForEpochAck). */
const isBehind = (s: View, l: Sid, voters: readonly Sid[], rules: Rules): boolean =>
  rules.abortsBehindFollower && voters.some((i) => rules.isMoreRecentThan(summaryOf(s, i), summaryOf(s, l)));

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
  if (!winsAmong(s, l, voters, rules)) return;
  const followers = voters.filter((i) => i !== l);
  // ZooKeeperServer.loadData: a leader begins with a snapshot of all that it has.
  const snapshot = rules.snapshotOutlivesTruncation ? [s.snapshot(l).set(s.tree(l).value.txns)] : [];
  if (p.discovery === 'byMessage') return [...snapshot, ...beginDiscovery(s, l, followers)];
  if (isBehind(s, l, voters, rules)) return;
  const epoch = nextEpoch(s, l, voters, p, rules);
  if (epoch > p.epochs || !followers.every((j) => acksEpoch(s, j, epoch, rules))) return;
  return [...snapshot, ...beginEpoch(s, l, followers, epoch)];
}

/** Whether `j` accepts the epoch and has not accepted it before. */
function acksEpoch(s: View, j: Sid, epoch: number, rules: Rules): boolean {
  const answer = rules.acceptLeaderInfo(epoch, s.epochs(j).value);
  return answer !== 'abort' && answer.ackEpoch !== -1;
}

/** Leader.getEpochToPropose: the epoch that leader `l` proposes to `voters`, itself among them. */
export function nextEpoch(s: View, l: Sid, voters: readonly Sid[], p: Pick<Params, 'servers'>, rules: Rules) {
  const accepted = (i: Sid) => s.epochs(i).get('acceptedEpoch');
  return voters.reduce(
    (proposal, i) => rules.getEpochToPropose(proposal, i, accepted(i), electorateOf(p, l), rules),
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

/** Leader `l` waits for the accepted epochs of a quorum, which its followers are about to tell it. */
const beginDiscovery = (s: View, l: Sid, followers: readonly Sid[]): readonly Update[] => [
  s.peer(l).patch({ state: 'LEADING', phase: 'discovery', leader: l }),
  s.discovery(l).set({ proposal: noEpochYet, acks: noEpochAcks }),
  ...followers.map((j) => s.peer(j).patch({ state: 'FOLLOWING', phase: 'discovery', leader: l })),
];

/** Learner `j` has accepted the epoch of leader `l` and waits for its sync. */
export const registerLearner = (s: View, j: Sid, l: Sid, epoch: number): readonly Update[] => [
  s.epochs(j).patch({ acceptedEpoch: epoch }),
  s.peer(j).patch({ state: 'FOLLOWING', phase: 'synchronization', leader: l }),
  s.handler(l, j).set({ stage: 'registered', peerLastZxid: s.tree(j).get('lastProcessed') }),
];

/** Voters that follow `l`, and `l` itself where it leads. */
export const followersOf = (s: View, l: Sid, p: Pick<Params, 'servers'>): readonly Sid[] =>
  serversOf(p).filter((i) => s.peer(i).get('leader') === l);

/** A server that comes later finds the leader that a quorum already follows, and accepts its epoch. */
export function joinLeader(s: View, j: Sid, l: Sid, p: Params, rules: Rules): readonly Update[] | undefined {
  if (s.process(j).value === 'down' || s.peer(j).get('state') !== 'LOOKING') return;
  // The newcomer's election ends on the word of a quorum that already follows, the leader among it.
  if (!rules.containsQuorum(verifierOf(p), followersOf(s, l, p))) return;
  const state = isObserver(p, j) ? 'OBSERVING' : 'FOLLOWING';
  if (p.discovery === 'byMessage') return [s.peer(j).patch({ state, phase: 'discovery', leader: l })];
  const leading = s.leading(l).value;
  if (leading === null) return;
  if (rules.acceptLeaderInfo(leading.epoch, s.epochs(j).value) === 'abort') return;
  return [...registerLearner(s, j, l, leading.epoch), s.peer(j).patch({ state })];
}
