import { choose, defineModel, pairs, range } from '../../checker/language/index.ts';
import { electionChanges } from './election/changes.ts';
import {
  addRound,
  connectionsBreak,
  electionComponents,
  linkOf,
  nextMessage,
  seenByReceiver,
  sendNotifications,
} from './election/components.ts';
import { electionFaults } from './election/faults.ts';
import { fleRules } from './election/fle-rules.ts';
import { finalizePoll, finishElection, handleNotification } from './election/look-for-leader.ts';
import type { Notification } from './election/notification.ts';
import { allServersOf, bestVote, ElectionParams, peerOf, votersOf } from './election/params.ts';
import { pollingAnswer, pollingPass } from './election/polling-election.ts';
import { receiverThread } from './election/receive.ts';
import { electedServer, enterElection, publishVote, startedServer } from './election/server.ts';
import { describeNotification, describeVote } from './election/words.ts';

/**
 * FastLeaderElection over QuorumCnxManager (apache/zookeeper, server/quorum), without Zab: who wins an election, not whether
 * the winner then gets a quorum of followers to agree on an epoch. Rules: ./election/.
 *
 * Shortened: a message to oneself is in the queue at once; RecvWorker and WorkerReceiver are one step. What that hides, and all
 * else that is left out, is in docs/zookeeper-election.md.
 */
