import { choose, defineModel, operation } from '../../checker/language/index.ts';
import { sessionChanges } from './session/changes.ts';
import { disconnected, EXPIRER, sessionComponents } from './session/components.ts';
import { type Tracked, trackSession } from './session/expiry.ts';
import { clientsOf, FOLLOWER, LEADER, SERVERS, type ServerName, SessionParams } from './session/params.ts';
import { sessionMutants, sessionRules } from './session/rules.ts';
import { codeOf, nodeAt } from './store/tree.ts';
import { write } from './store.ts';

const LOCK = '/lock';
const acquire = { kind: 'create', path: LOCK, data: null, ephemeral: true } as const;
const addTo = operation('add', (set: readonly number[], i: number) => (set.includes(i) ? set : [...set, i]));
const older = operation('older', (halfTicks: number, most: number) => Math.min(most, halfTicks + 1));

/**
 * Sessions, by the clock: clients with one session each, a leader that alone decides who has been silent for too long, and a
 * follower that tells it whom it heard. The first client holds a lock, an ephemeral znode; the others take it when it is free.
 *
 * Time goes in half ticks. Within one, everybody who does not pause takes a turn, in any order. Transactions are committed in
 * the order in which the leader submitted them; how is zookeeper/zab's matter.
 */
export const session = defineModel('zookeeper/session', {
  about: 'Sessions in half ticks: pings, buckets, expiry by the leader alone, ephemerals, reconnects, pauses',
  params: SessionParams,
})
  .rules(sessionRules)
  .changes(sessionChanges)
  .mutants(sessionMutants)
  .components(sessionComponents)
  .init((p) => ({
    phase: 0,
    client: (i) => ({
      state: 'connected',
      server: i % 2 === 1 ? FOLLOWER : LEADER,
      idleSend: 0,
      idleRecv: 0,
    }),
    received: () => [],
    touchTable: [],
    tracker: () => trackSession(p.timeout),
    tree: write({ tree: { sessions: clientsOf(p), nodes: [] }, watches: [] }, 1, [acquire], 1).server.tree,
    pause: () => 0,
    turn: () => true,
    pauseBudget: p.pauses,
    disconnectBudget: p.disconnects,
    deathBudget: p.deaths,
    silent: () => 0,
    believes: (i) => i === 1,
  }))
  .action('clientTurn', {
    each: (p) => clientsOf(p),
    fairness: 'weak',
    next(s, i, p, { pingIsDue, connectionTimesOut, touchSession, revalidated }) {
      if (!s.turn(i).value) return;
      const done = s.turn(i).set(false);
      const { state, server, idleSend, idleRecv } = s.client(i).value;
      if (state === 'connected' && server !== null) {
        if (connectionTimesOut(idleRecv, p.timeout)) return [done, ...disconnected(s, i, server)];
        if (!pingIsDue(idleSend, p.timeout)) return [done];
        return [
          done,
          s.client(i).patch({ idleSend: 0 }),
          s.received(server).apply(addTo, i),
          s.silent(i).set(0),
        ];
      }
      if (state !== 'connecting') return [done];
      return choose(SERVERS, (to) => {
        const tried = [done, s.silent(i).set(0)];
        if (s.pause(to).value > 0 || s.pause(LEADER).value > 0) return tried; // a learner asks the leader: REVALIDATE
        const tracked = s.tracker(i).value;
        const answer = revalidated(tracked);
        if (answer === 'none') return tried;
        if (answer === 'expired')
          return [...tried, s.client(i).patch({ state: 'expired' }), s.believes(i).set(false)];
        return [
          ...tried,
          s.tracker(i).set(touchSession(tracked, p.timeout, s.phase.value)),
          s.client(i).set({ state: 'connected', server: to, idleSend: 0, idleRecv: 0 }),
        ];
      });
    },
    says(i, { before, after, label }) {
      const [was, is] = [before.client(i).value, after.client(i).value];
      if (was.state === 'connecting') {
        if (is.state === 'expired')
          return `client ${i} connects to the ${label} and hears that its session is over`;
        return is.state === 'connected'
          ? `client ${i} connects to the ${label} again`
          : `client ${i} tries the ${label}, which does not answer`;
      }
      if (is.state === 'connecting')
        return `client ${i} has heard nothing for ${was.idleRecv} half ticks and leaves the ${was.server}`;
      if (
        was.state === 'connected' &&
        after.received(was.server ?? LEADER).value.includes(i) &&
        was.idleSend > 0 &&
        is.idleSend === 0
      )
        return `client ${i} pings the ${was.server}`;
      return `client ${i} has nothing to do`;
    },
  })
  .action('followerTurn', {
    fairness: 'weak',
    next(s) {
      if (!s.turn(FOLLOWER).value) return;
      const heard = s.received(FOLLOWER).value;
      return [
        s.turn(FOLLOWER).set(false),
        s.received(FOLLOWER).set([]),
        s.touchTable.set([...new Set([...s.touchTable.value, ...heard])]),
        ...heard.map((i) => s.client(i).patch({ idleRecv: 0 })),
      ];
    },
    says: (_, { before }) => `the follower answers ${named(before.received(FOLLOWER).value)}`,
  })
  .action('leaderTurn', {
    fairness: 'weak',
    next(s, _, p, { touchSession }) {
      if (!s.turn(LEADER).value) return;
      const own = s.received(LEADER).value;
      const told = s.pause(FOLLOWER).value > 0 ? [] : s.touchTable.value;
      return [
        s.turn(LEADER).set(false),
        s.received(LEADER).set([]),
        ...(told.length > 0 ? [s.touchTable.set([])] : []),
        ...own.map((i) => s.client(i).patch({ idleRecv: 0 })),
        ...[...new Set([...own, ...told])].map((i) =>
          s.tracker(i).set(touchSession(s.tracker(i).value, p.timeout, s.phase.value)),
        ),
      ];
    },
    says: (_, { before, params }) => {
      const told = before.pause(FOLLOWER).value > 0 ? [] : before.touchTable.value;
      const all = clientsOf(params).filter(
        (i) => before.received(LEADER).value.includes(i) || told.includes(i),
      );
      return `the leader touches the sessions of ${named(all)}`;
    },
  })
  .action('expire', {
    fairness: 'weak',
    next(s, _, p, { expiresUnread }) {
      if (!s.turn(EXPIRER).value) return;
      if (!expiresUnread && s.turn(LEADER).value) return;
      const due = clientsOf(p).filter(
        (i) => s.tracker(i).value.state === 'open' && s.tracker(i).value.expiresIn === 0,
      );
      return [
        s.turn(EXPIRER).set(false),
        ...due.flatMap((i) => [
          s.tracker(i).patch({ state: 'closing' }),
          s.submitted.send({ kind: 'closeSession', session: i }),
        ]),
      ];
    },
    says(_, { before, after, params }) {
      const due = clientsOf(params).filter(
        (i) => before.tracker(i).value.state !== after.tracker(i).value.state,
      );
      return due.length === 0
        ? 'the expirer finds no bucket due'
        : `the expirer closes the session of ${named(due)}`;
    },
  })
  .action('commit', {
    fairness: 'weak',
    next(s, _, __, { closeSession }) {
      const txn = s.submitted.head;
      if (txn === undefined) return;
      const i = txn.session;
      if (txn.kind === 'lock') {
        const taken = write({ tree: s.tree.value, watches: [] }, i, [acquire], 1);
        const ok = codeOf(taken.results) === 'OK';
        return [
          s.submitted.receive(),
          s.tree.set(taken.server.tree),
          ...(ok ? [s.believes(i).set(true)] : []),
        ];
      }
      const { state, server } = s.client(i).value;
      return [
        s.submitted.receive(),
        s.tracker(i).set({ state: 'closed', expiresIn: 0 }),
        s.tree.set(closeSession(s.tree.value, i, 1).tree),
        ...(state === 'connected' && server !== null ? disconnected(s, i, server) : []),
      ];
    },
    says(_, { before, after }) {
      const txn = before.submitted.head;
      if (txn?.kind === 'closeSession')
        return `closeSession of client ${txn.session} is committed, its znodes are gone`;
      const owner = nodeAt(after.tree.value, LOCK)?.owner;
      return owner === txn?.session
        ? `client ${txn?.session} has the lock`
        : `client ${txn?.session} does not get the lock`;
    },
  })
  .action('takeLock', {
    each: (p) => clientsOf(p),
    next(s, i) {
      if (s.client(i).get('state') !== 'connected' || nodeAt(s.tree.value, LOCK) !== undefined) return;
      if (s.tracker(i).get('state') !== 'open' || s.submitted.length > 0) return;
      return [s.submitted.send({ kind: 'lock', session: i })];
    },
    says: (i) => `client ${i} asks for the lock, which is free`,
  })
  .action('tick', {
    fairness: 'weak',
    next(s, _, p, { afterPause }) {
      if (s.turn(EXPIRER).value || [...SERVERS, ...clientsOf(p)].some((who) => s.turn(who).value)) return;
      const left = (who: ServerName | number): number => Math.max(0, s.pause(who).value - 1);
      const resumes = s.pause(LEADER).value === 1;
      return [
        s.phase.set(1 - s.phase.value),
        ...[...SERVERS, ...clientsOf(p)].map((who) => s.pause(who).set(left(who))),
        ...SERVERS.map((server) => s.turn(server).set(left(server) === 0)),
        s.turn(EXPIRER).set(left(LEADER) === 0),
        ...clientsOf(p).flatMap((i) => {
          const { state, idleSend, idleRecv } = s.client(i).value;
          const { state: tracked, expiresIn } = s.tracker(i).value;
          const later: Tracked = { state: tracked, expiresIn: Math.max(0, expiresIn - 1) };
          const over = state === 'expired' || state === 'dead';
          return [
            s.turn(i).set(left(i) === 0 && !over),
            s.tracker(i).set(resumes ? afterPause(later, p.pauseLength) : later),
            s.silent(i).apply(older, p.timeout),
            ...(over
              ? []
              : [
                  s.client(i).patch({
                    idleSend: Math.min(p.timeout, idleSend + 1),
                    idleRecv: Math.min(p.timeout, idleRecv + 1),
                  }),
                ]),
          ];
        }),
      ];
    },
    says: (_, { before, after }) => {
      const back = SERVERS.filter((who) => before.pause(who).value === 1 && after.pause(who).value === 0);
      return `half a tick passes${back.length > 0 ? `; the ${back.join()} goes on` : ''}`;
    },
  })
  .action('pause', {
    each: mayPause,
    next(s, who, p) {
      if (s.pauseBudget.value === 0 || s.pause(who).value > 0) return;
      return [
        s.pauseBudget.set(s.pauseBudget.value - 1),
        s.pause(who).set(p.pauseLength),
        s.turn(who).set(false),
        ...(who === LEADER ? [s.turn(EXPIRER).set(false)] : []),
      ];
    },
    says: (who, { params }) =>
      `${typeof who === 'number' ? `client ${who}` : `the ${who}`} pauses for ${params.pauseLength} half ticks`,
  })
  .action('disconnect', {
    each: (p) => (p.disconnects > 0 ? clientsOf(p) : []),
    next(s, i) {
      const { state, server } = s.client(i).value;
      if (s.disconnectBudget.value === 0 || state !== 'connected' || server === null) return;
      return [s.disconnectBudget.set(s.disconnectBudget.value - 1), ...disconnected(s, i, server)];
    },
    says: (i) => `the connection of client ${i} breaks`,
  })
  .action('die', {
    each: (p) => (p.deaths > 0 ? clientsOf(p) : []),
    next(s, i) {
      const { state, server } = s.client(i).value;
      if (s.deathBudget.value === 0 || state === 'expired' || state === 'dead') return;
      return [
        s.deathBudget.set(s.deathBudget.value - 1),
        ...(server === null ? [] : disconnected(s, i, server)),
        s.client(i).set({ state: 'dead', server: null, idleSend: 0, idleRecv: 0 }),
        s.turn(i).set(false),
        s.believes(i).set(false),
      ];
    },
    says: (i) => `client ${i} dies`,
  });

const named = (clients: readonly number[]): string =>
  clients.length === 0 ? 'nobody' : `client ${clients.join(', ')}`;

function mayPause(p: SessionParams): readonly (ServerName | number)[] {
  if (p.pauses === 0) return [];
  return p.pauseOf === 'client' ? clientsOf(p) : [p.pauseOf];
}
