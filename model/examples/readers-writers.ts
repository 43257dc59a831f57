import { z } from 'zod';
import { defineModel, family, queue, range, ref } from '../../checker/language/index.ts';

const Request = z.strictObject({ wants: z.enum(['read', 'write']), actor: ref('actor') });

/**
 * Readers and writers served in the order in which they asked (tlaplus/Examples, ReadersWriters). An actor waits at
 * most once for each kind of access, and may ask again while it still reads or writes.
 */
export const readersWriters = defineModel('examples/readers-writers', {
  about: 'Many may read, one may write, and a queue decides who comes next',
  params: z.strictObject({ actors: z.int().min(2).max(5).default(3) }),
})
  .rules({
    /** Whether the first in the queue, whatever it wants, may be served. */
    mayBeServed: (writers: number): boolean => writers === 0,
    /** Whether it may write, if that is what it wants. */
    mayWrite: (readers: number): boolean => readers === 0,
  })
  .changes({
    writerIgnoresReaders: {
      about: 'A writer does not wait until all readers are gone',
      source: 'seeded',
      rules: { mayWrite: () => true },
      breaks: ['readersOrWriters'],
      keeps: ['oneWriter'],
      at: { actors: 2 },
    },
    writersIgnored: {
      about: 'The queue goes on while somebody writes',
      source: 'seeded',
      rules: { mayBeServed: () => true },
      breaks: ['readersOrWriters', 'oneWriter', 'stopsWriting'],
      at: { actors: 2 },
    },
  })
  .components((p) => ({
    reads: family(range(p.actors), z.boolean(), { lane: 'actor' }),
    writes: family(range(p.actors), z.boolean(), { lane: 'actor' }),
    waiting: queue(Request),
  }))
  .init(() => ({ reads: false, writes: false }))
  .action('tryRead', {
    each: (p) => range(p.actors),
    fairness: 'weak',
    next(s, actor) {
      if (s.waiting.value.some((one) => one.wants === 'read' && one.actor === actor)) return;
      return [s.waiting.send({ wants: 'read', actor })];
    },
    says: (actor) => `actor ${actor} queues to read`,
  })
  .action('tryWrite', {
    each: (p) => range(p.actors),
    fairness: 'weak',
    next(s, actor) {
      if (s.waiting.value.some((one) => one.wants === 'write' && one.actor === actor)) return;
      return [s.waiting.send({ wants: 'write', actor })];
    },
    says: (actor) => `actor ${actor} queues to write`,
  })
  .action('readOrWrite', {
    fairness: 'weak',
    next(s, _, p, { mayBeServed, mayWrite }) {
      const first = s.waiting.head;
      if (first === undefined) return;
      if (!mayBeServed(range(p.actors).filter((i) => s.writes(i).value).length)) return;
      if (first.wants === 'read') return [s.reads(first.actor).set(true), s.waiting.receive()];
      if (!mayWrite(range(p.actors).filter((i) => s.reads(i).value).length)) return;
      return [s.writes(first.actor).set(true), s.waiting.receive()];
    },
    says: (_, { before }) =>
      `the first in the queue, actor ${before.waiting.head?.actor}, starts to ${before.waiting.head?.wants}`,
  })
  .action('stop', {
    each: (p) => range(p.actors),
    fairness: { weak: 'Stop' },
    next(s, actor) {
      if (s.reads(actor).value) return [s.reads(actor).set(false)];
      if (s.writes(actor).value) return [s.writes(actor).set(false)];
      return;
    },
    says: (actor, { before }) => `actor ${actor} stops ${before.reads(actor).value ? 'reading' : 'writing'}`,
  });
