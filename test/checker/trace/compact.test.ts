import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compact, cut, inWords } from '../../../checker/trace/compact.ts';
import type { Json } from '../../../checker/trace/format.ts';

test('values without the quotation marks that they can do without', () => {
  expect(compact({ state: 'LOOKING', votes: [0, null], 'odd key': 'null', s: 'a b', path: '/x' })).toBe(
    '{state: LOOKING, votes: [0, null], "odd key": "null", s: "a b", path: "/x"}',
  );
  expect([compact([]), compact({}), compact(''), compact('1'), compact(true)]).toEqual([
    '[]',
    '{}',
    '""',
    '"1"',
    'true',
  ]);
});

test('what does not fit is counted, and brackets stay whole', () => {
  expect(compact([1, 2, 3, 4, 5, 6, 7, 8, 9], 20)).toBe('[1, 2, 3, … 6 more]');
  expect(compact({ a: 1, inner: { b: [1, 2, 3], c: 4 }, d: 5 }, 30)).toMatch(/^\{a: 1, .*… \d more\}$/);
});

test('a message in words: its type first, names without their field', () => {
  expect(inWords({ round: 1, type: 'vote', for: 2 }, 40)).toBe('vote, round 1, for 2');
  expect(inWords({ from: 1, state: 'LOOKING' }, 40)).toBe('from 1, LOOKING');
  expect(inWords({ leader: 2, zxid: 1 }, 40)).toBe('leader 2, zxid 1');
  expect(inWords('hi; there', 40)).toBe('hi; there');
  expect(inWords([1, 2], 40)).toBe('[1, 2]');
  expect(inWords({ round: 1, type: 'vote', for: 2 }, 10)).toBe('vote, rou…');
});

test('nothing is longer than its room', () => {
  fc.assert(
    fc.property(fc.jsonValue() as fc.Arbitrary<Json>, fc.integer({ min: 12, max: 60 }), (value, room) => {
      fc.pre(typeof value !== 'number'); // half a number would be another number
      expect(compact(value, room).length).toBeLessThanOrEqual(room);
      expect(inWords(value, room).length).toBeLessThanOrEqual(room);
      expect(cut('some longer text', room).length).toBeLessThanOrEqual(room);
    }),
  );
});
