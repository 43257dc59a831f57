import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashOf, rehash } from '../../../checker/space/hash.ts';

const id = fc.nat({ max: 2 ** 31 - 1 });

test('a change of one id changes the hash as if it were computed anew', () => {
  fc.assert(
    fc.property(fc.array(id, { minLength: 1, maxLength: 6 }), fc.nat(), id, (ids, n, after) => {
      const vector = Int32Array.from(ids);
      const slot = n % vector.length;
      const hash = rehash(hashOf(vector), slot, vector[slot] ?? 0, after);
      vector[slot] = after;
      expect(hashOf(vector)).toBe(hash);
    }),
  );
});

test('small ids in many components hardly ever collide', () => {
  const hashes = new Set<number>();
  const vector = new Int32Array(10);
  for (let n = 0; n < 3 ** 10; n++) {
    for (let s = 0, rest = n; s < 10; s++, rest = Math.floor(rest / 3)) vector[s] = rest % 3;
    hashes.add(hashOf(vector));
  }
  expect(hashes.size).toBeGreaterThan(3 ** 10 - 10); // 0.4 collisions are expected of random hashes of 32 bits
});

test('components beyond the table of factors have one too', () => {
  const vector = new Int32Array(5000);
  const zeros = hashOf(vector);
  vector[4999] = 1;
  expect(hashOf(vector)).not.toBe(zeros);
});
