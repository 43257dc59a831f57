import { z } from 'zod';
import { defineModel, family, single } from '../../checker/language/index.ts';
import { herdChanges } from './children-herd/changes.ts';
import { Client, clientsOf, HerdParams } from './children-herd/params.ts';
import { herdMutants, herdRules } from './children-herd/rules.ts';

/**
 * An observer whose clients all watch one node with many children, in ticks. Each new child fires the watches of all; a
 * notification does not name the child, so that each client reads the whole list again, and the observer's work is as long as the list.
 */
export const childrenHerd = defineModel('zookeeper/children-herd', {
  about: 'A burst of new children under a large list: every client reads all of it, again and again',
  params: HerdParams,
})
  .rules(herdRules)
  .changes(herdChanges)
  .mutants(herdMutants)
  .components((p) => ({
    /** Children that are still to be created, one a tick. */
    coming: single(z.int().min(0)),
    /** How many of the burst have been created. */
    created: single(z.int().min(0)),
    client: family(clientsOf(p), Client),
    /** The clients whose getChildren waits at the observer, in order. */
    reads: single(z.array(z.int())),
    /** Entries of the first read that were sent already. */
    sent: single(z.int().min(0)),
    /** Reads that the observer has served since the burst began. */
    served: single(z.int().min(0)),
    burstBudget: single(z.int().min(0).max(1)),
  }))
  .init(() => ({
    coming: 0,
    created: 0,
    client: () => ({ state: 'watching', hold: 0, knows: 0 }),
    reads: [],
    sent: 0,
    served: 0,
    burstBudget: 1,
  }))
  .action('burst', {
    next(s, _, p) {
      if (s.burstBudget.value === 0) return;
      return [s.burstBudget.set(0), s.coming.set(p.burst)];
    },
    says: (_, { params }) => `${params.burst} children begin to come, one a tick`,
  })
  .action('tick', {
    fairness: 'weak',
    next(s, _, p, { entriesToRead, isNotified, holdBeforeReading }) {
      const creates = s.coming.value > 0;
      const created = s.created.value + (creates ? 1 : 0);
      let reads: readonly number[] = s.reads.value;
      let sent = s.sent.value;
      let served = s.served.value;
      const known = new Map<number, number>();
      for (let work = reads.length > 0 ? p.capacity : 0; work > 0 && reads.length > 0; ) {
        const left = entriesToRead(p, created) - sent;
        if (work < left) {
          sent += work;
          break;
        }
        work -= left;
        sent = 0;
        served++;
        const [first, ...rest] = reads;
        if (first !== undefined) known.set(first, created);
        reads = rest;
      }
      const clients = clientsOf(p).map((i) => {
        const was = s.client(i).value;
        const knows = known.get(i) ?? was.knows;
        const state = known.has(i) ? 'watching' : was.state;
        if (state === 'watching' && isNotified(knows, created)) {
          const hold = holdBeforeReading(p);
          return { state: hold > 0 ? ('holding' as const) : ('reading' as const), hold, knows };
        }
        if (state === 'holding')
          return {
            state: was.hold > 1 ? ('holding' as const) : ('reading' as const),
            hold: was.hold - 1,
            knows,
          };
        return { state, hold: 0, knows };
      });
      const asking = clientsOf(p).filter((i) => clients[i]?.state === 'reading' && !reads.includes(i));
      return [
        s.coming.set(Math.max(0, s.coming.value - 1)),
        s.created.set(created),
        s.reads.set([...reads, ...asking]),
        s.sent.set(sent),
        s.served.set(served),
        ...clientsOf(p).flatMap((i) => {
          const client = clients[i];
          return client === undefined ? [] : [s.client(i).set(client)];
        }),
      ];
    },
    says: (_, { before, after }) => {
      const done = after.served.value - before.served.value;
      const news = [
        ...(after.created.value > before.created.value ? [`child ${after.created.value} is created`] : []),
        ...(done > 0 ? [`the observer has answered ${done} reads`] : []),
        `${after.reads.value.length} wait`,
      ];
      return `a tick: ${news.join(', ')}`;
    },
  })
  .deadlock('allowed');
