import { z } from 'zod';
import {
  type ActionView,
  family,
  ghost,
  operation,
  queue,
  setOf,
  single,
  type Update,
} from '../../../checker/language/index.ts';
import { treeOf } from '../store/tree.ts';
import { Client } from './client.ts';
import { Tracked } from './expiry.ts';
import { clientsOf, SERVERS, type ServerName, type SessionParams } from './params.ts';

/** The part of the leader that has a turn of its own: SessionTrackerImpl's thread. */
export const EXPIRER = 'expirer';

/** What goes through the ensemble: somebody asks for the lock, or the leader closes a session. */
const Txn = z.strictObject({ kind: z.enum(['lock', 'closeSession']), session: z.int() });

export const sessionComponents = (p: SessionParams) => ({
  /** 1 in the second half of a tick. */
  phase: single(z.int().min(0).max(1)),
  client: family(clientsOf(p), Client),
  /** What a server has received of its clients and not looked at: packets, whatever is in them. */
  received: family(SERVERS, setOf(z.int())),
  /** The clients that the follower has heard since the leader's last PING. */
  touchTable: single(setOf(z.int())),
  tracker: family(clientsOf(p), Tracked),
  /** Transactions on their way through the ensemble. */
  submitted: queue(Txn),
  tree: single(treeOf(z.null())),
  /** Half ticks of a pause left: of servers, and of clients by number. */
  pause: family([...SERVERS, ...clientsOf(p)], z.int().min(0)),
  /** Who still has a turn in this half tick: the leader twice, for its requests and for its expirer. */
  turn: family([...SERVERS, EXPIRER, ...clientsOf(p)], z.boolean()),
  pauseBudget: single(z.int().min(0)),
  disconnectBudget: single(z.int().min(0)),
  deathBudget: single(z.int().min(0)),
  /** Half ticks since the client has last sent something, whether it arrived or not. */
  silent: ghost(family(clientsOf(p), z.int().min(0))),
  /** Whether the client thinks that it holds the lock. */
  believes: ghost(family(clientsOf(p), z.boolean())),
});
export type SessionView = ActionView<ReturnType<typeof sessionComponents>>;

const without = operation('without', (set: readonly number[], i: number) => set.filter((one) => one !== i));

/** The connection is closed: what the server has not read is gone. */
export const disconnected = (s: SessionView, i: number, server: ServerName): readonly Update[] => [
  s.client(i).patch({ state: 'connecting', server: null }),
  s.received(server).apply(without, i),
];
