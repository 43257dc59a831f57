import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { configure } from '../../../checker/language/configure.ts';
import {
  type AnyModel,
  choose,
  defineModel,
  family,
  operation,
  projection,
  range,
  single,
  specOf,
} from '../../../checker/language/index.ts';
import { Space } from '../../../checker/space/space.ts';
import { Successors } from '../../../checker/space/successors.ts';
import { add, spaceOf, tiny } from '../tiny.ts';

/** The steps out of a state, as `action(instance) label` with the values of the components that change. */
function stepsOf(space: Space, vector: Int32Array): [string, Record<string, unknown>][] {
  const successors = new Successors();
  space.transitions.expand(vector, successors);
  return Array.from({ length: successors.count }, (_, i) => {
    const after = Int32Array.from(vector);
    successors.applyTo(after, i);
    const label = space.transitions.outcomes.labels[successors.label.at(i)] ?? '';
    const name = space.transitions.instances[successors.instance.at(i)]?.name;
    const [was, is] = [space.valuesOf(vector), space.valuesOf(after)];
    const changed = Object.entries(is).filter(([key]) => is[key] !== was[key]);
    expect(successors.start(i) + changed.length).toBeLessThanOrEqual(successors.end.at(i));
    return [label === '' ? `${name}` : `${name} ${label}`, Object.fromEntries(changed)];
  });
}

const initialOf = (space: Space): Int32Array => space.initial[0] as Int32Array;
const firstStep = (model: AnyModel): [string, Record<string, unknown>] | undefined => {
  const space = spaceOf(model);
  return stepsOf(space, initialOf(space))[0];
};

describe('an outcome', () => {
  const double = operation('double', (n: number) => n * 2);
  const append = operation('append', (list: readonly number[], entry: number) => [...list, entry]);
  type Next = Parameters<typeof tiny.action<number>>[1]['next'];
  const doing = (next: Next): AnyModel => tiny.action<number>('go', { each: () => [0], next });

  // Each twice: for a component that the action has read, and for one that it has not.
  const cases: [name: string, next: Next, changes: Record<string, unknown>][] = [
    ['nothing', () => [], {}],
    [
      'operations in order',
      (s) => [s.count.set(1), s.count.apply(double, null), s.count.apply(add, 1)],
      { count: 3 },
    ],
    [
      'operations in another order',
      (s) => [s.count.apply(add, 1), s.count.apply(double, null)],
      { count: 2 },
    ],
    [
      'calls, a constant, and a call',
      (s) => [s.count.apply(add, 3), s.count.set(1), s.count.apply(add, 1)],
      { count: 2 },
    ],
    ['a value and back', (s) => [s.count.apply(add, 1), s.count.set(0)], {}],
    [
      'a value and back, by calls',
      (s) => [
        s.count.apply(add, 1),
        s.count.apply(
          operation('zero', () => 0),
          null,
        ),
      ],
      {},
    ],
    [
      'a call that changes nothing, then one that does',
      (s) => [s.count.apply(add, 0), s.count.apply(add, 2)],
      { count: 2 },
    ],
    [
      'patches',
      (s) => [s.server(1).patch({ epoch: 1 }), s.server(1).patch({ log: [1] })],
      { 'server(1)': { epoch: 1, log: [1] } },
    ],
    ['a patch of nothing', (s) => [s.server(1).patch({})], {}],
    [
      'two members of a family',
      (s) => [s.server(1).patch({ epoch: 1 }), s.server(0).patch({ epoch: 2 })],
      { 'server(0)': { epoch: 2, log: [] }, 'server(1)': { epoch: 1, log: [] } },
    ],
    [
      'several components, mixed',
      (s) => [
        s.count.apply(add, 1),
        s.history.apply(append, 7),
        s.count.apply(add, 1),
        s.history.apply(append, 8),
      ],
      { count: 2, history: [7, 8] },
    ],
    ['room made in a full channel', (s) => [s.mail.send(1), s.mail.receive(), s.mail.send(2)], { mail: [2] }],
    ['the newest message', (s) => [s.mail.put(1), s.mail.put(2)], { mail: [2] }],
    ['a channel cleared', (s) => [s.mail.send(1), s.mail.clear()], {}],
    ['a channel set', (s) => [s.mail.set([4])], { mail: [4] }],
  ];
  test.each(cases)('%s', (_, next, changes) => {
    expect(firstStep(doing(next))).toEqual(['go(0)', changes]);
    const reading: Next = (s, i, p, rules) => {
      const unread = s.count.value + s.server(0).value.epoch + s.server(1).value.epoch + s.mail.value.length;
      return unread < 0 ? undefined : next(s, i, p, rules);
    };
    expect(firstStep(doing(reading))).toEqual(['go(0)', changes]);
  });

  test('lists no component that keeps its value', () => {
    const space = spaceOf(
      doing((s) => [s.count.set(0), s.server(0).patch({ epoch: 0 }), s.mail.set([]), s.history.set([1])]),
    );
    const successors = new Successors();
    space.transitions.expand(initialOf(space), successors);
    expect([successors.count, successors.end.at(0)]).toEqual([1, 1]);
  });

  test('what was read is the value before the step', () => {
    const model = doing((s) => {
      const updates = [s.count.set(2)];
      return [...updates, s.server(0).patch({ epoch: s.count.value })];
    });
    expect(firstStep(model)).toEqual(['go(0)', { count: 2 }]);
  });

  test('may be one of several, in order', () => {
    const space = spaceOf(
      tiny
        .action('by name', { next: (s) => choose({ up: [s.count.set(1)], not: undefined, stay: [] }) })
        .action('by item', { each: () => [[0, 1]], next: (s) => choose([2, 3], (n) => [s.count.set(n)]) })
        .action('labelled', {
          next: (s) =>
            choose(
              [3],
              (n) => [s.count.set(n)],
              (n) => `to ${n}`,
            ),
        })
        .action('none', { next: () => choose({}) })
        .action('none possible', { next: () => choose([1], () => undefined) }),
    );
    expect(stepsOf(space, initialOf(space))).toEqual([
      ['by name up', { count: 1 }],
      ['by name stay', {}],
      ['by item(0, 1) 2', { count: 2 }],
      ['by item(0, 1) 3', { count: 3 }],
      ['labelled to 3', { count: 3 }],
    ]);
  });
});

