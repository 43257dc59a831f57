import { z } from 'zod';
import {
  choose,
  defineModel,
  family,
  ghost,
  operation,
  queue,
  single,
  type Update,
} from '../../checker/language/index.ts';
import { type Op, openSession, treeOf } from './store/tree.ts';
import { setWatches, Watches } from './store/watches.ts';
import { disconnect, exists, getChildren, getData, type Server, write } from './store.ts';
import { watchChanges } from './watch/changes.ts';
import {
  CHILD,
  Held,
  handedOver,
  NODE,
  Packet,
  READS,
  type ReadKind,
  registered,
  SERVERS,
} from './watch/client.ts';
import { watchMutants, watchRules } from './watch/rules.ts';

/** The session of the client that is looked at, and that of everybody else. */
const ME = 1;
const OTHERS = 2;

const Write = z.strictObject({
  name: z.enum(['set', 'createChild', 'deleteChild', 'delete', 'create']),
  mine: z.boolean(),
});
type WriteName = z.output<typeof Write>['name'];

const opOf = (name: WriteName): Op<null> => {
  switch (name) {
    case 'set':
      return { kind: 'setData', path: NODE, data: null, version: -1 };
    case 'createChild':
      return { kind: 'create', path: CHILD, data: null };
    case 'deleteChild':
      return { kind: 'delete', path: CHILD, version: -1 };
    case 'delete':
      return { kind: 'delete', path: NODE, version: -1 };
    case 'create':
      return { kind: 'create', path: NODE, data: null };
  }
};

const start = write<null>(
  { tree: openSession(openSession({ sessions: [], nodes: [] }, ME), OTHERS), watches: [] },
  OTHERS,
  [opOf('create')],
  1,
).server.tree;

const Params = z.strictObject({
  writes: z.int().min(0).max(4).default(2).describe('writes after the node was created'),
  myWrites: z.int().min(0).max(2).default(0).describe('how many of them are by the client that is looked at'),
  disconnects: z.int().min(0).max(2).default(1).describe('times that its connection breaks'),
  reads: z
    .array(z.enum(READS))
    .default([...READS])
    .describe('the reads that it makes, all of them with a watch'),
});
const SyncedAt = z.strictObject({ asked: z.int().min(0), answered: z.int().min(0) });
type SyncedAt = Readonly<z.output<typeof SyncedAt>>;

const components = () => ({
  /** What is committed, in the order of the zxids; the first has zxid 2. */
  committed: single(z.array(Write)),
  /** The state after all that is committed: the leader's. */
  leader: single(treeOf(z.null())),
  /** A server that has applied everything up to `zxid`. */
  server: family(SERVERS, z.strictObject({ zxid: z.int().min(1), tree: treeOf(z.null()), watches: Watches })),
  client: single(
    z.strictObject({
      server: z.enum(SERVERS).nullable(),
      /** The largest zxid in any answer. */
      lastZxid: z.int().min(0),
      held: z.array(Held),
      /** What it waits for; it sends one request at a time. */
      waiting: z.enum([...READS, 'sync', 'write']).nullable(),
      /** Of a sync that it waits for: the zxid up to which its server has to come. */
      syncTo: z.int().min(0),
    }),
  ),
  toClient: queue(Packet),
  disconnectBudget: single(z.int().min(0)),
  /** The zxid that was committed when the client asked for its last sync that was answered, or that it asks for. */
  syncedAt: ghost(single(SyncedAt)),
});

const asked = operation('asked', (at: SyncedAt, zxid: number) => ({ ...at, asked: zxid }));
const answered = operation('answered', (at: SyncedAt, _: null) => ({ ...at, answered: at.asked }));

const zxidOf = (committed: readonly unknown[]): number => committed.length + 1;

/**
 * Watches and reads of one client, in order and without time: a sequence of committed writes, two servers that apply it each at
 * its own pace, and one FIFO from the server to the client in which answers and notifications come.
 */
