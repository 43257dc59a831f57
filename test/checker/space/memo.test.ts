import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Memo, UNKNOWN } from '../../../checker/space/memo.ts';
import type { Readables } from '../../../checker/space/readables.ts';
import type { Recorder } from '../../../checker/space/recorder.ts';

// Vectors of four components; readable 4 + c shows the component c divided by ten.
const size = 4;
const readables = {
  vectorSize: size,
  idOf: (readable: number, vector: Int32Array) =>
    readable < size ? vector[readable] : Math.floor((vector[readable - size] ?? 0) / 10),
} as unknown as Readables;

/** Some pure code: what it reads next depends on the root and on what it saw, and so does its result. */
function evaluate(root: number, vector: Int32Array): Recorder & { readonly leaf: number } {
  const reads: number[] = [];
  const ids: number[] = [];
  let hash = root;
  while (reads.length < 5) {
    const readable = hash % (2 * size);
    if (reads.includes(readable) || (reads.length > 0 && hash % 7 === 0)) break;
    const id = readables.idOf(readable, vector);
    reads.push(readable);
    ids.push(id);
    hash = ((Math.imul(hash, 31) + id * 17 + 5) >>> 8) ^ ((id + root) & 0xffff);
  }
  return { reads, ids, leaf: hash % 1_000_000 } as unknown as Recorder & { leaf: number };
}

function remembers(vectors: readonly Int32Array[], roots: number, clearAt = -1): number {
  const memo = new Memo(readables);
  let known = new Map<string, number>();
  let hits = 0;
  for (const [n, vector] of vectors.entries()) {
    if (n === clearAt) {
      memo.clear();
      known = new Map();
    }
    const root = n % roots;
    const recorder = evaluate(root, vector);
    const path = JSON.stringify([root, recorder.reads, recorder.ids]);
    const found = memo.find(root, vector);
    if (found !== (known.get(path) ?? UNKNOWN)) expect(found, path).toBe(known.get(path) ?? UNKNOWN);
    expect(memo.path(root, vector)).toEqual(found === UNKNOWN ? undefined : recorder.reads);
    if (found !== UNKNOWN) hits++;
    else expect(memo.insert(root, recorder, recorder.leaf)).toBe(true);
    known.set(path, recorder.leaf);
  }
  for (const [n, vector] of vectors.entries()) {
    if (n < clearAt) continue;
    const found = memo.find(n % roots, vector);
    if (found !== evaluate(n % roots, vector).leaf) expect(found).toBe(evaluate(n % roots, vector).leaf);
  }
  return hits;
}

const id = fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 300 }), fc.nat({ max: 2 ** 31 - 1 }));
const vector = fc.array(id, { minLength: size, maxLength: size }).map((ids) => Int32Array.from(ids));

describe('it answers what was put in for every vector that shows the same', () => {
  test('for small, large and huge ids', () => {
    fc.assert(
      fc.property(
        fc.array(vector, { maxLength: 200, size: 'max' }),
        fc.integer({ min: 1, max: 5 }),
        (vectors, roots) => {
          remembers(vectors, roots);
        },
      ),
    );
  });

  test('for ids that come in order, in reverse order, and far apart', () => {
    const orders = [
      (i: number) => i,
      (i: number) => 20_000 - i,
      (i: number) => (i * 7919) % 20_011,
      (i: number) => i * 99_991,
    ];
    for (const order of orders) {
      const vectors = Array.from({ length: 20_000 }, (_, i) =>
        Int32Array.of(order(i) % 2 ** 31, i % 3, 1, order(i % 50)),
      );
      expect(remembers(vectors, 3)).toBeGreaterThan(0);
      remembers(vectors, 3, 10_000);
    }
  });
});

describe('it tells impure code', () => {
  const record = (reads: number[], ids: number[]): Recorder => ({ reads, ids }) as unknown as Recorder;
  const memo = new Memo(readables);
  expect(memo.insert(0, record([0, 1], [5, 6]), 1)).toBe(true);

  test.each<[string, Recorder]>([
    ['that reads something else first', record([1], [6])],
    ['that reads something else next', record([0, 2], [5, 6])],
    ['that reads less', record([0], [5])],
    ['that reads nothing', record([], [])],
    ['that reads more', record([0, 1, 2], [5, 6, 7])],
    ['that runs though its result is known', record([0, 1], [5, 6])],
  ])('%s', (_, recorder) => {
    expect(memo.insert(0, recorder, 2)).toBe(false);
    expect(memo.find(0, Int32Array.of(5, 6, 0, 0))).toBe(1);
  });

  test('not code that reads something else after another value', () => {
    expect(memo.insert(0, record([0, 3], [4, 6]), 3)).toBe(true);
    expect(memo.find(0, Int32Array.of(4, 0, 0, 6))).toBe(3);
    expect(memo.find(0, Int32Array.of(4, 0, 0, 5))).toBe(UNKNOWN);
    expect(memo.find(1, Int32Array.of(4, 0, 0, 6))).toBe(UNKNOWN);
  });

  test('code that reads nothing has one result', () => {
    expect(memo.insert(2, record([], []), 0)).toBe(true);
    expect(memo.find(2, Int32Array.of(1, 2, 3, 4))).toBe(0);
    expect(memo.insert(2, record([0], [1]), 0)).toBe(false);
  });
});
