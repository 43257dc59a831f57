import { z } from 'zod';
import {
  type Operation,
  operation,
  type Projection,
  projection,
  setOf,
} from '../../checker/language/index.ts';

// biome-ignore lint/suspicious/noExplicitAny: the values of random models have no type before they are made
export type Any = any;

/** One kind of component value: how to make one of a small number, to look at one, and to change one. */
export interface Kind {
  readonly schema: z.ZodType;
  make(n: number): unknown;
  /** Ways to make a number of the whole value. */
  readonly looks: readonly ((value: Any) => number)[];
  readonly fields: readonly string[];
  readonly projections: readonly Shown[];
  /** Ways to make the fields of a patch. */
  readonly patches: readonly ((n: number) => object)[];
  readonly operations: readonly Applied[];
}

export interface Shown {
  readonly projection: Projection<Any, unknown>;
  number(shown: Any): number;
}

export interface Applied {
  readonly operation: Operation<Any, Any>;
  argument(n: number): unknown;
}

function shows(name: string, of: (value: Any) => unknown, number: (shown: Any) => number = Number): Shown {
  return { projection: projection(name, of), number };
}

function does(
  name: string,
  apply: (value: Any, argument: Any) => unknown,
  argument: (n: number) => unknown = (n) => n,
): Applied {
  return { operation: operation(name, apply), argument };
}

const none = { fields: [], projections: [], patches: [], operations: [] };
const small = 3;
const digit = z
  .int()
  .min(0)
  .max(small - 1);

const count: Kind = {
  ...none,
  schema: digit,
  make: (n) => n % small,
  looks: [(v) => v],
  projections: [
    shows('odd', (v) => v % 2 === 1),
    shows(
      'halves',
      (v) => (v < 2 ? { rest: v % 2, half: 0 } : { half: 1, rest: 0 }),
      (shown) => shown.half,
    ),
  ],
  operations: [
    does('add', (v, by) => (v + by) % small),
    does(
      'addTimes',
      (v, { by, times }) => (v + by * times) % small,
      (n) => ({ by: n % 2, times: 2 }),
    ),
    does('add', (v) => (v * 2) % small), // another operation of the same name
  ],
};

const pair: Kind = {
  ...none,
  schema: z.strictObject({ b: digit, a: digit.readonly() }),
  make: (n) => (n % 2 ? { b: 1, a: n % small } : { a: n % small, b: 0 }),
  looks: [(v) => v.a, (v) => v.a + v.b],
  fields: ['a', 'b'],
  projections: [
    shows(
      'swapped',
      (v) => [v.b, v.a],
      (shown) => shown[0],
    ),
  ],
  patches: [(n) => ({ a: n % small }), (n) => ({ b: n % small, a: 0 }), () => ({})],
  operations: [
    does(
      'bump',
      (v, { field }) => ({ ...v, [field]: (v[field] + 1) % small }),
      (n) => ({
        field: n % 2 ? 'a' : 'b',
      }),
    ),
  ],
};

const maybe: Kind = {
  ...none,
  schema: digit.nullable(),
  make: (n) => (n % 2 ? null : n % small),
  looks: [(v) => v ?? 7],
  projections: [
    shows('there', (v) => v !== null),
    shows(
      'orUndefined',
      (v) => v ?? undefined,
      (v) => v ?? 7,
    ),
  ],
  operations: [
    does(
      'forget',
      () => null,
      () => undefined,
    ),
    does('atLeast', (v, n) => Math.max(v ?? 0, n % small)),
  ],
};

/** Members of a set are written in any order, some twice. */
const bag: Kind = {
  ...none,
  schema: setOf(z.union([z.int(), z.string()])),
  make: (n) => [10, 9, 'x', 10].slice(n % 4, 4),
  looks: [(v) => v.length, (v) => v.indexOf(10)],
  projections: [
    shows(
      'first',
      (v) => v[0],
      (v) => (v === 9 ? 1 : 0),
    ),
  ],
  operations: [
    does(
      'insert',
      (v, e) => [e, ...v, e],
      (n) => [10, 9, 'x'][n % 3],
    ),
    does(
      'remove',
      (v, e) => v.filter((x: unknown) => x !== e),
      (n) => [10, 9, 'x'][n % 3],
    ),
  ],
};