export const watch = defineModel('zookeeper/watch', {
  about: 'One-shot watches of three kinds, stale reads and sync, a client that changes servers',
  params: Params,
})
  .rules(watchRules)
  .changes(watchChanges)
  .mutants(watchMutants)
  .components(components)
  .init((p) => ({
    committed: [],
    leader: start,
    server: () => ({ zxid: 1, tree: start, watches: [] }),
    client: { server: 'follower', lastZxid: 1, held: [], waiting: null, syncTo: 0 },
    disconnectBudget: p.disconnects,
    syncedAt: { asked: 0, answered: 0 },
  }))
  .action('commit', {
    each: (p) => (p.myWrites > 0 ? [0, 1] : [0]),
    next(s, mine, p) {
      const { value: committed } = s.committed;
      if (committed.length >= p.writes) return;
      if (mine === 1) {
        if (s.client.get('waiting') !== null || s.client.get('server') === null) return;
        if (committed.filter((one) => one.mine).length >= p.myWrites) return;
      }
      const names = ['set', 'createChild', 'deleteChild', 'delete', 'create'] as const;
      return choose(names, (name) => {
        const written = write(
          { tree: s.leader.value, watches: [] },
          OTHERS,
          [opOf(name)],
          zxidOf(committed) + 1,
        );
        if (written.results[0]?.code !== 'OK') return undefined;
        return [
          s.leader.set(written.server.tree),
          s.committed.set([...committed, { name, mine: mine === 1 }]),
          ...(mine === 1 ? [s.client.patch({ waiting: 'write' })] : []),
        ];
      });
    },
    says: (mine, { label, after }) =>
      `${mine === 1 ? 'the client' : 'somebody'} writes (${label}), committed as zxid ${zxidOf(after.committed.value)}`,
  })
  .action('apply', {
    each: () => SERVERS,
    fairness: 'weak',
    next(s, at, _, rules) {
      const { zxid, tree, watches } = s.server(at).value;
      const next = s.committed.value[zxid - 1];
      if (next === undefined) return;
      const written = write({ tree, watches }, OTHERS, [opOf(next.name)], zxid + 1);
      const applied = { ...written.server, watches: rules.watchesAfter(watches, written.server.watches) };
      const here = s.client.get('server') === at;
      const events = here
        ? written.fired.map(({ type }): Packet => ({ kind: 'event', type, zxid: zxid + 1 }))
        : [];
      const answered = here && next.mine && s.client.get('waiting') === 'write';
      const packets: Packet[] = answered ? [...events, { kind: 'write', zxid: zxid + 1 }] : events;
      return [
        s.server(at).set({ zxid: zxid + 1, ...applied }),
        ...(packets.length > 0 ? [s.toClient.set(packets.reduce(rules.enqueued, s.toClient.value))] : []),
      ];
    },
    says: (at, { before, after }) => {
      const fired = after.toClient.length > before.toClient.length ? ', and tells the client' : '';
      return `the ${at} applies zxid ${after.server(at).value.zxid}${fired}`;
    },
  })
  .action('read', {
    each: (p) => p.reads,
    next(s, read) {
      if (s.client.get('waiting') !== null || s.client.get('server') === null) return;
      return [s.client.patch({ waiting: read })];
    },
    says: (read) => `the client sends ${read} with a watch`,
  })
  .action('sync', {
    next(s, _, __, { syncTo }) {
      const { waiting, server } = s.client.value;
      if (waiting !== null || server === null) return;
      const committed = zxidOf(s.committed.value);
      return [
        s.client.patch({ waiting: 'sync', syncTo: syncTo(committed, s.server(server).value.zxid) }),
        s.syncedAt.apply(asked, committed),
      ];
    },
    says: (_, { after }) => `the client sends sync; zxid ${after.client.value.syncTo} is committed`,
  })
  .action('serve', {
    each: () => SERVERS,
    fairness: 'weak',
    next(s, at, _, { enqueued }) {
      const { server, waiting, syncTo } = s.client.value;
      if (server !== at || waiting === null || waiting === 'write') return;
      if (s.toClient.value.some((packet) => packet.kind === 'read' || packet.kind === 'sync')) return; // it is answered
      const { zxid, ...state } = s.server(at).value;
      const send = (packet: Packet): Update => s.toClient.set(enqueued(s.toClient.value, packet));
      if (waiting === 'sync') return zxid < syncTo ? undefined : [send({ kind: 'sync', zxid })];
      const { after, changed } = served(state, waiting);
      return [s.server(at).set({ zxid, ...after }), send({ kind: 'read', read: waiting, zxid, changed })];
    },
    says: (at, { before }) =>
      `the ${at}, at zxid ${before.server(at).value.zxid}, answers ${before.client.value.waiting}`,
  })
  .action('deliver', {
    fairness: 'weak',
    next(s, _, __, { usedUp }) {
      const packet = s.toClient.head;
      if (packet === undefined) return;
      const { held, lastZxid } = s.client.value;
      if (packet.kind === 'event') {
        return [
          s.toClient.receive(),
          s.client.patch({ held: held.filter(({ kind }) => !usedUp(packet.type, kind)) }),
        ];
      }
      const set = packet.kind === 'read' ? registered(packet) : undefined;
      const kept = set === undefined || held.some(({ kind }) => kind === set.kind) ? held : [...held, set];
      return [
        s.toClient.receive(),
        s.client.patch({ held: kept, waiting: null, lastZxid: Math.max(lastZxid, packet.zxid) }),
        ...(packet.kind === 'sync' ? [s.syncedAt.apply(answered, null)] : []),
      ];
    },
    says(_, { before }) {
      const packet = before.toClient.head;
      if (packet?.kind === 'event') return `the client hears of ${packet.type}`;
      if (packet?.kind !== 'read') return `the client hears that its ${packet?.kind} is done`;
      const what = packet.changed === null ? 'no node' : `what zxid ${packet.changed} made of it`;
      return `the client gets the answer to ${packet.read}: ${what}`;
    },
  })
  .action('disconnect', {
    next(s) {
      const { server } = s.client.value;
      if (s.disconnectBudget.value === 0 || server === null) return;
      const { zxid, ...state } = s.server(server).value;
      return [
        s.disconnectBudget.set(s.disconnectBudget.value - 1),
        s.client.patch({ server: null, waiting: null }),
        s.toClient.clear(),
        s.server(server).set({ zxid, ...disconnect(state, ME) }),
      ];
    },
    says: (_, { before }) => `the client loses its connection to the ${before.client.value.server}`,
  })
  .action('connect', {
    each: () => SERVERS,
    fairness: 'weak',
    next(s, to, _, rules) {
      const { server, lastZxid, held } = s.client.value;
      const { zxid, tree, watches } = s.server(to).value;
      if (server !== null || !rules.acceptsClient(zxid, lastZxid)) return;
      const handed = rules.handsOverWatches ? handedOver(held) : handedOver([]);
      const { watches: set, fired } = setWatches(tree, watches, ME, handed, lastZxid);
      return [
        s.client.patch({ server: to }),
        s.server(to).set({ zxid, tree, watches: set }),
        ...fired.map(({ type }): Update => s.toClient.send({ kind: 'event', type, zxid })),
      ];
    },
    says: (to, { after }) => {
      const fired = after.toClient.length;
      return `the client connects to the ${to}, at zxid ${after.server(to).value.zxid}${fired > 0 ? '; a watch fires at once' : ''}`;
    },
  })
  .deadlock('allowed');

/** What a server answers to a read with a watch. */
function served(state: Server<null>, read: ReadKind): { after: Server<null>; changed: number | null } {
  if (read === 'getChildren') {
    const { server } = getChildren(state, ME, NODE, true);
    return { after: server, changed: state.tree.nodes.find(({ path }) => path === NODE)?.pzxid ?? null };
  }
  const { server, node } =
    read === 'getData' ? getData(state, ME, NODE, true) : exists(state, ME, NODE, true);
  return { after: server, changed: node?.mzxid ?? null };
}
