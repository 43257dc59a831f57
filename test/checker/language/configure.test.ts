import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { configure, isChecked } from '../../../checker/language/configure.ts';
import { UsageError } from '../../../checker/language/errors.ts';
import { defineModel, ModelError, properties, single } from '../../../checker/language/index.ts';
import type { Any } from '../tiny.ts';

const model = defineModel('quorum', {
  about: '',
  params: z
    .strictObject({
      servers: z.int().min(1).max(5).default(3),
      start: z.enum(['one', 'many']).default('one'),
      list: z.array(z.int()).default([1]),
    })
    .refine(({ servers, start }) => servers > 1 || start === 'one', 'one server cannot start with many'),
})
  .rules((p) => ({ majority: (n: number) => n > p.servers / 2, name: 'majority' }))
  .changes({
    half: { about: '', source: 'seeded', rules: { majority: (n) => n >= 1 } },
    strict: {
      about: '',
      source: 'seeded',
      rules: (rules, p) => ({ majority: (n) => rules.majority(n) && n < p.servers }),
    },
    large: { about: '', source: 'seeded', set: { servers: 5 } },
    larger: { about: '', source: 'seeded', set: { servers: 4 } },
  })
  .components(() => ({ x: single(z.int()) }))
  .init(() => ({ x: 0 }));
const spec = properties(model);
const majority = (changes: string[], n: number, set = {}): unknown =>
  (configure(spec, { changes, set }).rules.majority as (n: number) => boolean)(n);

describe('a configuration', () => {
  test('has the defaults, what is set, and what a change sets', () => {
    expect(configure(spec).params).toEqual({ servers: 3, start: 'one', list: [1] });
    expect(configure(spec, { set: { servers: 5 } }).params).toMatchObject({ servers: 5 });
    expect(configure(spec, { changes: ['large'] })).toMatchObject({
      params: { servers: 5 },
      changes: ['large'],
    });
    expect(configure(spec, { set: { servers: 5 }, changes: ['large'] }).params).toMatchObject({ servers: 5 });
  });

  test('has the rules, with those that changes replace, in their order', () => {
    expect([majority([], 1), majority([], 2), majority(['large'], 2)]).toEqual([false, true, false]);
    expect([majority(['half'], 1), majority(['half', 'strict'], 1), majority(['half', 'strict'], 3)]).toEqual(
      [true, true, false],
    );
    expect([majority(['strict', 'half'], 3), majority(['strict'], 3, { servers: 4 })]).toEqual([true, true]);
    expect(configure(spec, { changes: ['half'] }).rules.name).toBe('majority');
  });

  test('is frozen', () => {
    const { params, rules } = configure(spec) as Any;
    expect(() => params.list.push(2)).toThrow(TypeError);
    expect(() => {
      rules.majority = () => true;
    }).toThrow(TypeError);
    expect(configure(spec).params).toMatchObject({ list: [1] });
  });
});

test.each<[name: string, request: Parameters<typeof configure>[1], says: RegExp]>([
  [
    'a parameter that there is not',
    { set: { server: 3 } },
    /^quorum has no parameter 'server'\. Did you mean 'servers'\?$/,
  ],
  [
    'a parameter that nobody meant',
    { set: { toString: 3 } },
    /^quorum has no parameter 'toString'\. There are: servers, start, list\.$/,
  ],
  ['a value out of range', { set: { servers: 6 } }, /^quorum: the parameter servers cannot be 6: Too big/],
  [
    'a value of another type',
    { set: { start: 'some' } },
    /^quorum: the parameter start cannot be "some": Invalid option/,
  ],
  [
    'a value within a list',
    { set: { list: [1, 'a'] } },
    /^quorum: the parameter list\.1 cannot be \[1,"a"\]: Invalid input/,
  ],
  [
    'values that do not go together',
    { set: { servers: 1, start: 'many' } },
    /^quorum: the parameters \{"servers":1,"start":"many"\} do not go together: one server cannot start with many\.$/,
  ],
  [
    'a change that there is not',
    { changes: ['halve'] },
    /^quorum has no change 'halve'\. Did you mean 'half'\?$/,
  ],
  ['a change by an inherited name', { changes: ['constructor'] }, /^quorum has no change 'constructor'/],
  [
    'a change against what is set',
    { set: { servers: 3 }, changes: ['large'] },
    /^the change 'large' sets servers to 5; it cannot be 3 too\.$/,
  ],
  [
    'two changes against each other',
    { changes: ['large', 'larger'] },
    /^the change 'larger' sets servers to 4; it cannot be 5 too\.$/,
  ],
])('%s is the fault of who asks', (_, request, says) => {
  expect(() => configure(spec, request)).toThrow(UsageError);
  expect(() => configure(spec, request)).toThrow(says);
});

test.each<[name: string, changed: Any, says: RegExp]>([
  [
    'a change that replaces no rule',
    model.changes({ wrong: { about: '', source: '', rules: { minority: () => true } as Any } }),
    /^model quorum: a change replaces the rule 'minority', but the rules are majority, name$/,
  ],
  [
    'a change whose rules throw',
    model.changes({
      wrong: {
        about: '',
        source: '',
        rules: () => {
          throw new Error('no');
        },
      },
    }),
    /^model quorum: its rules throw Error: no$/,
  ],
])('%s is a fault of the model', (_, changed, says) => {
  const wrong = properties(changed);
  expect(() => configure(wrong, { changes: ['wrong'] })).toThrow(ModelError);
  expect(() => configure(wrong, { changes: ['wrong'] })).toThrow(says);
});

test('rules that throw are a fault of the model', () => {
  const wrong = defineModel('rules', { about: '', params: z.strictObject({}) }).rules((): Any => {
    throw new Error('no');
  });
  expect(() => configure(properties(wrong))).toThrow(/^model rules: its rules throw Error: no$/);
});

test('a property may say under which parameters it is promised', () => {
  const { properties: list } = spec
    .always('always', { holds: () => true })
    .always('large only', { applies: (p) => p.servers > 3, holds: () => true });
  expect(list.map((property) => isChecked(property, { servers: 3 }))).toEqual([true, false]);
  expect(list.map((property) => isChecked(property, { servers: 4 }))).toEqual([true, true]);
});
