import { z } from 'zod';
import {
  type ActionView,
  channels,
  family,
  ghost,
  operation,
  projection,
  queues,
  setOf,
  single,
  table,
  type Update,
} from '../../../checker/language/index.ts';
import { Notification, proposalOf } from './notification.ts';
import { allServersOf, type TransportParams, votersOf } from './params.ts';
import { Sid } from './quorum-verifier.ts';
import { ElectionServer } from './server.ts';
import { shortNotification } from './words.ts';

const Budget = z.int().min(0);

/** The parts of an ensemble that elects a leader. Servers are numbered from 1, voters first. */
export function electionComponents(p: TransportParams) {
  const servers = allServersOf(p);
  return {
    process: family(servers, z.enum(['up', 'down']), { lane: 'server' }),
    server: family(servers, ElectionServer, { lane: 'server' }),
    /** FastLeaderElection's own queue (recvqueue), filled by the receiver thread. */
    inbox: queues(servers, z.strictObject({ from: Sid, ...Notification.shape }), {
      lane: 'server',
      says: (n) => `from ${n.from}: ${shortNotification(n)}`,
    }),
    /** QuorumCnxManager.queueSendMap: one place for each peer, the newest message replaces an older one. */
    mailbox: channels(servers, Notification, { capacity: 1, lane: 'server', says: shortNotification }),
    /** Bytes in the socket. */
    wire: channels(servers, Notification, {
      capacity: Math.max(1, p.inFlight),
      lane: 'server',
      says: shortNotification,
    }),
    /** QuorumCnxManager.lastMessageSent, sent again over a new connection; kept only where connections can break. */
    lastSent: table(servers, servers, Notification.nullable()),
    /** Of the pair (larger sid, smaller sid): the larger one dials. */
    link: table(servers, servers, z.enum(['connected', 'broken'])),
    timeoutBudget: single(Budget),
    crashBudget: single(Budget),
    disconnectBudget: single(Budget),
    giveUpBudget: single(Budget),
    /** The rounds in which a server has voted for itself; 0 stands for a vote before any round (polling). */
    stood: ghost(family(servers, setOf(z.int().min(0)))),
  };
}

export type ElectionComponents = ReturnType<typeof electionComponents>;
export type ElectionView = ActionView<ElectionComponents>;

/** Where the message that `to` will read next from `from` is: in the socket, or in the mailbox when sockets hold nothing. */
export const nextMessage = (s: ElectionView, p: TransportParams, from: Sid, to: Sid) =>
  p.inFlight > 0 ? s.wire(from, to) : s.mailbox(from, to);

export const linkOf = (s: ElectionView, a: Sid, b: Sid) => s.link(Math.max(a, b), Math.min(a, b));

/** FastLeaderElection.sendNotifications: my proposal to every voter; to myself without a detour (a legal shortening). */
export function sendNotifications(
  s: ElectionView,
  server: ElectionServer,
  sid: Sid,
  p: TransportParams,
): Update[] {
  const n = proposalOf(server);
  return votersOf(p).map((to) =>
    to === sid ? s.inbox(sid).send({ from: sid, ...n }) : s.mailbox(sid, to).put(n),
  );
}

export const addRound = operation('add', (rounds: readonly number[], round: number) => [...rounds, round]);

/** What the receiver thread looks at: everything but the votes counted so far. */
export const seenByReceiver = projection('state', (server: ElectionServer) => ({
  ...server,
  recvset: [],
  outofelection: [],
}));

/** Whether lost connections are possible, so that the last message sent must be remembered for sending it again. */
export const connectionsBreak = (p: TransportParams): boolean => p.crashes + p.disconnects > 0;
