import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PairMap } from '../../../checker/space/pair-map.ts';

test('it is a map from pairs to non-zero integers', () => {
  const small = fc.nat({ max: 5 });
  const any = fc.oneof(small, fc.nat({ max: 2 ** 31 - 1 }));
  const value = fc.oneof(fc.integer({ min: 1 }), fc.integer({ max: -1 }));
  fc.assert(
    fc.property(fc.array(fc.tuple(any, any, value), { maxLength: 300, size: 'max' }), (entries) => {
      const map = new PairMap();
      const expected = new Map<string, number>();
      for (const [a, b, n] of entries) {
        map.set(a, b, n);
        expected.set(`${a} ${b}`, n);
        expect(map.get(b, a)).toBe(expected.get(`${b} ${a}`) ?? 0);
      }
      for (const [a, b] of entries) expect(map.get(a, b)).toBe(expected.get(`${a} ${b}`));
      expect(map.size).toBe(expected.size);
    }),
  );
});

test('it grows', () => {
  const map = new PairMap();
  for (let i = 0; i < 100_000; i++) map.set(i % 317, i, i + 1);
  for (let i = 0; i < 100_000; i++) {
    if (map.get(i % 317, i) !== i + 1 || map.get(i, i % 317) !== (i === i % 317 ? i + 1 : 0)) {
      expect.fail(`the pair ${i % 317}, ${i}`);
    }
  }
  expect(map.size).toBe(100_000);
  expect(map.bytes).toBeGreaterThan(16 * 100_000);
  map.clear();
  expect([map.get(1, 1), map.size, map.bytes]).toEqual([0, 0, 1024]);
});
