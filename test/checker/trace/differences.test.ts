import fc from 'fast-check';
import { expect, test } from 'vitest';
import { differences } from '../../../checker/trace/differences.ts';
import type { Json, TraceComponent } from '../../../checker/trace/format.ts';

const lines = (before: Json, after: Json, places?: TraceComponent['places']): string[] =>
  differences(before, after, places).map(({ path, text }) => `${path}: ${text}`);

test('fields, as deep as they go', () => {
  expect(lines({ state: 'LOOKING', at: { x: 1, y: 2 } }, { state: 'LEADING', at: { x: 1, y: 3 } })).toEqual([
    '.state: LOOKING -> LEADING',
    '.at.y: 2 -> 3',
  ]);
  expect(lines({ a: 1 }, { b: [1] })).toEqual(['.a: - 1', '.b: + [1]']);
  expect(lines(null, { a: 'x y' })).toEqual([': null -> {a: "x y"}']);
});

test('elements that came and went', () => {
  expect(lines([], [{ a: 1 }])).toEqual([': + {a: 1}']);
  expect(lines([1, 2], [2, 3])).toEqual([': - 1', ': + 3']);
  expect(lines([1, 1, 2], [1, 2])).toEqual([': - 1']);
  expect(lines({ log: [1, 2] }, { log: [] })).toEqual(['.log: - all 2']);
  expect(lines({ log: ['a'] }, { log: ['a', 'a'] })).toEqual(['.log: + a']);
});

test('elements that changed in place, unless they are a set', () => {
  expect(lines([null, 1, 2], [null, 7, 2])).toEqual(['[1]: 1 -> 7']);
  expect(lines([{ v: 1, w: 2 }, 0], [{ v: 3, w: 2 }, 0])).toEqual(['[0].v: 1 -> 3']);
  expect(lines([1, 2], [1, 3], [{ path: [], is: 'set' }])).toEqual([': - 2', ': + 3']);
  expect(lines([{ s: [1] }], [{ s: [2] }], [{ path: ['[]', 's'], is: 'set' }])).toEqual([
    '[0].s: - 1',
    '[0].s: + 2',
  ]);
});

test('another order, or almost everything new: the whole', () => {
  expect(lines([1, 2, 3], [3, 1, 2])).toEqual([': [1, 2, 3] -> [3, 1, 2]']);
  expect(lines([1, 2, 3], [4, 5, 6, 7])).toEqual([': [1, 2, 3] -> [4, 5, 6, 7]']);
});

test('long values are cut', () => {
  const long = Array.from({ length: 100 }, (_, i) => ({ index: i }));
  const [line = ''] = lines(1, long);
  expect(line).toMatch(/^: 1 -> \[\{index: 0\}, \{index: 1\}, .*… \d+ more\]$/);
  expect(line.length).toBeLessThan(75);
});

test('two values differ exactly when something is said about them', () => {
  const value = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>;
  fc.assert(
    fc.property(value, value, (a, b) => {
      expect(differences(a, a)).toEqual([]);
      const same = JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
      expect(differences(a, b).length > 0).toBe(!same);
    }),
  );
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (Object.is(value, -0)) return 0;
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, sorted(inner)]);
}
