import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AscendingList } from '../../../checker/space/ascending-list.ts';

test('it gives back what was pushed, near and far', () => {
  const rise = fc.oneof(fc.constant(0), fc.nat({ max: 3 }), fc.nat({ max: 5000 }), fc.nat({ max: 2 ** 16 }));
  fc.assert(
    fc.property(fc.array(rise, { maxLength: 200, size: 'max' }), (rises) => {
      const list = new AscendingList();
      let sum = 0;
      const pushed = rises.map((by) => {
        sum += by;
        list.push(sum);
        return sum;
      });
      expect(list.length).toBe(pushed.length);
      expect(pushed.map((_, i) => list.at(i))).toEqual(pushed);
    }),
    { numRuns: 50 },
  );
});

test('parents as a breadth-first search has them take a quarter of a byte each', () => {
  const list = new AscendingList();
  const count = 1_000_000;
  for (let i = 0; i < count; i++) list.push(Math.floor(i * 0.9));
  for (let i = 0; i < count; i += 997) if (list.at(i) !== Math.floor(i * 0.9)) expect.fail(`entry ${i}`);
  expect(list.bytes).toBeLessThan(0.35 * count);
});

test('a number below the last one is refused', () => {
  const list = new AscendingList();
  list.push(7);
  list.push(7);
  expect(() => list.push(6)).toThrow('6 after 7');
});
