import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { compileCodec } from '../../../checker/language/codec.ts';
import { ModelError, ref, setOf } from '../../../checker/language/index.ts';

const encode = (schema: z.ZodType, value: unknown): string => compileCodec(schema, 'x').encode(value);

describe('one text for one value', () => {
  const Vote = z.strictObject({ zxid: z.int(), leader: ref('server'), note: z.string().nullable() });

  test.each<[name: string, schema: z.ZodType, value: unknown, text: string]>([
    [
      'keys in the order of the schema',
      Vote,
      { note: null, leader: 1, zxid: 2 },
      '{"zxid":2,"leader":1,"note":null}',
    ],
    ['a loose z.object too, its keys exact', z.object({ a: z.int() }), { a: 1 }, '{"a":1}'],
    ['no field at all', z.strictObject({}), {}, '{}'],
    [
      'keys that look like indices',
      z.strictObject({ b: z.int(), 10: z.int(), 9: z.int() }),
      { b: 1, 9: 2, 10: 3 },
      '{"9":2,"10":3,"b":1}',
    ],
    ['a set of numbers, by size', setOf(z.int()), [10, -1, 9, 10, -20], '[-20,-1,9,10]'],
    ['a set of texts, by text', setOf(z.string()), ['b', '10', '9', 'b'], '["10","9","b"]'],
    [
      'a set of everything',
      setOf(z.union([z.int(), z.string(), z.boolean(), z.null()])),
      [null, true, 'a', 3, false, 20],
      '["a",3,20,false,null,true]',
    ],
    [
      'a set of objects',
      setOf(z.strictObject({ a: z.int(), b: z.int() })),
      [
        { b: 1, a: 2 },
        { a: 2, b: 1 },
        { a: 1, b: 9 },
      ],
      '[{"a":1,"b":9},{"a":2,"b":1}]',
    ],
    ['a set in a set', setOf(setOf(z.int())), [[2, 1], [3], [1, 2]], '[[1,2],[3]]'],
    ['an array keeps its order', z.array(z.int()), [2, 1, 2], '[2,1,2]'],
    ['a tuple', z.tuple([z.boolean(), z.string()]), [true, 'a'], '[true,"a"]'],
    [
      'a record, keys as texts in order',
      z.record(z.string(), z.int()),
      { b: 1, 9: 2, 10: 3, a: 4 },
      '{"10":3,"9":2,"a":4,"b":1}',
    ],
    ['an enum', z.enum(['looking', 'leading']), 'leading', '"leading"'],
    ['literals', z.literal([1, 'one', null, true]), 'one', '"one"'],
    ['readonly', setOf(z.int()).readonly(), [2, 1], '[1,2]'],
    ['a negative exponent', z.number(), 1e-7, '1e-7'],
    ['a large number', z.number(), 1e21, '1e+21'],
    ['odd characters', z.string(), '"\\\n\u2028💥\u0000', '"\\"\\\\\\n\u2028💥\\u0000"'],
    ['half a character', z.string(), '\ud800', '"\\ud800"'],
  ])('%s', (_, schema, value, text) => {
    expect(encode(schema, value)).toBe(text);
    expect(encode(schema, JSON.parse(text))).toBe(text);
    expect(schema.safeParse(JSON.parse(text)).success).toBe(true);
  });

  test.each<[name: string, schema: z.ZodType]>([
    ['max', setOf(z.int()).max(3)],
    ['min', setOf(z.int()).min(1)],
    ['describe', setOf(z.int()).describe('voters')],
    ['meta', setOf(z.int()).meta({ title: 'voters' })],
    ['refine', setOf(z.int()).refine((voters) => voters.length > 0)],
    ['brand', setOf(z.int()).brand('voters')],
    ['nullable', setOf(z.int()).nullable()],
  ])('a set stays a set with %s', (_, schema) => {
    expect(encode(schema, [2, 1, 2])).toBe('[1,2]');
  });

  test('a union: the first option that fits decides', () => {
    const schema = z.discriminatedUnion('is', [
      z.strictObject({ is: z.literal('idle') }),
      z.strictObject({ with: z.int().nullable(), is: z.enum(['busy', 'done']) }),
    ]);
    expect(encode(schema, { is: 'busy', with: null })).toBe('{"with":null,"is":"busy"}');
    expect(encode(schema, { is: 'idle' })).toBe('{"is":"idle"}');
    expect(encode(z.union([z.record(z.string(), z.int()), z.array(z.int())]), [1])).toBe('[1]');
    expect(encode(z.union([z.array(z.int()), z.strictObject({})]), {})).toBe('{}');
    expect(encode(z.union([z.tuple([z.int()]), setOf(z.int())]), [2, 1])).toBe('[1,2]');
    expect(
      encode(z.union([z.strictObject({ a: z.int() }), z.strictObject({ a: z.string() })]), { a: 'b' }),
    ).toBe('{"a":"b"}');
    expect(encode(z.union([z.literal(0), z.enum(['0'])]), '0')).toBe('"0"');
  });

  test('two values have the same text exactly if they are equal', () => {
    const schema = z.array(
      z.union([
        z.strictObject({ a: z.int(), b: z.string() }),
        z.record(z.string(), z.union([z.int(), z.string()])),
        setOf(z.string()),
        z.number().nullable(),
      ]),
    );
    const one = fc.oneof(
      fc.record({ a: fc.nat({ max: 2 }), b: fc.constantFrom('', '1', '"') }),
      fc.dictionary(
        fc.constantFrom('a', 'b', '1', '10', '"'),
        fc.oneof(fc.nat({ max: 2 }), fc.constantFrom('1', '"')),
      ),
      fc.uniqueArray(fc.constantFrom('', '1', '10', '"', ',')).map((set) => set.sort()),
      fc.constantFrom(null, 0, 1, 1.5),
    );
    fc.assert(
      fc.property(fc.array(one, { maxLength: 2 }), fc.array(one, { maxLength: 2 }), (a, b) => {
        const equal = canonically(a) === canonically(b);
        expect(encode(schema, a) === encode(schema, b)).toBe(equal);
        expect(encode(schema, JSON.parse(encode(schema, a)))).toBe(encode(schema, a));
      }),
      { numRuns: 1000 },
    );
  });
});