describe('the code runs once for each combination of what it reads', () => {
  const wide = defineModel('wide', { about: '', params: z.strictObject({}) })
    .components(() => ({
      a: single(z.int()),
      b: single(z.strictObject({ x: z.int(), y: z.int() })),
      c: family(range(3), z.array(z.int())),
    }))
    .init(() => ({ a: 0, b: { x: 0, y: 0 }, c: [] }));
  type Next = Parameters<typeof wide.action>[1]['next'];

  /** How often the code runs for these values of the components; each of them is looked at twice. */
  function runs(
    next: Next,
    values: readonly { a?: number; b?: { x: number; y: number }; c?: number[] }[],
  ): number {
    let count = 0;
    const model = wide
      .init(() => values.map(({ a = 0, b = { x: 0, y: 0 }, c = [] }) => ({ a, b, c: () => c })))
      .action('go', {
        next: (...given) => {
          count++;
          return next(...given);
        },
      });
    const space = spaceOf(model);
    for (const vector of [...space.initial, ...space.initial]) stepsOf(space, vector);
    expect(space.transitions.evaluations).toBe(count);
    return count / 2; // in a sample, and these first runs are one, the code runs twice
  }

  const as = (...list: number[]): { a: number }[] => list.map((a) => ({ a }));
  const cs = (...list: number[][]): { c: number[] }[] => list.map((c) => ({ c }));
  const last = projection('last', (log: readonly number[]) => log.at(-1));
  const insert = operation('insert', (log: readonly number[], n: number) => [...log, n]);

  test.each<[name: string, next: Next, values: Parameters<typeof runs>[1], times: number]>([
    ['of nothing', (s) => [s.a.set(1)], as(1, 2, 3), 1],
    ['of a component', (s) => [s.a.set(s.a.value)], as(1, 2, 3), 3],
    ['of another component', (s) => [s.a.set(s.b.value.x)], as(1, 2, 3), 1],
    ['of a component that it writes by an operation', (s) => [s.c(0).apply(insert, 1)], cs([1], [2], [3]), 1],
    [
      'of the component that another one points to',
      (s) => [s.a.set(s.c(s.a.value % 2).value.length)],
      [
        { a: 0, c: [1] },
        { a: 0, c: [2] },
        { a: 1, c: [2] },
      ],
      3,
    ],
    [
      'of a field',
      (s) => [s.a.set(s.b.get('x'))],
      [{ b: { x: 1, y: 1 } }, { b: { x: 1, y: 2 } }, { b: { x: 2, y: 2 } }],
      2,
    ],
    ['of a projection', (s) => [s.a.set(s.c(0).read(last) ?? 0)], cs([1], [2, 1], [1, 2], []), 3],
    [
      'of a projection, then of the whole',
      (s) => (s.c(0).read(last) === 1 ? [s.a.set(s.c(0).value.length)] : undefined),
      cs([1], [2, 1], [1, 2], [3, 2]),
      3,
    ],
    [
      'of the whole, then of a projection of it',
      (s) => [s.a.set(s.c(0).value.length + (s.c(0).read(last) ?? 0))],
      cs([1], [2, 1], [1, 2]),
      3,
    ],
    [
      'of one component, before another is needed',
      (s) => (s.a.value > 1 ? undefined : [s.a.set(s.b.value.x)]),
      [{ a: 2 }, { a: 2, b: { x: 1, y: 1 } }, { a: 1 }, { a: 1, b: { x: 1, y: 1 } }],
      3,
    ],
  ])('%s', (_, next, values, times) => {
    expect(runs(next, values)).toBe(times);
  });

  test('later it runs twice now and then only', () => {
    let count = 0;
    const model = wide
      .init(() => range(1000).map((a) => ({ a, b: { x: 0, y: 0 }, c: [] })))
      .action('go', {
        next: (s) => {
          count++;
          return [s.a.set(s.a.value + 1)];
        },
      });
    const space = spaceOf(model);
    for (const vector of space.initial) stepsOf(space, vector);
    expect(count).toBeGreaterThan(1000 + 64);
    expect(count).toBeLessThan(1000 + 64 + 20);
  });

  test('when the memo has no room, code that always reads something new runs directly, with the same steps', () => {
    const model = wide
      .init(() => range(300).map((a) => ({ a, b: { x: 0, y: 0 }, c: [] })))
      .action('new', {
        next: (s) => choose([1, 2], (n) => [s.a.set(s.a.value + n), s.c(0).apply(insert, n)]),
      })
      .action('old', { next: (s) => [s.a.set(s.b.value.x)] });
    const roomy = spaceOf(model);
    const tight = new Space(configure(specOf(model)), { memoFloor: 0 });
    for (const space of [roomy, tight]) {
      const vectors = [...space.initial, ...space.initial];
      for (const [n, vector] of vectors.entries()) {
        expect(stepsOf(space, vector)).toEqual([
          ['new 1', { a: (n % 300) + 1, 'c(0)': [1] }],
          ['new 2', { a: (n % 300) + 2, 'c(0)': [2] }],
          ['old', n % 300 === 0 ? {} : { a: 0 }],
        ]);
      }
    }
    expect(roomy.transitions.evaluations).toBeLessThan(400);
    expect(tight.transitions.evaluations).toBeGreaterThan(1000);
    expect(tight.memoBytes).toBeLessThan(roomy.memoBytes);
  });
});

