import {
  currentAndNextConfigVoters,
  initialVote,
  type Peer,
  validVoter,
} from '../../model/zookeeper/election/ensemble.ts';
import type { Handled } from '../../model/zookeeper/election/look-for-leader.ts';
import { proposalOf, type VersionedNotification } from '../../model/zookeeper/election/notification.ts';
import type { ElectionServer } from '../../model/zookeeper/election/server.ts';
import type { Vote } from '../../model/zookeeper/election/vote.ts';
import { NO_ZXID } from '../../model/zookeeper/zxid.ts';
import type { MainSaying, Send } from './event.ts';

/** A notification of a voter on its way through a server. */
export interface Message {
  readonly from: number;
  readonly n: VersionedNotification;
}

/** What the election thread does after a decision of the rules: lines that it prints, and effects that it does not tell of. */
export type Step =
  | { readonly kind: 'say'; readonly saying: Exclude<MainSaying, Send> }
  /** One line for each recipient, in any order. */
  | { readonly kind: 'broadcast'; readonly send: Omit<Send, 'to'>; readonly to: readonly number[] }
  | { readonly kind: 'put back'; readonly message: Message }
  /** setPeerState, after the wait was found quiet: until then messages may still come in. */
  | { readonly kind: 'leave'; readonly server: ElectionServer }
  | { readonly kind: 'clear queue' }
  | { readonly kind: 'publish vote' };

const say = (saying: Exclude<MainSaying, Send>): Step => ({ kind: 'say', saying });

/** updateProposal, from one proposal to the next. */
export const sayUpdate = (vote: Vote, old: Vote): Step =>
  say({ type: 'update', leader: vote.leader, zxid: vote.zxid, oldLeader: old.leader, oldZxid: old.zxid });

/** sendNotifications: to every voter of the current and next configuration. */
export function sayBroadcast(server: ElectionServer, peer: Peer): Step {
  const { leader, zxid, electionEpoch, peerEpoch } = proposalOf(server);
  const to = currentAndNextConfigVoters(peer.verifiers);
  return { kind: 'broadcast', send: { type: 'send', leader, zxid, round: electionEpoch, peerEpoch }, to };
}

/** totalOrderPredicate. */
export const sayCompare = (offered: Vote, current: Vote): Step =>
  say({
    type: 'compare',
    newId: offered.leader,
    curId: current.leader,
    newZxid: offered.zxid,
    curZxid: current.zxid,
    newEpoch: offered.peerEpoch,
    curEpoch: current.peerEpoch,
  });

/** The beginning of lookForLeader, from `before` to `after`. */
export const sayEntry = (before: ElectionServer, after: ElectionServer, peer: Peer): readonly Step[] => [
  sayUpdate(after.proposal, before.proposal),
  say({ type: 'newElection', sid: peer.sid, zxid: after.proposal.zxid }),
  sayBroadcast(after, peer),
];

/** The end of lookForLeader, and what follows until the server goes about what was elected. */
export function sayLeaving(server: ElectionServer, peer: Peer): readonly Step[] {
  const vote = server.endVote ?? server.currentVote;
  return [
    say({ type: 'elected', leader: vote.leader, zxid: vote.zxid, sid: peer.sid, state: server.state }),
    { kind: 'clear queue' },
    { kind: 'publish vote' },
    say({ type: 'role', state: server.state }),
  ];
}

export const sayRole = (server: ElectionServer): Step => say({ type: 'role', state: server.state });

export const sayTimeout: Step = say({ type: 'timeout' });

/** What lookForLeader prints while it handles `message`; `tellsOracle` is whether this release speaks of oracles. */
export function sayHandled(
  before: ElectionServer,
  { from, n }: Message,
  handled: Handled,
  peer: Peer,
  tellsOracle: boolean,
): readonly Step[] {
  const after = handled.server;
  const leaving = after.step === 'publish' ? sayLeaving(after, peer) : [];
  const oracle = (follow: boolean): readonly Step[] =>
    n.state === 'LEADING' && tellsOracle ? [say({ type: 'oracle', follow })] : [];
  const count = say({ type: 'count', from, leader: n.leader, zxid: n.zxid, round: n.electionEpoch });
  const adopt = [sayUpdate(after.proposal, before.proposal), sayBroadcast(after, peer)];
  switch (handled.path) {
    case 'not a voter':
      return [
        ...(validVoter(peer.verifiers, n.leader)
          ? []
          : [say({ type: 'strangeLeader', leader: n.leader, from })]),
        ...(validVoter(peer.verifiers, from) ? [] : [say({ type: 'strangeSender', leader: n.leader, from })]),
      ];
    case 'no data':
      return [say({ type: 'noData', from: initialVote(peer).zxid === NO_ZXID ? null : from })];
    case 'observer':
      return [say({ type: 'observer', from })];
    case 'lower round':
      return [say({ type: 'lowerRound', round: n.electionEpoch, clock: before.logicalclock })];
    case 'higher round':
      return [sayCompare(n, initialVote(peer)), ...adopt, count, ...leaving];
    case 'better vote':
      return [sayCompare(n, before.proposal), ...adopt, count, ...leaving];
    case 'vote':
      return [sayCompare(n, before.proposal), count, ...leaving];
    case 'out of election':
      return oracle(false);
    case 'joined in round':
    case 'joined':
      return leaving;
    case 'joined by oracle':
      return [...oracle(true), ...leaving];
  }
}
