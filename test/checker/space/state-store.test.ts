import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashOf } from '../../../checker/space/hash.ts';
import type { Layout } from '../../../checker/space/layout.ts';
import { NO_PARENT, StateStore } from '../../../checker/space/state-store.ts';

/** A store whose domains hold exactly the ids that were seen, as in a search, and a Map of texts beside it. */
class Checked {
  readonly known = new Map<string, number>();
  readonly vectors: Int32Array[] = [];
  readonly parents: number[] = [];
  readonly store: StateStore;
  private readonly domains: { size: number }[];
  private readonly hash: (vector: Int32Array) => number;

  constructor(size: number, hash: (vector: Int32Array) => number = hashOf) {
    this.domains = Array.from({ length: size }, () => ({ size: 0 }));
    this.hash = hash;
    const slots = this.domains.map((domain, index) => ({ index, domain }));
    this.store = new StateStore({ slots } as unknown as Layout);
  }

  private intern(vector: Int32Array): void {
    for (const [slot, domain] of this.domains.entries()) {
      domain.size = Math.max(domain.size, (vector[slot] ?? 0) + 1);
    }
  }

  private agree(vector: Int32Array, parent: number, answer: number): void {
    const key = vector.join();
    const number = this.known.get(key);
    const expected = number ?? -1 - this.vectors.length;
    if (answer !== expected) expect(answer, key).toBe(expected);
    if (number !== undefined) return;
    this.known.set(key, this.vectors.length);
    this.vectors.push(Int32Array.from(vector));
    this.parents.push(parent);
  }

  insert(vector: Int32Array): void {
    this.intern(vector);
    this.agree(vector, NO_PARENT, this.store.insert(vector, this.hash(vector), NO_PARENT));
  }

  /** Opens a known state and inserts successors of it, each given by its changes. */
  expand(state: number, successors: readonly (readonly (readonly [slot: number, id: number])[])[]): void {
    const hash = this.store.open(state);
    const current = this.store.vector;
    const opened = this.vectors[state] as Int32Array;
    if (hash !== hashOf(opened)) expect(hash).toBe(hashOf(opened));
    if (current.join() !== opened.join()) expect(current).toEqual(opened);
    const slots = Int32Array.from(successors.flatMap((changes) => changes.map(([slot]) => slot)));
    const nexts = successors.map((changes) => {
      const next = Int32Array.from(current);
      for (const [slot, id] of changes) next[slot] = id;
      return next;
    });
    this.store.expect(Int32Array.from(nexts, this.hash), nexts.length);
    let from = 0;
    for (const [i, changes] of successors.entries()) {
      const next = nexts[i] as Int32Array;
      this.intern(next);
      const to = from + changes.length;
      this.agree(next, state, this.store.insertNear(next, slots, from, to, this.hash(next)));
      from = to;
    }
  }

  verify(): void {
    expect(this.store.count).toBe(this.vectors.length);
    const read = new Int32Array(this.domains.length);
    for (const [state, vector] of this.vectors.entries()) {
      this.store.read(state, read);
      if (read.join() !== vector.join()) expect(read).toEqual(vector);
      if (this.store.parentOf(state) !== this.parents[state]) expect.fail(`the parent of ${state}`);
      const again = this.store.insert(vector, this.hash(vector), 0);
      if (again !== state) expect(again).toBe(state);
    }
  }
}

const id = fc.oneof(
  fc.nat({ max: 1 }),
  fc.nat({ max: 20 }),
  fc.nat({ max: 70_000 }),
  fc.integer({ min: 2 ** 30 - 1, max: 2 ** 31 - 1 }),
  fc.constantFrom(255, 256, 65_535, 65_536, 2 ** 24, 2 ** 30, 2 ** 31 - 1),
);

