import { z } from 'zod';
import { defineModel, single } from '../../checker/language/index.ts';
import { stormChanges } from './connection-storm/changes.ts';
import { StormParams } from './connection-storm/params.ts';
import { stormMutants, stormRules } from './connection-storm/rules.ts';

/**
 * A server whose clients all lose their connections at once, in ticks and in numbers of clients. Opening a session and closing one
 * are both transactions, and both cost the same work. A client that waits for too long gives up and tries anew: what it had
 * asked for is done all the same, for nobody, and then has to be undone by a closeSession.
 */
export const connectionStorm = defineModel('zookeeper/connection-storm', {
  about:
    'Clients that connect all at once, give up and try again: work for nobody that keeps the server busy',
  params: StormParams,
})
  .rules(stormRules)
  .changes(stormChanges)
  .mutants(stormMutants)
  .components(() => ({
    /** Clients with a session that they use. */
    connected: single(z.int().min(0)),
    /** Clients that are about to try. */
    outside: single(z.int().min(0)),
    /** What the server has to do, in order: to open a session for a client that still waits, or not; to close one. */
    work: single(
      z.array(
        z.strictObject({ kind: z.enum(['open', 'close']), age: z.int().min(0), abandoned: z.boolean() }),
      ),
    ),
    cutBudget: single(z.int().min(0).max(1)),
  }))
  .init((p) => ({
    connected: p.clients,
    outside: 0,
    work: Array.from({ length: p.abandoned }, () => ({ kind: 'open', age: 0, abandoned: true })),
    cutBudget: 1,
  }))
  .action('cut', {
    next(s, _, p) {
      if (s.cutBudget.value === 0) return;
      const lost = Math.min(p.lost, s.connected.value);
      return [
        s.cutBudget.set(0),
        s.connected.set(s.connected.value - lost),
        s.outside.set(s.outside.value + lost),
      ];
    },
    says: (_, { params }) =>
      `the network between them breaks for a moment: ${params.lost} clients lose their connections`,
  })
  .action('tick', {
    fairness: 'weak',
    next(s, _, p, { admitted, givesUp, done }) {
      const queue = s.work.value;
      const served = done(queue, p.capacity);
      const opened = served.filter(({ kind, abandoned }) => kind === 'open' && !abandoned).length;
      const inVain = served.filter(({ kind, abandoned }) => kind === 'open' && abandoned).length;
      const waiting = queue
        .slice(served.length)
        .map((one) => ({ ...one, age: Math.min(p.patience, one.age + 1) }));
      const left = waiting.map((one) => {
        const leaves = one.kind === 'open' && !one.abandoned && givesUp(one.age, p.patience);
        return leaves
          ? { ...one, abandoned: true, age: 0 }
          : one.kind === 'open' && !one.abandoned
            ? one
            : { ...one, age: 0 };
      });
      const gaveUp = left.filter((one, i) => one.abandoned && !waiting[i]?.abandoned).length;
      const trying = s.outside.value + gaveUp;
      // A connection holds a file descriptor until its session is closed.
      const room = p.fds - left.length - inVain;
      const entering = Math.max(0, Math.min(trying, room, admitted(left, p)));
      return [
        s.connected.set(s.connected.value + opened),
        s.outside.set(trying - entering),
        s.work.set([
          ...left,
          ...Array.from({ length: inVain }, () => ({ kind: 'close' as const, age: 0, abandoned: false })),
          ...Array.from({ length: entering }, () => ({ kind: 'open' as const, age: 0, abandoned: false })),
        ]),
      ];
    },
    says(_, { before, after }) {
      const opened = after.connected.value - before.connected.value;
      const queue = after.work.value;
      const dead = queue.filter(({ kind, abandoned }) => kind === 'close' || abandoned).length;
      return `a tick: ${opened} clients get a session; ${queue.length} requests wait, ${dead} of them for nobody`;
    },
  })
  .deadlock('allowed');
