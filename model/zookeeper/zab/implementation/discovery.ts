import type { Update } from '../../../../checker/language/index.ts';
import type { Sid } from '../../election/quorum-verifier.ts';
import type { ImplementationView as View } from './components.ts';
import { summaryOf } from './election.ts';
import { serves } from './leader.ts';
import { electorateOf, type ImplementationParams as Params } from './params.ts';
import type { ImplementationRules as Rules } from './rules.ts';
import { leaveLeader } from './shutdown.ts';

// Discovery message by message, with its crash points: Leader.lead up to waitForNewLeaderAck, Learner.registerWithLeader.

/**
 * FOLLOWERINFO or OBSERVERINFO of `j`, or the leader's own accepted epoch. Whoever completes the quorum has the leader write the
 * epoch to disk, before anybody is told.
 */
export function followerInfo(
  s: View,
  l: Sid,
  j: Sid,
  p: Params,
  rules: Rules,
): readonly Update[] | undefined {
  const discovery = s.discovery(l).value;
  if (discovery === null || s.peer(j).get('leader') !== l) return;
  const { proposal } = discovery;
  const own = j === l;
  if (own ? !proposal.waiting || proposal.connecting.includes(l) : s.peer(j).get('phase') !== 'discovery')
    return;
  if (s.handler(l, j).value.stage !== 'none') return;
  const accepted = s.epochs(j).get('acceptedEpoch');
  const next = rules.getEpochToPropose(proposal, j, accepted, electorateOf(p, l), rules);
  if (next.epoch > p.epochs) return;
  const decided = proposal.waiting && !next.waiting;
  return [
    s.discovery(l).set({ ...discovery, proposal: decided ? { ...next, connecting: [] } : next }),
    ...(decided ? [s.epochs(l).patch({ acceptedEpoch: next.epoch })] : []),
    ...(own ? [] : [s.handler(l, j).set({ stage: 'connected' })]),
  ];
}

/** LEADERINFO: the learner writes the epoch to disk; the ACKEPOCH is another step. */
export function leaderInfo(s: View, l: Sid, j: Sid, rules: Rules): readonly Update[] | undefined {
  const discovery = s.discovery(l).value;
  if (s.handler(l, j).value.stage !== 'connected' || discovery === null || discovery.proposal.waiting) return;
  const answer = rules.acceptLeaderInfo(discovery.proposal.epoch, s.epochs(j).value);
  if (answer === 'abort') return leaveLeader(s, j, rules);
  const { acceptedEpoch, ackEpoch } = answer;
  return [
    s.handler(l, j).set({ stage: 'accepted', ackEpoch }),
    ...(rules.acceptsOnDisk ? [s.epochs(j).patch({ acceptedEpoch })] : []),
  ];
}

/**
 * ACKEPOCH of `j`, or the leader's own. A learner that is ahead of the leader loses its connection; a quorum ends the
 * discovery, and handlers go on to synchronise at once.
 */
export function ackEpoch(s: View, l: Sid, j: Sid, p: Params, rules: Rules): readonly Update[] | undefined {
  const discovery = s.discovery(l).value;
  if (discovery === null) return;
  const { proposal, acks } = discovery;
  const handler = s.handler(l, j).value;
  if (
    j === l ? proposal.waiting || acks.finished || acks.electing.includes(l) : handler.stage !== 'accepted'
  ) {
    return;
  }
  const own = summaryOf(s, l);
  const summary = {
    ...summaryOf(s, j),
    ...(handler.stage === 'accepted' && { currentEpoch: handler.ackEpoch }),
  };
  const next = rules.waitForEpochAck(acks, j, summary, own, electorateOf(p, l), rules);
  if (next === 'follower is ahead') return rules.abortsBehindFollower ? leaveLeader(s, j, rules) : undefined;
  const finished = next.finished && !acks.finished;
  return [
    s.discovery(l).set({ proposal, acks: next.finished ? { electing: [], finished: true } : next }),
    ...(j === l ? [] : [s.peer(j).patch({ phase: 'synchronization' })]),
    ...(j === l ? [] : [s.handler(l, j).set({ stage: 'registered', peerLastZxid: summary.lastZxid })]),
    ...(finished
      ? [
          s.leading(l).set({
            epoch: proposal.epoch,
            newLeaderAcks: [],
            lastProposed: 0,
            lastCommitted: 0,
            outstandingProposals: [],
          }),
        ]
      : []),
  ];
}

/** The leader writes its current epoch, and only then acks its own NEWLEADER; its handlers may have sent it before. */
export function leaderEpoch(s: View, l: Sid, p: Params, rules: Rules): readonly Update[] | undefined {
  const leading = s.leading(l).value;
  if (leading === null || s.peer(l).get('phase') !== 'discovery') return;
  return [
    s.epochs(l).patch({ currentEpoch: leading.epoch }),
    s.epochTmp(l).set(null), // the file that a crash has left is written anew, and renamed
    s.peer(l).patch({ phase: 'synchronization' }),
    ...serves(s, l, rules.waitForNewLeaderAck(leading.newLeaderAcks, l, electorateOf(p, l), rules), p, rules),
  ];
}