/** Searches as in a breadth-first search: initial vectors, then successors of states in order, ids growing meanwhile. */
function searches(ids: fc.Arbitrary<number>): fc.Arbitrary<[number, number[][], [number, number][][][]]> {
  return fc.integer({ min: 1, max: 12 }).chain((size) =>
    fc.tuple(
      fc.constant(size),
      fc.array(fc.array(ids, { minLength: size, maxLength: size }), { minLength: 1, maxLength: 5 }),
      fc.array(
        fc.array(
          fc.uniqueArray(fc.tuple(fc.nat({ max: size - 1 }), ids), {
            maxLength: 3,
            selector: ([slot]) => slot,
          }),
          { maxLength: 6 },
        ),
        { maxLength: 40, size: 'max' },
      ),
    ),
  );
}

function run(
  [size, initial, steps]: [number, number[][], [number, number][][][]],
  hash?: (v: Int32Array) => number,
): void {
  const checked = new Checked(size, hash);
  for (const vector of initial) checked.insert(Int32Array.from(vector));
  for (const [n, successors] of steps.entries()) {
    if (n < checked.vectors.length) checked.expand(n, successors);
  }
  checked.verify();
}

describe('the store is the exact set of the vectors put in', () => {
  test('for ids of any size, growing while a state is expanded', () => {
    fc.assert(
      fc.property(searches(id), (search) => run(search)),
      { numRuns: 300 },
    );
  });

  test('also when all hashes are equal, or their tags are: no hash decides', () => {
    fc.assert(fc.property(searches(fc.nat({ max: 6 })), (search) => run(search, () => 0)));
    fc.assert(fc.property(searches(fc.nat({ max: 6 })), (search) => run(search, () => -1)));
    fc.assert(fc.property(searches(id), (search) => run(search, (vector) => hashOf(vector) & 0xffff)));
    fc.assert(fc.property(searches(id), (search) => run(search, (vector) => hashOf(vector) & 0xffff0000)));
  });

  test('past several segments and tables, with a component that outgrows its bits in between', () => {
    const checked = new Checked(3);
    checked.insert(Int32Array.of(0, 0, 0));
    // The third component stays small for the first 90 000 states, so that there are two segments to pack anew.
    for (let state = 0; checked.vectors.length < 200_000; state++) {
      const [a = 0, b = 0] = checked.vectors[state] as Int32Array;
      const wide = checked.vectors.length > 90_000;
      checked.expand(state, [
        [[0, a + 1]],
        [[1, b + 1]],
        [
          [0, a + 1],
          [1, b],
        ],
        [],
        ...(wide ? [[[2, (a * 31 + b) % 70_000] as const]] : []),
        ...(wide && state % 10_000 === 0 ? [[[2, 2 ** 30 + state] as const]] : []),
      ]);
    }
    checked.verify();
    expect(checked.store.bytes).toBeLessThan(checked.vectors.length * 64);
  });

  test('with one component of two values, and with forty', () => {
    const two = new Checked(1);
    for (const n of [1, 0, 1, 0]) two.insert(Int32Array.of(n));
    two.verify();
    const many = new Checked(40);
    for (let i = 0; i < 2000; i++)
      many.insert(Int32Array.from({ length: 40 }, (_, s) => (i * (s + 1)) % (s + 3)));
    many.verify();
  });

  test('with more than 256 words', () => {
    const checked = new Checked(600);
    const wide = (n: number, at: number): Int32Array =>
      Int32Array.from({ length: 600 }, (_, slot) => (slot === at ? n : 2 ** 20));
    for (let i = 0; i < 600; i++) checked.insert(wide(i, i));
    checked.verify();
  });

  test('says what is ahead of the opened state: what was found later, and what is not there', () => {
    const checked = new Checked(1);
    for (const n of [3, 1, 2]) checked.insert(Int32Array.of(n));
    checked.store.open(1);
    const ahead = [3, 1, 2, 0].map((n) => checked.store.isAhead(Int32Array.of(n), hashOf(Int32Array.of(n))));
    expect(ahead).toEqual([false, false, true, true]);
  });
});
