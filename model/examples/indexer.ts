import { z } from 'zod';
import { defineModel, family, range } from '../../checker/language/index.ts';

const Thread = z.strictObject({
  at: z.enum(['getMessage', 'hash', 'compareAndSwap', 'advance', 'exit']),
  word: z.int().min(0),
  slot: z.int().min(0),
});

const wordOf = (thread: number, i: number): number => 11 * (i + 1) + thread;

/** The first words of a thread, each another one. */
export const wordsOf = (thread: number, messages: number): readonly number[] =>
  range(messages).map((i) => wordOf(thread, i));

/** The slot where a word is looked for first. */
export const hashOf = (word: number, slots: number): number => (7 * word) % slots;

/**
 * Threads enter words into a hash table without locks (the benchmark Indexer of Flanagan and Godefroid, "Dynamic Partial-Order
 * Reduction for Model Checking Software", POPL 2005; SV-Benchmarks, pthread/indexer). A statement of the program is an action.
 * All but the compare-and-swap concern the thread's own variables, which `touches` says. The program counts a word when
 * it is taken, this model when it is stored.
 */
export const indexer = defineModel('examples/indexer', {
  about: 'Threads put words into a shared hash table by compare-and-swap',
  params: z
    .strictObject({
      threads: z.int().min(1).max(11).default(4),
      messages: z.int().min(1).max(4).default(2).describe('words that each thread stores'),
      slots: z.int().min(1).max(128).default(8).describe('size of the table'),
    })
    .refine(
      ({ threads, messages, slots }) => threads * messages <= slots,
      'the table is too small for all words',
    ),
})
  .rules({
    /** Whether a thread stores its word in a slot with this entry; 0 is none. */
    swaps: (entry: number): boolean => entry === 0,
  })
  .changes({
    storesWithoutComparing: {
      about: 'A thread stores its word whether the slot is empty or not',
      source: 'seeded',
      rules: { swaps: () => true },
      breaks: ['nothingLost', 'collides'],
      at: { threads: 2, messages: 1, slots: 7 },
    },
  })
  .components((p) => ({
    thread: family(range(p.threads), Thread, { lane: 'thread' }),
    stored: family(range(p.threads), z.int().min(0).max(p.messages)),
    table: family(range(p.slots), z.int().min(0)),
  }))
  .init(() => ({ thread: { at: 'getMessage', word: 0, slot: 0 }, stored: 0, table: 0 }))
  .action('getMessage', {
    each: (p) => range(p.threads),
    touches: (t) => ({
      reads: [
        ['thread', t],
        ['stored', t],
      ],
      writes: [['thread', t]],
    }),
    next(s, t, p) {
      if (s.thread(t).get('at') !== 'getMessage') return;
      const stored = s.stored(t).value;
      if (stored === p.messages) return [s.thread(t).patch({ at: 'exit' })];
      return [s.thread(t).patch({ at: 'hash', word: wordOf(t, stored) })];
    },
    says: (t, { after }) => {
      const { at, word } = after.thread(t).value;
      return at === 'exit' ? `thread ${t} has no more words` : `thread ${t} gets the word ${word}`;
    },
  })
  .action('hash', {
    each: (p) => range(p.threads),
    touches: (t) => ({ reads: [['thread', t]], writes: [['thread', t]] }),
    next(s, t, p) {
      const { at, word } = s.thread(t).value;
      if (at !== 'hash') return;
      return [s.thread(t).patch({ at: 'compareAndSwap', slot: hashOf(word, p.slots) })];
    },
    says: (t, { after }) => `thread ${t} hashes it to slot ${after.thread(t).value.slot}`,
  })
  .action('compareAndSwap', {
    each: (p) => range(p.threads),
    touches: (t) => ({
      reads: [['thread', t], ['stored', t], 'table'],
      writes: [['thread', t], ['stored', t], 'table'],
    }),
    next(s, t, _, { swaps }) {
      const { at, word, slot } = s.thread(t).value;
      if (at !== 'compareAndSwap') return;
      if (!swaps(s.table(slot).value)) return [s.thread(t).patch({ at: 'advance' })];
      return [
        s.table(slot).set(word),
        s.stored(t).set(s.stored(t).value + 1),
        s.thread(t).patch({ at: 'getMessage' }),
      ];
    },
    says: (t, { before, after }) => {
      const { word, slot } = before.thread(t).value;
      return after.thread(t).value.at === 'advance'
        ? `thread ${t} finds the word ${before.table(slot).value} in slot ${slot}`
        : `thread ${t} stores the word ${word} in slot ${slot}`;
    },
  })
  .action('advance', {
    each: (p) => range(p.threads),
    touches: (t) => ({ reads: [['thread', t]], writes: [['thread', t]] }),
    next(s, t, p) {
      const { at, slot } = s.thread(t).value;
      if (at !== 'advance') return;
      return [s.thread(t).patch({ at: 'compareAndSwap', slot: (slot + 1) % p.slots })];
    },
    says: (t, { after }) => `thread ${t} goes on to slot ${after.thread(t).value.slot}`,
  })
  .deadlock((s, p) => range(p.threads).every((t) => s.thread(t).value.at === 'exit'));
