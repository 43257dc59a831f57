import { defineModel, pairs, type Update } from '../../../checker/language/index.ts';
import { connectionsBreak, type ElectionView, electionComponents, linkOf } from './components.ts';
import {
  allServersOf,
  ElectionParams,
  peerOf,
  type TransportParams,
  verifierOf,
  votersOf,
} from './params.ts';
import { containsQuorum, type Sid } from './quorum-verifier.ts';
import { type ElectionServer, lookAgain, startedServer } from './server.ts';

/** What goes wrong, and how servers notice: crashes, broken connections, leaders that are lost. Part of zookeeper/election. */
export const electionFaults = defineModel('zookeeper/election-faults', {
  about: 'Crashes, broken connections, and leaders that are lost',
  params: ElectionParams,
})
  .components(electionComponents)
  .action('loseLeader', {
    each: (p) => (p.crashes > 0 || (p.recovery === 'fair' && p.giveUps > 0) ? allServersOf(p) : []),
    fairness: 'weak',
    next(s, sid, p) {
      const { state, step, currentVote } = s.server(sid).value;
      if (step !== 'out' || (state !== 'FOLLOWING' && state !== 'OBSERVING')) return;
      if (s.process(currentVote.leader).value === 'up') {
        if (p.recovery === 'budgeted') return;
        if (!leadsNoMore(s.server(currentVote.leader).value, currentVote.electionEpoch)) return;
      }
      return [s.server(sid).set(lookAgain(s.server(sid).value))];
    },
    says: (sid, { before }) =>
      `server ${sid} loses its leader ${before.server(sid).value.currentVote.leader}`,
  })
  .action('leadInVain', {
    each: (p) => (p.recovery === 'fair' && p.crashes + p.giveUps > 0 ? votersOf(p) : []),
    fairness: 'weak',
    next(s, sid, p) {
      if (s.server(sid).get('state') !== 'LEADING' || s.server(sid).get('step') !== 'out') return;
      const mayFollow = votersOf(p).filter(
        (other) => s.process(other).value === 'up' && votesFor(s, other) === sid,
      );
      if (containsQuorum(verifierOf(p), mayFollow)) return;
      return [s.server(sid).set(lookAgain(s.server(sid).value))];
    },
    says: (sid) => `initLimit passes: server ${sid} leads without a quorum of followers and looks again`,
  })
  .action('giveUp', {
    each: (p) => (p.giveUps > 0 ? allServersOf(p) : []),
    next(s, sid) {
      if (s.giveUpBudget.value === 0 || s.server(sid).get('step') !== 'out') return;
      return [
        s.giveUpBudget.set(s.giveUpBudget.value - 1),
        s.server(sid).set(lookAgain(s.server(sid).value)),
      ];
    },
    says: (sid, { before }) =>
      `server ${sid} gives up ${before.server(sid).value.state} (initLimit) and looks again`,
  })
  .action('crash', {
    each: (p) => (p.crashes > 0 ? allServersOf(p) : []),
    next(s, sid, p) {
      if (s.crashBudget.value === 0 || s.process(sid).value === 'down') return;
      return [
        s.crashBudget.set(s.crashBudget.value - 1),
        s.process(sid).set('down'),
        s.server(sid).set(startedServer(peerOf(p, sid))),
        ...loseConnections(s, sid, p),
      ];
    },
    says: (sid) => `server ${sid} crashes`,
  })
  .action('restart', {
    each: (p) => (p.crashes > 0 && p.restart !== 'never' ? allServersOf(p) : []),
    fairness: 'weak',
    next(s, sid, p) {
      if (s.process(sid).value === 'up') return;
      const others = allServersOf(p).filter((other) => s.process(other).value === 'up');
      const unsettled = (other: Sid): boolean =>
        s.server(other).get('step') !== 'out' || s.process(votesFor(s, other)).value === 'down';
      if (p.restart === 'whenSettled' && others.some(unsettled)) return;
      return [s.process(sid).set('up')];
    },
    says: (sid) => `server ${sid} starts again, with round 0 and no memory of votes`,
  })
  .action('disconnect', {
    each: (p) => (p.disconnects > 0 ? pairs(allServersOf(p)).filter(([a, b]) => a > b) : []),
    next(s, [a, b]) {
      if (s.disconnectBudget.value === 0 || linkOf(s, a, b).value === 'broken') return;
      return [
        s.disconnectBudget.set(s.disconnectBudget.value - 1),
        linkOf(s, a, b).set('broken'),
        s.wire(a, b).clear(),
        s.wire(b, a).clear(),
      ];
    },
    says: ([a, b]) => `the connection between ${a} and ${b} breaks; what was in the socket is lost`,
  })
  .action('connect', {
    each: (p) => (connectionsBreak(p) ? pairs(allServersOf(p)).filter(([a, b]) => a > b) : []),
    fairness: 'weak',
    next: (s, [a, b], p) => connect(s, a, b, p),
    says: ([a, b]) =>
      `server ${a} dials ${b}; what either sent last is sent again unless something newer waits`,
  });

/** What the death of a process does to the connections of its election. */
export function loseConnections(s: ElectionView, sid: Sid, p: TransportParams): readonly Update[] {
  const others = allServersOf(p).filter((other) => other !== sid);
  return [
    s.inbox(sid).clear(),
    ...others.flatMap((other) => [
      linkOf(s, sid, other).set('broken'),
      // The peer's mailbox for me outlives me, and so does what the peer may have read of mine (QuorumCnxManager.recvQueue).
      ...(p.inFlight > 0 ? [s.mailbox(sid, other).clear()] : []),
      s.wire(other, sid).clear(),
      s.lastSent(sid, other).set(null),
    ]),
  ];
}

/** A new connection between two servers that are up: each end sends its last message again unless a newer one waits. */
export function connect(s: ElectionView, a: Sid, b: Sid, p: TransportParams): readonly Update[] | undefined {
  if (linkOf(s, a, b).value === 'connected') return;
  if (s.process(a).value === 'down' || s.process(b).value === 'down') return;
  const repeated = [
    [a, b],
    [b, a],
  ].flatMap(([from = a, to = b]) => {
    const last = s.lastSent(from, to).value;
    if (last === null || s.mailbox(from, to).length > 0) return [];
    return [p.inFlight > 0 ? s.wire(from, to).send(last) : s.mailbox(from, to).put(last)];
  });
  return [linkOf(s, a, b).set('connected'), ...repeated];
}

/** Whether a server that is up does not lead who elected it in that round, and never will: the connection to it is refused. */
export function leadsNoMore({ state, step, logicalclock }: ElectionServer, round: number): boolean {
  if (state === 'LEADING') return false;
  return state === 'LOOKING' ? logicalclock !== round : step === 'out';
}

/** Whom a server follows, or would like to. */
export function votesFor(s: ElectionView, sid: Sid): Sid {
  const { state, proposal, endVote, currentVote } = s.server(sid).value;
  return (state === 'LOOKING' ? proposal : (endVote ?? currentVote)).leader;
}
