import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { pairs, product, range, ref, setOf } from '../../../checker/language/index.ts';
import { isSet, referenceOf } from '../../../checker/language/schema.ts';

test('lists of keys', () => {
  expect(range(3)).toEqual([0, 1, 2]);
  expect(range(0)).toEqual([]);
  expect(pairs(['a', 'b', 'c'])).toEqual([
    ['a', 'b'],
    ['a', 'c'],
    ['b', 'a'],
    ['b', 'c'],
    ['c', 'a'],
    ['c', 'b'],
  ]);
  expect(pairs([1])).toEqual([]);
  expect(product([0, 1], ['a', 'b'])).toEqual([
    [0, 'a'],
    [0, 'b'],
    [1, 'a'],
    [1, 'b'],
  ]);
});

describe('a reference names the family of an id', () => {
  const server = ref('server', { min: 0, max: 2 });
  test('within bounds', () => {
    expect([-1, 0, 2, 3, 0.5].map((id) => server.safeParse(id).success)).toEqual([
      false,
      true,
      true,
      false,
      false,
    ]);
    expect(ref('server').safeParse(-5).success).toBe(true);
  });

  test.each<[name: string, schema: z.ZodType]>([
    ['as it is', server],
    ['bounded', server.max(1)],
    ['described', server.describe('the leader')],
    ['refined', server.refine((id) => id !== 1)],
  ])('%s', (_, schema) => {
    expect(referenceOf(schema)).toBe('server');
  });

  test('no other schema does', () => {
    expect([z.int(), z.array(server), setOf(server)].map(referenceOf)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect([z.array(z.int()), z.array(setOf(z.int())), server].map(isSet)).toEqual([false, false, false]);
  });
});
