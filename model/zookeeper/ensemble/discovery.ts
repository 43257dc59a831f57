import type { Update } from '../../../checker/language/index.ts';
import { leadsNoMore, votesFor } from '../election/faults.ts';
import type { Sid } from '../election/quorum-verifier.ts';
import { noEpochAcks } from '../zab/epoch-agreement.ts';
import { beginEpoch, nextEpoch, registerLearner, summaryOf } from '../zab/implementation/election.ts';
import { electorateOf, serversOf, verifierOf } from '../zab/implementation/params.ts';
import { leaveLeader, stopLeading } from '../zab/implementation/shutdown.ts';
import type { EnsembleView as View } from './components.ts';
import type { EnsembleParams as Params } from './params.ts';
import type { EnsembleRules as Rules } from './rules.ts';

const isInDiscovery = (s: View, i: Sid, leader: Sid): boolean =>
  s.peer(i).get('phase') === 'discovery' && s.peer(i).get('leader') === leader;

/**
 * Discovery in one step: `voters`, who have elected `l`, accept its epoch and tell it their histories. All of them have
 * written the epoch when one turns out to be ahead of the leader. That one loses its connection (LearnerHandler.run catches the
 * exception of Leader.waitForEpochAck), and a leader that has no quorum without it gives up (initLimit).
 */
export function discover(
  s: View,
  l: Sid,
  voters: readonly Sid[],
  p: Params,
  rules: Rules,
): readonly Update[] | undefined {
  if (!rules.containsQuorum(verifierOf(p), voters)) return;
  if (voters.some((i) => !isInDiscovery(s, i, l))) return;
  const epoch = nextEpoch(s, l, voters, p, rules);
  if (epoch > p.epochs) return;
  const ahead = rules.abortsBehindFollower ? voters.filter((j) => isAhead(s, j, l, p, rules)) : [];
  const stay = voters.filter((i) => !ahead.includes(i));
  if (!rules.containsQuorum(verifierOf(p), stay)) {
    return [
      ...voters.map((i) => s.epochs(i).patch({ acceptedEpoch: epoch })),
      ...stopLeading(s, l, p, rules),
    ];
  }
  return [
    ...ahead.flatMap((j) => [s.epochs(j).patch({ acceptedEpoch: epoch }), ...leaveLeader(s, j, rules)]),
    ...beginEpoch(
      s,
      l,
      stay.filter((i) => i !== l),
      epoch,
    ),
  ];
}

const isAhead = (s: View, j: Sid, l: Sid, p: Params, rules: Rules): boolean =>
  rules.waitForEpochAck(noEpochAcks, j, summaryOf(s, j), summaryOf(s, l), electorateOf(p, l), rules) ===
  'follower is ahead';

/** A server that comes to its leader when that has its epoch already. One that has accepted a later epoch leaves again. */
export function joinLater(s: View, j: Sid, rules: Rules): readonly Update[] | undefined {
  const { phase, leader, state } = s.peer(j).value;
  if (phase !== 'discovery' || state !== 'FOLLOWING') return;
  const leading = s.leading(leader).value;
  if (leading === null) return;
  const answer = rules.acceptLeaderInfo(leading.epoch, s.epochs(j).value);
  return answer === 'abort' ? leaveLeader(s, j, rules) : registerLearner(s, j, leader, answer.acceptedEpoch);
}

/** A follower that nobody leads, and a leader without a quorum that follows it or may yet: initLimit passes, they give up. */
export function giveUp(s: View, i: Sid, p: Params, rules: Rules): readonly Update[] | undefined {
  const { state, phase, leader } = s.peer(i).value;
  if (state === 'FOLLOWING') {
    if (phase !== 'discovery') return;
    const { electionEpoch } = s.server(i).get('currentVote');
    const gone = s.process(leader).value === 'down' || leadsNoMore(s.server(leader).value, electionEpoch);
    return gone ? leaveLeader(s, i, rules) : undefined;
  }
  if (state !== 'LEADING') return;
  const others = serversOf(p).filter((j) => j !== i);
  const followers = others.filter((j) =>
    phase === 'discovery'
      ? s.process(j).value === 'up' && votesFor(s, j) === i
      : s.handler(i, j).value.stage !== 'none',
  );
  return rules.containsQuorum(verifierOf(p), [i, ...followers]) ? undefined : stopLeading(s, i, p, rules);
}