export const election = defineModel('zookeeper/election', {
  about: 'FastLeaderElection: notifications, rounds, the finalize wait, crashes and broken connections',
  params: ElectionParams,
})
  .rules({ ...fleRules })
  .changes(electionChanges)
  .components(electionComponents)
  .init((p) => ({
    process: 'up',
    server: (sid) => {
      const best = bestVote(p);
      const newcomer =
        p.start === 'newcomer' ? votersOf(p).find((voter) => voter !== best.leader) : undefined;
      if (p.start === 'cold' || sid === newcomer) return startedServer(peerOf(p, sid));
      const round = p.start === 'newcomer' && sid === best.leader ? 2 : 1;
      return electedServer(peerOf(p, sid), best, round);
    },
    lastSent: null,
    link: 'connected',
    timeoutBudget: p.timeouts,
    crashBudget: p.crashes,
    disconnectBudget: p.disconnects,
    giveUpBudget: p.giveUps,
    stood: (sid) =>
      p.algorithm === 'polling' ? [0] : p.start !== 'cold' && sid === bestVote(p).leader ? [1, 2] : [],
  }))
  .action('enter', {
    each: (p) => (p.algorithm === 'fle' ? allServersOf(p) : []),
    fairness: 'weak',
    next(s, sid, p) {
      if (s.server(sid).get('step') !== 'enter' || s.process(sid).value === 'down') return;
      const server = enterElection(s.server(sid).value, peerOf(p, sid));
      const stands = s.stood(sid).apply(addRound, server.logicalclock);
      return [s.server(sid).set(server), stands, ...sendNotifications(s, server, sid, p)];
    },
    says: (sid, { after }) =>
      `server ${sid} enters the election, round ${after.server(sid).value.logicalclock}, and votes for ${describeVote(after.server(sid).value.proposal)}`,
  })
  .action('transmit', {
    each: (p) => (p.inFlight > 0 ? pairs(allServersOf(p)) : []),
    fairness: 'weak',
    next(s, [from, to], p) {
      const message = s.mailbox(from, to).head;
      if (message === undefined || s.wire(from, to).length >= p.inFlight) return;
      if (linkOf(s, from, to).value === 'broken') return;
      const sent = connectionsBreak(p) ? [s.lastSent(from, to).set(message)] : [];
      return [s.mailbox(from, to).receive(), s.wire(from, to).send(message), ...sent];
    },
    says: ([from, to]) => `server ${from} puts its message for ${to} into the socket`,
  })
  .action('receive', {
    each: (p) => (p.algorithm === 'fle' ? pairs(allServersOf(p)) : []),
    fairness: 'strong', // the queue has few places here, and may be full again and again
    next(s, [from, to], p) {
      const source = nextMessage(s, p, from, to);
      const message = source.head;
      if (message === undefined || s.process(to).value === 'down') return;
      // What a process that is dead by now has sent may have been read before it died.
      if (linkOf(s, from, to).value === 'broken' && s.process(from).value === 'up') return;
      if (s.inbox(to).length >= p.queue) return; // what waits in the queue may as well wait in the socket
      const { enqueue, reply } = receiverThread(
        s.server(to).read(seenByReceiver),
        from,
        message,
        peerOf(p, to),
      );
      const sent = connectionsBreak(p) && p.inFlight === 0 ? [s.lastSent(from, to).set(message)] : [];
      return [
        source.receive(),
        ...(enqueue ? [s.inbox(to).send({ from, ...message })] : []),
        ...(reply ? [s.mailbox(to, from).put(reply)] : []),
        ...sent,
      ];
    },
    says([from, to], { before, params }) {
      const source = params.inFlight > 0 ? before.wire(from, to) : before.mailbox(from, to);
      return `server ${to} receives from ${from}: ${source.head ? describeNotification(source.head) : ''}`;
    },
  })
  .action('handle', {
    each: (p) => (p.algorithm === 'fle' ? allServersOf(p) : []),
    fairness: 'weak',
    next(s, sid, p, rules) {
      const message = s.inbox(sid).head;
      if (message === undefined || s.server(sid).get('step') !== 'poll') return;
      const { from, ...notification } = message;
      const handled = handleNotification(s.server(sid).value, from, notification, peerOf(p, sid), rules);
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
    says(sid, { before, after }) {
      const { from } = before.inbox(sid).head ?? { from: sid };
      const [was, is] = [before.server(sid).value, after.server(sid).value];
      const about = `server ${sid} takes ${from === sid ? 'its own message' : `the message of ${from}`}`;
      if (is.state !== 'LOOKING') return `${about} and goes ${is.state} by it, leader ${is.endVote?.leader}`;
      const round = is.logicalclock > was.logicalclock ? `, adopts round ${is.logicalclock}` : '';
      const vote =
        is.proposal.leader === was.proposal.leader ? '' : `, now votes for ${describeVote(is.proposal)}`;
      return `${about}${round}${vote}${is.step === 'finalize' ? ', has a quorum and waits for a better vote' : ''}`;
    },
  })
  .action('finalizePoll', {
    each: (p) => (p.algorithm === 'fle' ? allServersOf(p) : []),
    fairness: 'weak',
    next(s, sid, p, rules) {
      const message = s.inbox(sid).head;
      if (message === undefined || s.server(sid).get('step') !== 'finalize') return;
      const { from, ...notification } = message;
      const { server, putBack } = finalizePoll(s.server(sid).value, notification, peerOf(p, sid), rules);
      if (!putBack) return [s.inbox(sid).receive()];
      return [
        s.server(sid).set(server),
        s.inbox(sid).receive(),
        s.inbox(sid).send({ from, ...notification }),
      ];
    },
    says: (sid, { before, after }) =>
      after.server(sid).value.step === 'poll'
        ? `server ${sid} hears of a better vote in its finalize wait and goes on`
        : `server ${sid}, in its finalize wait, throws away the message of ${before.inbox(sid).head?.from}`,
  })
  .action('quiet', {
    each: (p) => (p.algorithm === 'fle' ? allServersOf(p) : []),
    fairness: 'strong',
    next(s, sid, p, rules) {
      if (s.server(sid).get('step') !== 'finalize' || s.inbox(sid).length > 0) return;
      const others = allServersOf(p).filter((other) => other !== sid);
      if (p.finalizeWait === 'noBetter') {
        const { proposal } = s.server(sid).value;
        const isBetter = (n: Notification) =>
          rules.interruptsFinalizeWait(n, proposal, peerOf(p, sid), rules);
        const coming = others.flatMap((other) => [
          ...s.mailbox(other, sid).value,
          ...s.wire(other, sid).value,
        ]);
        if (coming.some(isBetter) || others.some((other) => s.server(other).get('step') === 'enter')) return;
      } else if (p.finalizeWait === 'quiet') {
        if (others.some((other) => s.mailbox(other, sid).length > 0 || s.wire(other, sid).length > 0)) return;
        if (others.some((other) => s.inbox(other).length > 0 || s.server(other).get('step') === 'enter'))
          return;
      }
      return [s.server(sid).set(finishElection(s.server(sid).value, peerOf(p, sid)))];
    },
    says: (sid, { after }) =>
      `200 ms pass: server ${sid} goes ${after.server(sid).value.state}, leader ${after.server(sid).value.endVote?.leader}`,
  })
  .action('publishVote', {
    each: (p) => (p.algorithm === 'fle' ? allServersOf(p) : []),
    fairness: 'weak',
    next(s, sid) {
      if (s.server(sid).get('step') !== 'publish') return;
      return [s.server(sid).set(publishVote(s.server(sid).value))];
    },
    says: (sid) => `server ${sid} stores the vote that it left with as its current vote`,
  })
  .action('pollingPass', {
    each: (p) => (p.algorithm === 'polling' ? votersOf(p) : []),
    next(s, sid, p) {
      if (s.process(sid).value === 'down' || s.server(sid).get('state') !== 'LOOKING') return;
      const { value: server } = s.server(sid);
      const up = votersOf(p).filter((other) => s.process(other).value === 'up');
      return choose(subsetsOf(up), (heard) => {
        const answers = heard.flatMap((other) => {
          const { state, currentVote } = s.server(other).value;
          return pollingAnswer(other, state, currentVote, peerOf(p, other).lastZxid) ?? [];
        });
        const answered = answers.map(({ sid: by, vote: { leader, zxid } }) => ({
          sid: by,
          vote: { leader, zxid },
        }));
        const { vote, elected } = pollingPass(
          answered,
          { leader: sid, zxid: peerOf(p, sid).lastZxid },
          p.servers,
        );
        const state = elected ? (vote.leader === sid ? 'LEADING' : 'FOLLOWING') : 'LOOKING';
        const currentVote = { ...server.currentVote, ...vote };
        const step = elected ? 'out' : 'enter';
        return [s.server(sid).set({ ...server, state, step, currentVote })];
      });
    },
    says: (sid, { after, label }) =>
      `server ${sid} hears from ${label}: ${after.server(sid).value.state}, vote for ${after.server(sid).value.currentVote.leader}`,
  })
  .action('resend', {
    each: (p) => (p.algorithm === 'fle' && (p.timeouts > 0 || p.recovery === 'fair') ? allServersOf(p) : []),
    fairness: 'strong', // the others' intervals double too, so that the queue stays empty for long enough again and again
    next(s, sid, p) {
      if (s.server(sid).get('step') !== 'poll' || s.inbox(sid).length > 0) return;
      if (p.recovery === 'budgeted' && s.timeoutBudget.value === 0) return;
      const others = allServersOf(p).filter((other) => other !== sid);
      if (!others.some((other) => s.mailbox(sid, other).length === 0)) return; // QuorumCnxManager.haveDelivered
      const again = sendNotifications(s, s.server(sid).value, sid, p);
      return p.recovery === 'fair' ? again : [s.timeoutBudget.set(s.timeoutBudget.value - 1), ...again];
    },
    says: (sid) => `server ${sid} hears nothing and sends its vote again`,
  })
  .include(electionFaults)
  .deadlock('allowed');

/** All subsets, by bit pattern. */
const subsetsOf = <T>(items: readonly T[]): readonly (readonly T[])[] =>
  range(2 ** items.length).map((bits) => items.filter((_, i) => (bits >> i) % 2 === 1));
