import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Readables } from '../../../checker/space/readables.ts';
import type { Recorder } from '../../../checker/space/recorder.ts';
import { SkipLists } from '../../../checker/space/skip-lists.ts';

const size = 3;
const readables = {
  vectorSize: size,
  idOf: (readable: number, vector: Int32Array) =>
    readable < size ? vector[readable] : (vector[readable - size] ?? 0) % 4,
} as unknown as Readables;

test('an item is skipped exactly where its first read alone was seen to make it say no', () => {
  const id = fc.oneof(fc.nat({ max: 5 }), fc.nat({ max: 1000 }));
  const event = fc.record({
    vector: fc.array(id, { minLength: size, maxLength: size }).map((ids) => Int32Array.from(ids)),
    item: fc.nat({ max: 69 }),
    no: fc.boolean(),
    more: fc.boolean(),
  });
  fc.assert(
    fc.property(
      fc.array(event, { maxLength: 200, size: 'max' }),
      fc.integer({ min: 1, max: 70 }),
      (events, items) => {
        const skips = new SkipLists(readables, items);
        const closed = new Set<string>();
        const firstOf = (item: number): number | undefined =>
          item % 9 === 8 ? undefined : (item * 5) % (2 * size);
        const seen = (item: number, vector: Int32Array): number => {
          const first = firstOf(item);
          return first === undefined ? -1 : readables.idOf(first, vector);
        };
        for (const { vector, item: n, no, more } of events) {
          const item = n % items;
          const first = firstOf(item);
          const reads = first === undefined ? [] : more ? [first, 99] : [first];
          skips.learn(item, { reads, ids: [seen(item, vector), 7] } as unknown as Recorder, no);
          if (no && !more && first !== undefined) closed.add(`${item} ${seen(item, vector)}`);
          for (const { vector: other } of events.slice(0, 5)) {
            skips.look(other);
            const candidates = Array.from({ length: items }, (_, i) => i).filter(
              (i) => (((skips.candidates[i >>> 5] ?? 0) >>> (i & 31)) & 1) === 1,
            );
            const expected = Array.from({ length: items }, (_, i) => i).filter(
              (i) => !closed.has(`${i} ${seen(i, other)}`),
            );
            expect(candidates).toEqual(expected);
            if (items % 32 !== 0) expect((skips.candidates.at(-1) ?? 0) >>> (items % 32)).toBe(0);
          }
        }
      },
    ),
    { numRuns: 50 },
  );
});
