import { pairs, type StepView } from '../../../checker/language/index.ts';
import {
  addRound,
  connectionsBreak,
  type ElectionComponents,
  type ElectionView,
  linkOf,
  nextMessage,
  seenByReceiver,
  sendNotifications,
} from './components.ts';
import type { Peer, Verifiers } from './ensemble.ts';
import { finalizePoll, finishElection, handleNotification } from './look-for-leader.ts';
import type { Notification } from './notification.ts';
import type { TransportParams } from './params.ts';
import type { Sid } from './quorum-verifier.ts';
import { receiverThread } from './receive.ts';
import type { FleRules } from './rules.ts';
import { enterElection, publishVote } from './server.ts';
import { describeNotification, describeVote } from './words.ts';

type Pair = readonly [Sid, Sid];

/** Who holds elections, and what they bring into one: from the parameters `P`, or from what else a state has, `V`. */
export interface Electing<V, P> {
  readonly servers: (p: P) => readonly Sid[];
  readonly verifiers: (p: P) => Verifiers;
  readonly peer: (s: V, sid: Sid, p: P) => Peer;
}

/**
 * The actions of FastLeaderElection over QuorumCnxManager, faults apart, for any model that has its components:
 * zookeeper/election, where zxids and epochs are parameters, and zookeeper/ensemble, where Zab makes them.
 */
