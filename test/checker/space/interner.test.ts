import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { setOf, single } from '../../../checker/language/index.ts';
import { Domain, PlainInterner } from '../../../checker/space/interner.ts';

describe('a domain', () => {
  test('holds each distinct value once, frozen, in its canonical form', () => {
    const domain = new Domain('vote', single(z.strictObject({ zxid: z.int(), seen: setOf(z.int()) })));
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
    const domain = new Domain(
      'n',
      single(
        z.int().refine((n) => {
          validated++;
          return n < 5;
        }),
      ),
    );
    for (let i = 0; i < 20; i++) domain.intern(i % 5);
    expect(validated).toBe(5);
    expect(() => domain.intern(5)).toThrow('the value 5 is outside the schema: n: Invalid input');
    expect(() => domain.intern(5)).toThrow(); // a refused value is not known afterwards
    expect(domain.size).toBe(5);
  });

  test('numbers more values than fit into two bytes', () => {
    const domain = new Domain('n', single(z.int()));
    for (let i = 0; i < 70_000; i++) domain.intern(7 * i);
    for (const i of [0, 255, 256, 65_535, 65_536, 69_999]) {
      expect([domain.intern(7 * i), domain.value(i)]).toEqual([i, 7 * i]);
    }
  });
});

describe('plain values', () => {
  test('are equal if their JSON with sorted keys is; each shows the same, whichever came first', () => {
    const one = new PlainInterner();
    const two = new PlainInterner();
    const [ab, ba] = [
      { a: 1, b: [{ c: -0, d: 2 }] },
      { b: [{ d: 2, c: 0 }], a: 1 },
    ];
    const id = one.intern(ab);
    expect(one.intern(ba)).toBe(id);
    expect(JSON.stringify(two.value(two.intern(ba)))).toBe(JSON.stringify(one.value(id)));
    expect(Object.keys(two.value(two.intern(ba)) as object)).toEqual(['a', 'b']);
    const zero = one.intern(-0);
    expect(one.intern(0)).toBe(zero);
    expect(one.value(zero)).toBe(0);
  });

  test('are not confused with each other', () => {
    const interner = new PlainInterner();
    const values = [
      undefined,
      'undefined',
      null,
      'null',
      0,
      '0',
      '',
      [],
      {},
      [[]],
      [undefined],
      [null],
      { a: undefined },
      { a: null },
      { 'a":1,"b': 1 },
      { a: 1, b: 1 },
      true,
      'true',
      [1, 2],
      ['1,2'],
      12,
      [12],
    ];
    expect(new Set(values.map((value) => interner.intern(value))).size).toBe(values.length);
    for (const value of values) expect(interner.value(interner.intern(value))).toEqual(value);
  });

  test('are copies: what a model keeps of them it may change', () => {
    const interner = new PlainInterner();
    const kept = Object.freeze({ list: [1] });
    const id = interner.intern(kept);
    kept.list.push(2);
    expect(interner.value(id)).toEqual({ list: [1] });
    expect(interner.intern(kept)).not.toBe(id);
    expect(Object.isFrozen((interner.value(id) as { list: number[] }).list)).toBe(true);
  });
});
