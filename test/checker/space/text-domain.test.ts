import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { setOf } from '../../../checker/language/index.ts';
import { TextDomain } from '../../../checker/space/text-domain.ts';

describe('a domain', () => {
  test('holds each distinct value once, frozen, in its canonical form', () => {
    const domain = new TextDomain('vote', z.strictObject({ zxid: z.int(), seen: setOf(z.int()) }));
    const given = { seen: [2, 1, 2], zxid: 7 };
    const id = domain.intern(given);
    expect(domain.intern({ zxid: 7, seen: [1, 2] })).toBe(id);
    expect(domain.intern({ zxid: 8, seen: [1, 2] })).toBe(id + 1);
    expect(domain.size).toBe(2);
    const stored = domain.value(id) as { seen: number[] };
    expect(stored).toEqual({ zxid: 7, seen: [1, 2] });
    expect(Object.keys(stored)).toEqual(['zxid', 'seen']);
    expect([Object.isFrozen(stored), Object.isFrozen(stored.seen)]).toEqual([true, true]);
    expect(Object.isFrozen(given)).toBe(false);
    expect(domain.encoding(id)).toBe('{"zxid":7,"seen":[1,2]}');
  });

  test('validates each distinct value once', () => {
    let validated = 0;
    const domain = new TextDomain(
      'n',
      z.int().refine((n) => {
        validated++;
        return n < 5;
      }),
    );
    for (let i = 0; i < 20; i++) domain.intern(i % 5);
    expect(validated).toBe(5);
    expect(() => domain.intern(5)).toThrow('the value 5 is outside the schema: n: Invalid input');
    expect(() => domain.intern(5)).toThrow(); // a refused value is not known afterwards
    expect(domain.size).toBe(5);
  });

  test('numbers more values than fit into two bytes', () => {
    const domain = new TextDomain('n', z.int());
    for (let i = 0; i < 70_000; i++) domain.intern(7 * i);
    for (const i of [0, 255, 256, 65_535, 65_536, 69_999]) {
      expect([domain.intern(7 * i), domain.value(i)]).toEqual([i, 7 * i]);
    }
  });
});
