import { expect, describe as group, test } from 'vitest';
import { canonicalCopy, canonicalJson, deepFreeze, describe } from '../../../checker/language/canonical.ts';
import { ModelError } from '../../../checker/language/index.ts';

group('JSON with sorted keys', () => {
  test.each<[value: unknown, text: string]>([
    [{ b: 1, a: [{ d: undefined, c: null }] }, '{"a":[{"c":null,"d":undefined}],"b":1}'],
    [{ 10: 1, 9: 2, a: 3 }, '{"10":1,"9":2,"a":3}'],
    [-0, '0'],
    [undefined, 'undefined'],
    ['undefined', '"undefined"'],
    [Object.create(null), '{}'],
    ['\ud800"', '"\\ud800\\""'],
    [[1.5, true, ''], '[1.5,true,""]'],
  ])('%o', (value, text) => {
    expect(canonicalJson(value)).toBe(text);
    expect(canonicalJson(canonicalCopy(value))).toBe(text);
  });

  test.each<[name: string, value: unknown]>([
    ['an instance of Map', new Map()],
    ['an instance of Date', [new Date(0)]],
    ['NaN', { a: Number.NaN }],
    ['Infinity', Number.POSITIVE_INFINITY],
    ['bigint 1', [1n]],
    ['a function (next)', { next() {} }],
    ['symbol Symbol(a)', Symbol('a')],
  ])('not of %s', (name, value) => {
    expect(() => canonicalJson(value)).toThrow(ModelError);
    expect(() => canonicalJson(value)).toThrow(`gives ${name}, which is not a plain value`);
  });
});

test('freezing goes all the way down, also below what is frozen already', () => {
  const value = deepFreeze(Object.freeze({ a: [{ b: 1 }] }));
  expect(() => value.a.push({ b: 2 })).toThrow(TypeError);
  expect(() => Object.assign(value.a[0] ?? {}, { b: 2 })).toThrow(TypeError);
});

test('any value has a short description', () => {
  const circle: unknown[] = [];
  circle.push(circle);
  const values = [
    undefined,
    null,
    -0,
    'a',
    { a: 1n, b: new Map() },
    () => 1,
    new Date(0),
    circle,
    { circle },
    'x'.repeat(500),
  ];
  expect(values.map(describe)).toEqual([
    'undefined',
    'null',
    '-0',
    '"a"',
    '{"a":"1n","b":{}}',
    'a function (anonymous)',
    'an instance of Date',
    '[...]',
    '{circle: ...}',
    `"${'x'.repeat(116)}...`,
  ]);
});