const log: Kind = {
  ...none,
  schema: z.array(z.strictObject({ term: digit })),
  make: (n) => (n % 2 ? [] : [{ term: n % small }]),
  looks: [(v) => v.length, (v) => v.at(-1)?.term ?? 5],
  projections: [
    shows(
      'last',
      (v) => v.at(-1) ?? null,
      (v) => v?.term ?? 5,
    ),
    shows('size', (v) => v.length),
  ],
  operations: [
    does(
      'append',
      (v, e) => [...v, e].slice(-2),
      (n) => ({ term: n % small }),
    ),
  ],
};

const tagged: Kind = {
  ...none,
  schema: z.discriminatedUnion('is', [
    z.strictObject({ is: z.literal('idle') }),
    z.strictObject({ is: z.literal('busy'), with: digit }),
    z.strictObject({
      is: z.enum(['done', 'gone']),
      with: digit.nullable(),
      at: z.tuple([z.boolean(), z.null()]),
    }),
  ]),
  make: (n) =>
    [
      { is: 'idle' },
      { with: n % small, is: 'busy' },
      { with: null, at: [n > 4, null], is: 'done' },
      { is: 'gone', with: 1, at: [false, null] },
    ][n % 4],
  looks: [(v) => v.is.length, (v) => v.with ?? 4],
  projections: [
    shows(
      'is',
      (v) => v.is,
      (v) => v.length,
    ),
  ],
  operations: [
    does(
      'finish',
      (v) => ({ at: [true, null], with: v.with ?? null, is: 'done' }),
      () => null,
    ),
  ],
};

/** Keys that look like array indices come first in an object, whatever the order in which they are written. */
const table: Kind = {
  ...none,
  schema: z.record(z.string(), digit),
  make: (n) => (n % 2 ? { b: 1, 10: n % small, 9: 0 } : {}),
  looks: [(v) => Object.keys(v).length, (v) => v[10] ?? 4],
  fields: ['9', 'b'],
  projections: [
    shows(
      'keys',
      (v) => Object.keys(v).sort(),
      (v) => v.length,
    ),
  ],
  patches: [(n) => ({ [['b', '10', '9'][n % 3] as string]: n % small })],
  operations: [
    does(
      'drop',
      (v, key) => Object.fromEntries(Object.entries(v).filter(([k]) => k !== key)),
      (n) => ['b', '10'][n % 2],
    ),
  ],
};

const texts = ['', '"\\', '\u2028💥', '{"a":1}', '\ud800'];
const text: Kind = {
  ...none,
  schema: z.string(),
  make: (n) => texts[n % texts.length],
  looks: [(v) => v.length],
  projections: [shows('empty', (v) => v === '')],
  operations: [does('next', (v, by) => texts[(texts.indexOf(v) + by) % texts.length])],
};

/** A set inside a value. */
const ballot: Kind = {
  ...none,
  schema: z.strictObject({ round: digit, voters: setOf(z.int()).max(3).nullable() }),
  make: (n) => ({ round: 0, voters: n % 4 === 3 ? null : [2, 10, 2].slice(n % 3) }),
  looks: [(v) => v.round, (v) => v.voters?.at(-1) ?? 3],
  fields: ['round'],
  projections: [
    shows(
      'voters',
      (v) => v.voters ?? [],
      (shown) => shown.length,
    ),
  ],
  patches: [(n) => ({ voters: [10, n % small] })],
  operations: [
    does(
      'vote',
      (v, who) => ({ ...v, voters: [10, who, 2, who].slice(v.round) }),
      (n) => n % small,
    ),
  ],
};

export const kinds: readonly Kind[] = [count, pair, maybe, bag, log, tagged, table, text, ballot];

/** What is specific to channels. `send` and `receive` are errors of a model unless they are guarded. */
export const channelOperations = {
  turn: operation('turn', (messages: readonly unknown[]) => [...messages.slice(1), ...messages.slice(0, 1)]),
};