test('forgetting gives room back', () => {
  const model = tiny.action('copy', {
    next: (s) => [s.count.set(s.server(0).value.epoch % 2), s.server(1).set(s.server(0).value)],
  });
  const space = new Space(configure(specOf(model)), { memoFloor: 30_000 });
  const { transitions, layout } = space;
  const server = layout.slotOf('server', 0);
  let largest = 0;
  for (let epoch = 0; epoch < 5000; epoch++) {
    const vector = Int32Array.from(initialOf(space));
    vector[server] = layout.slots[server]?.domain.intern({ epoch, log: [] }) ?? 0;
    // Most lookups hit, so that the memo is kept in use.
    for (let again = 0; again < 4; again++) {
      expect(stepsOf(space, vector)[0]?.[1]['server(1)']).toEqual(
        epoch === 0 ? undefined : { epoch, log: [] },
      );
    }
    largest = Math.max(largest, transitions.outcomes.bytes);
  }
  expect(transitions.evaluations).toBeLessThan(6000);
  expect(largest).toBeLessThan(30_000);
});

test('an evaluation can be explained', () => {
  const odd = projection('odd', (n: number) => n % 2 === 1);
  const space = spaceOf(
    tiny.action('go', {
      each: () => [1],
      next: (s, i) =>
        s.count.read(odd) || s.server(i).get('epoch') > 0 || s.mail.head ? undefined : [s.count.set(1)],
    }),
  );
  const { alternatives, reads } = space.transitions.explain(0, initialOf(space));
  expect(alternatives.map(({ label, updates }) => [label, updates.length])).toEqual([['', 1]]);
  expect(reads).toEqual([
    { name: 'count.odd', value: false },
    { name: 'server(1).epoch', value: 0 },
    { name: 'mail.head', value: undefined },
  ]);
});
