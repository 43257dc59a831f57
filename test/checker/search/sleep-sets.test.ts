import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SleepSets } from '../../../checker/search/sleep-sets.ts';

test('what was kept for a state is what is taken for it, and nothing where nothing was kept', () => {
  const state = fc.nat({ max: 20_000 });
  fc.assert(
    fc.property(
      fc.dictionary(state.map(String), fc.integer()),
      fc.integer({ min: 1, max: 70 }),
      (kept, instances) => {
        const sets = new SleepSets(instances);
        const into = new Int32Array(Math.ceil(instances / 32));
        const states = Object.keys(kept).map(Number);
        // Found while those before them are expanded: some of them by the state right before.
        for (const one of states.filter((n) => n % 2 === 0)) sets.keep(one, into.fill(kept[one] ?? 0));
        for (const one of states.sort((a, b) => a - b)) {
          for (const later of states.filter((n) => n % 2 === 1 && n > one - 3 && n <= one)) {
            sets.keep(later, into.fill(kept[later] ?? 0));
          }
          sets.take(one, into.fill(7));
          expect([...into]).toEqual(Array.from(into, () => kept[one] ?? 0));
          if (kept[one + 1] === undefined) {
            sets.take(one + 1, into.fill(7));
            expect(into.every((word) => word === 0)).toBe(true);
          }
        }
      },
    ),
  );
});

test('those of expanded states are given back', () => {
  const sets = new SleepSets(40);
  const set = Int32Array.of(1, 2);
  for (let state = 0; state < 200_000; state++) {
    sets.keep(state + 10_000, set);
    sets.take(state, set);
  }
  expect(sets.bytes).toBeLessThan(2 * 10_000 * 8 + 2 ** 17);
});
