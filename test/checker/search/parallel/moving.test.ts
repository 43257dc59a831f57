import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { family, range } from '../../../../checker/language/index.ts';
import { Keeper } from '../../../../checker/search/parallel/keeper.ts';
import { SharedStates } from '../../../../checker/search/parallel/shared-states.ts';
import { hashOf } from '../../../../checker/space/hash.ts';
import { Layout } from '../../../../checker/space/layout.ts';
import { NO_PARENT, StateStore } from '../../../../checker/space/state-store.ts';

/** Vectors of five components, whose values are known by then: so many, all different, spread anyhow. */
const LARGEST = 3000;
const vectorsOf = ({ count, salt }: { count: number; salt: number }): readonly (readonly number[])[] =>
  Array.from({ length: count }, (_, n) => {
    const h = Math.imul(n + salt, 0x9e3779b1) >>> 0;
    return [n % LARGEST, Math.floor(n / LARGEST), h % 7, (h >>> 8) % LARGEST, h >>> 31];
  });
const seeds = fc.record({ count: fc.integer({ min: 1, max: 8000 }), salt: fc.nat() });

/** Ids 0 to `size` - 1 of the one domain, each its own value. */
function learnUpTo(layout: Layout, size: number): void {
  const domain = layout.domains[0];
  for (let id = domain?.size ?? 0; id < size; id++) domain?.intern(id);
}

test('states keep their numbers and parents, and are found, while table, bits and words grow', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const all = vectorsOf(seed);
      const layout = new Layout({ count: family(range(5), z.int()) });
      learnUpTo(layout, 2);
      const keeper = new Keeper(layout, new StateStore(layout), 8, false);
      const { states } = keeper;
      const wordsAtFirst = states.places.words;
      const tableAtFirst = states.table.length;
      const insert = (ids: readonly number[], parent: number): number => {
        const vector = Int32Array.from(ids);
        return states.insert(vector, hashOf(vector), parent);
      };
      for (const [n, ids] of all.entries()) {
        learnUpTo(layout, Math.max(...ids) + 1);
        if (insert(ids, n === 0 ? NO_PARENT : n >> 1) >= 0) throw new Error(`${ids} is there already`);
      }
      const read = new Int32Array(5);
      for (const [n, ids] of all.entries()) {
        states.read(n, read);
        const isFound = insert(ids, NO_PARENT) >= 0;
        const parent = n === 0 ? NO_PARENT : n >> 1;
        if (String(read) !== String(ids) || states.parentOf(n) !== parent || !isFound)
          throw new Error(`${n} is ${read} after ${states.parentOf(n)}, expected ${ids} after ${parent}`);
      }
      expect(states.count).toBe(all.length);
      if (all.length > 5500) {
        expect(states.places.words).toBeGreaterThan(wordsAtFirst);
        expect(states.table.length).toBeGreaterThan(tableAtFirst);
      }
    }),
    { numRuns: 20 },
  );
});

test('what is forgotten is new again, also where an older entry had been put behind it', () => {
  fc.assert(
    fc.property(seeds, fc.double({ min: 0, max: 1, noNaN: true }), (seed, share) => {
      const all = vectorsOf(seed);
      const layout = new Layout({ count: family(range(5), z.int()) });
      learnUpTo(layout, LARGEST + 1);
      const keeper = new Keeper(layout, new StateStore(layout), 8, false);
      const { states } = keeper;
      const insert = (ids: readonly number[]): number => {
        const vector = Int32Array.from(ids);
        return states.insert(vector, hashOf(vector), NO_PARENT);
      };
      const kept = Math.floor(share * all.length);
      for (const ids of all.slice(0, kept)) insert(ids);
      const { table } = keeper.memory;
      for (const ids of all.slice(kept)) insert(ids);
      keeper.truncate(kept, table);
      states.count = kept;
      const found = all.filter((ids) => insert(ids) >= 0);
      expect(found.length).toBe(kept);
      expect(found.at(-1)).toBe(all.slice(0, kept).at(-1));
    }),
    { numRuns: 20 },
  );
});

test('a second view of the memory finds what the first has added', () => {
  const layout = new Layout({ count: family(range(2), z.int()) });
  learnUpTo(layout, 100);
  const keeper = new Keeper(layout, new StateStore(layout), 8, false);
  const view = new SharedStates(keeper.memory);
  keeper.views.push(view);
  const vector = Int32Array.of(1, 2);
  keeper.states.insert(vector, hashOf(vector), NO_PARENT);
  for (let i = 0; i < 100; i++) {
    for (let k = 0; k < 100; k++) keeper.states.insert(Int32Array.of(i, k), hashOf(Int32Array.of(i, k)), 0);
  }
  expect(view.table).toHaveLength(keeper.states.table.length);
  expect(view.insert(vector, hashOf(vector), NO_PARENT)).toBe(0);
});
