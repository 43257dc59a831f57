import { properties, range } from '../../checker/language/index.ts';
import { hashOf, indexer, wordsOf } from '../../model/examples/indexer.ts';

export default properties(indexer)
  .always('nothingLost', {
    about: 'What a thread has stored stays in the table',
    source: 'Flanagan and Godefroid, "Dynamic Partial-Order Reduction for Model Checking Software": Indexer',
    each: (p) => range(p.threads),
    premise: (s, t) => s.stored(t).value > 0,
    holds: (s, t, p) => {
      const table = range(p.slots).map((slot) => s.table(slot).value);
      const lost = wordsOf(t, s.stored(t).value).find((word) => !table.includes(word));
      return lost === undefined || `thread ${t} has stored the word ${lost}, which the table no longer holds`;
    },
  })
  .reachable('collides', {
    about: 'A word is in another slot than its hash says, since that was taken',
    applies: ({ threads, messages, slots }) => {
      const hashes = range(threads).flatMap((t) => wordsOf(t, messages).map((word) => hashOf(word, slots)));
      return new Set(hashes).size < hashes.length;
    },
    when: (s, { slots }) =>
      range(slots).some((slot) => {
        const word = s.table(slot).value;
        return word !== 0 && hashOf(word, slots) !== slot;
      }),
  });