export const electionSteps = <V, P extends TransportParams>(of: Electing<V, P>) => {
  type S = ElectionView & V;
  type Shown = StepView<ElectionComponents, P>;
  return {
    enter: {
      each: of.servers,
      fairness: 'weak' as const,
      next(s: S, sid: Sid, p: P) {
        if (s.server(sid).get('step') !== 'enter' || s.process(sid).value === 'down') return;
        const server = enterElection(s.server(sid).value, of.peer(s, sid, p));
        const stands = s.stood(sid).apply(addRound, server.logicalclock);
        return [s.server(sid).set(server), stands, ...sendNotifications(s, server, sid, p)];
      },
      says: (sid: Sid, { after }: Shown) =>
        `server ${sid} enters the election, round ${after.server(sid).value.logicalclock}, and votes for ${describeVote(after.server(sid).value.proposal)}`,
    },
    transmit: {
      each: (p: P) => (p.inFlight > 0 ? pairs(of.servers(p)) : []),
      fairness: 'weak' as const,
      next(s: S, [from, to]: Pair, p: P) {
        const message = s.mailbox(from, to).head;
        if (message === undefined || s.wire(from, to).length >= p.inFlight) return;
        if (linkOf(s, from, to).value === 'broken') return;
        const sent = connectionsBreak(p) ? [s.lastSent(from, to).set(message)] : [];
        return [s.mailbox(from, to).receive(), s.wire(from, to).send(message), ...sent];
      },
      says: ([from, to]: Pair) => `server ${from} puts its message for ${to} into the socket`,
    },
    receive: {
      each: (p: P) => pairs(of.servers(p)),
      fairness: 'strong' as const, // the queue has few places here, and may be full again and again
      next(s: S, [from, to]: Pair, p: P) {
        const source = nextMessage(s, p, from, to);
        const message = source.head;
        if (message === undefined || s.process(to).value === 'down') return;
        // What a process that is dead by now has sent may have been read before it died.
        if (linkOf(s, from, to).value === 'broken' && s.process(from).value === 'up') return;
        if (s.inbox(to).length >= p.queue) return; // what waits in the queue may as well wait in the socket
        const { enqueue, reply } = receiverThread(s.server(to).read(seenByReceiver), from, message, {
          verifiers: of.verifiers(p),
        });
        const sent = connectionsBreak(p) && p.inFlight === 0 ? [s.lastSent(from, to).set(message)] : [];
        return [
          source.receive(),
          ...(enqueue ? [s.inbox(to).send({ from, ...message })] : []),
          ...(reply ? [s.mailbox(to, from).put(reply)] : []),
          ...sent,
        ];
      },
      says([from, to]: Pair, { before, params }: Shown) {
        const source = params.inFlight > 0 ? before.wire(from, to) : before.mailbox(from, to);
        return `server ${to} receives from ${from}: ${source.head ? describeNotification(source.head) : ''}`;
      },
    },
    handle: {
      each: of.servers,
      fairness: 'weak' as const,
      next(s: S, sid: Sid, p: P, rules: FleRules) {
        const message = s.inbox(sid).head;
        if (message === undefined || s.server(sid).get('step') !== 'poll') return;
        const { from, ...notification } = message;
        const handled = handleNotification(
          s.server(sid).value,
          from,
          notification,
          of.peer(s, sid, p),
          rules,
        );
        const left = handled.server.step === 'publish'; // leaveInstance empties the queue
        const { proposal, logicalclock } = handled.server;
        const stands = handled.path === 'higher round' && proposal.leader === sid;
        return [
          ...(handled.broadcast ? sendNotifications(s, handled.server, sid, p) : []),
          left ? s.inbox(sid).clear() : s.inbox(sid).receive(),
          s.server(sid).set(handled.server),
          ...(stands ? [s.stood(sid).apply(addRound, logicalclock)] : []),
        ];
      },
      says(sid: Sid, { before, after }: Shown) {
        const { from } = before.inbox(sid).head ?? { from: sid };
        const [was, is] = [before.server(sid).value, after.server(sid).value];
        const about = `server ${sid} takes ${from === sid ? 'its own message' : `the message of ${from}`}`;
        if (is.state !== 'LOOKING')
          return `${about} and goes ${is.state} by it, leader ${is.endVote?.leader}`;
        const round = is.logicalclock > was.logicalclock ? `, adopts round ${is.logicalclock}` : '';
        const vote =
          is.proposal.leader === was.proposal.leader ? '' : `, now votes for ${describeVote(is.proposal)}`;
        return `${about}${round}${vote}${is.step === 'finalize' ? ', has a quorum and waits for a better vote' : ''}`;
      },
    },
    finalizePoll: {
      each: of.servers,
      fairness: 'weak' as const,
      next(s: S, sid: Sid, p: P, rules: FleRules) {
        const message = s.inbox(sid).head;
        if (message === undefined || s.server(sid).get('step') !== 'finalize') return;
        const { from, ...notification } = message;
        const { server, putBack } = finalizePoll(
          s.server(sid).value,
          notification,
          of.peer(s, sid, p),
          rules,
        );
        if (!putBack) return [s.inbox(sid).receive()];
        return [
          s.server(sid).set(server),
          s.inbox(sid).receive(),
          s.inbox(sid).send({ from, ...notification }),
        ];
      },
      says: (sid: Sid, { before, after }: Shown) =>
        after.server(sid).value.step === 'poll'
          ? `server ${sid} hears of a better vote in its finalize wait and goes on`
          : `server ${sid}, in its finalize wait, throws away the message of ${before.inbox(sid).head?.from}`,
    },
    quiet: {
      each: of.servers,
      fairness: 'strong' as const,
      next(s: S, sid: Sid, p: P, rules: FleRules) {
        if (s.server(sid).get('step') !== 'finalize' || s.inbox(sid).length > 0) return;
        const others = of.servers(p).filter((other) => other !== sid);
        if (p.finalizeWait === 'noBetter') {
          const { proposal } = s.server(sid).value;
          const isBetter = (n: Notification) =>
            rules.interruptsFinalizeWait(n, proposal, of.peer(s, sid, p), rules);
          const coming = others.flatMap((other) => [
            ...s.mailbox(other, sid).value,
            ...s.wire(other, sid).value,
          ]);
          if (coming.some(isBetter) || others.some((other) => isAboutToVote(s, other))) return;
        } else if (p.finalizeWait === 'quiet') {
          if (others.some((other) => s.mailbox(other, sid).length > 0 || s.wire(other, sid).length > 0))
            return;
          if (others.some((other) => s.inbox(other).length > 0 || isAboutToVote(s, other))) return;
        }
        return [s.server(sid).set(finishElection(s.server(sid).value, of.peer(s, sid, p)))];
      },
      says: (sid: Sid, { after }: Shown) =>
        `200 ms pass: server ${sid} goes ${after.server(sid).value.state}, leader ${after.server(sid).value.endVote?.leader}`,
    },
    publishVote: {
      each: of.servers,
      fairness: 'weak' as const,
      next(s: S, sid: Sid) {
        if (s.server(sid).get('step') !== 'publish') return;
        return [s.server(sid).set(publishVote(s.server(sid).value))];
      },
      says: (sid: Sid) => `server ${sid} stores the vote that it left with as its current vote`,
    },
    resend: {
      each: (p: P) => (p.timeouts > 0 || p.recovery === 'fair' ? of.servers(p) : []),
      fairness: 'strong' as const, // the others' intervals double too, so that the queue stays empty for long enough again and again
      next(s: S, sid: Sid, p: P) {
        if (s.server(sid).get('step') !== 'poll' || s.inbox(sid).length > 0) return;
        if (p.recovery === 'budgeted' && s.timeoutBudget.value === 0) return;
        const others = of.servers(p).filter((other) => other !== sid);
        if (!others.some((other) => s.mailbox(sid, other).length === 0)) return; // QuorumCnxManager.haveDelivered
        const again = sendNotifications(s, s.server(sid).value, sid, p);
        return p.recovery === 'fair' ? again : [s.timeoutBudget.set(s.timeoutBudget.value - 1), ...again];
      },
      says: (sid: Sid) => `server ${sid} hears nothing and sends its vote again`,
    },
  };
};

/** Whether a server that is up has not yet said what it votes for; one that is down may stay so for ever. */
const isAboutToVote = (s: ElectionView, sid: Sid): boolean =>
  s.server(sid).get('step') === 'enter' && s.process(sid).value === 'up';