function canonically(value: unknown): string {
  return JSON.stringify(value, (_, v) =>
    v && typeof v === 'object' && !Array.isArray(v)
      ? Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1))
      : v,
  );
}

describe('refuses values without a canonical form', () => {
  class Point {
    a = 1;
  }
  const Object1 = z.strictObject({ a: z.int() });

  test.each<[name: string, schema: z.ZodType, value: unknown, says: RegExp]>([
    ['-0', z.number(), -0, /x is -0, expected 0/],
    ['-0 for a literal', z.literal(0), -0, /x is -0, expected one of 0/],
    ['NaN', z.number(), Number.NaN, /expected a finite number/],
    ['Infinity', z.number(), Number.POSITIVE_INFINITY, /expected a finite number/],
    ['undefined', z.int(), undefined, /x is undefined/],
    ['a bigint', z.int(), 1n, /x is bigint 1/],
    ['an undefined field', Object1, { a: undefined }, /x\.a is undefined/],
    ['a missing field', Object1, {}, /x lacks the field 'a'/],
    ['an inherited field', Object1, Object.create({ a: 1 }), /x is an instance of|lacks the field/],
    ['an unknown field', Object1, { a: 1, b: 2 }, /x has the unknown field 'b'; its fields are a/],
    ['an unknown field of a loose object', z.object({ a: z.int() }), { a: 1, b: 2 }, /unknown field 'b'/],
    ['an unknown undefined field', Object1, { a: 1, b: undefined }, /unknown field 'b'/],
    ['an instance of a class', Object1, new Point(), /x is an instance of Point, expected a plain object/],
    ['an array for an object', Object1, [1], /x is \[1\], expected a plain object/],
    [
      'a Map for a record',
      z.record(z.string(), z.int()),
      new Map([['a', 1]]),
      /x is an instance of Map, expected a plain object/,
    ],
    ['an array for a record', z.record(z.string(), z.int()), [1], /x is \[1\]/],
    ['a Set for a set', setOf(z.int()), new Set([1]), /x is an instance of Set, expected an array/],
    ['a hole in an array', z.array(z.int()), new Array(1), /x\[\] is undefined/],
    ['a tuple of another length', z.tuple([z.int()]), [1, 2], /expected a tuple of 1/],
    [
      'nothing of a union',
      z.union([z.int(), z.string()]),
      true,
      /x is true, expected a value of one of the options/,
    ],
    [
      'not the inner value of a nullable',
      z.strictObject({ a: z.int() }).nullable(),
      { a: 'b' },
      /x\.a is "b"/,
    ],
    ['a Date', z.string(), new Date(0), /x is an instance of Date/],
    ['a nested bigint where an object lacks a field', Object1, { b: 1n }, /lacks the field 'a'/],
  ])('%s', (_, schema, value, says) => {
    expect(() => encode(schema, value)).toThrow(ModelError);
    expect(() => encode(schema, value)).toThrow(says);
  });
});

