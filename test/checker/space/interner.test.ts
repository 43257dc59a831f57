import { describe, expect, test } from 'vitest';
import { PlainInterner } from '../../../checker/space/interner.ts';

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