describe('refuses schemas that could change a value', () => {
  test.each<[name: string, schema: z.ZodType]>([
    ['default', z.int().default(0)],
    ['prefault', z.int().prefault(0)],
    ['catch', z.int().catch(0)],
    ['optional', z.int().optional()],
    ['exactOptional', z.strictObject({ a: z.int().exactOptional() })],
    ['transform', z.int().transform((n) => n + 1)],
    ['pipe', z.int().pipe(z.int())],
    ['preprocess', z.preprocess((n) => n, z.int())],
    ['coerce', z.coerce.number()],
    ['coerced string', z.coerce.string()],
    ['trim', z.string().trim()],
    ['toLowerCase', z.string().toLowerCase()],
    ['overwrite', z.array(z.int()).overwrite((list) => list)],
    ['catchall', z.object({}).catchall(z.int())],
    ['a loose object', z.looseObject({})],
    ['a tuple with a rest', z.tuple([z.int()], z.int())],
    ['a record whose keys are rewritten', z.record(z.string().trim(), z.int())],
    ['any', z.any()],
    ['unknown', z.unknown()],
    ['undefined', z.undefined()],
    ['bigint', z.bigint()],
    ['a bigint literal', z.literal(1n)],
    ['an undefined literal', z.literal(undefined)],
    ['date', z.date()],
    ['map', z.map(z.string(), z.int())],
    ['set', z.set(z.int())],
    ['nan', z.nan()],
    ['lazy', z.lazy(() => z.int())],
    ['intersection', z.intersection(z.strictObject({}), z.strictObject({}))],
    ['deep inside', z.strictObject({ a: z.array(z.union([z.int(), z.tuple([z.string().trim()])])) })],
  ])('%s', (_, schema) => {
    expect(() => compileCodec(schema, 'server')).toThrow(ModelError);
    expect(() => compileCodec(schema, 'server')).toThrow(
      /^the schema at server.* uses .*, which may change a value or has no canonical/,
    );
  });

  test('it names the place', () => {
    expect(() => compileCodec(z.strictObject({ log: z.array(z.int().default(0)) }), 'server')).toThrow(
      'server.log[]',
    );
  });

  test('checks that only look are fine', () => {
    const schema = z.strictObject({
      a: z
        .int()
        .min(0)
        .max(3)
        .refine((n) => n !== 2),
      s: z.string().regex(/^a/).brand('s'),
    });
    expect(encode(schema, { a: 1, s: 'ab' })).toBe('{"a":1,"s":"ab"}');
  });
});
