import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  type AnyModel,
  choose,
  defineModel,
  family,
  operation,
  projection,
  properties,
  type Spec,
  single,
} from '../../../checker/language/index.ts';
import { runPurely } from '../../../checker/space/purity.ts';
import { type Any, add, faultOf, search, tiny, untyped } from '../tiny.ts';

// Each fault of a model is one sentence that says where it is.
type Next = (s: Any, i: Any, p: Any, rules: Any) => unknown;
const acting = (next: Next): AnyModel => untyped.action('go', { each: () => [0, 1], next });

describe('an action may depend on the state alone', () => {
  let ticks = 0;
  const tick = (): number => ticks++ % 3;
  const ticking = operation('ticking', () => tick());
  const flickering = projection('flickering', () => tick());

  test.each<[name: string, next: Next, says: RegExp, component?: string]>([
    ['Date.now', () => [Date.now()], /reads the clock \(Date\.now\)/],
    ['new Date', () => [new Date()], /reads the clock \(Date\)/],
    ['Date()', () => [Date()], /reads the clock \(Date\)/],
    ['Math.random', () => [Math.random()], /draws random numbers \(Math\.random\)/],
    ['performance.now', () => [performance.now()], /reads the clock \(performance\.now\)/],
    ['process.hrtime', () => [process.hrtime()], /reads the clock \(process\.hrtime\)/],
    ['process.hrtime.bigint', () => [process.hrtime.bigint()], /reads the clock \(process\.hrtime\)/],
    ['process.uptime', () => [process.uptime()], /reads the clock \(process\.uptime\)/],
    ['crypto.randomUUID', () => [crypto.randomUUID()], /draws random numbers \(crypto\)/],
    ['crypto.getRandomValues', () => [crypto.getRandomValues(new Int8Array(1))], /draws random/],
    ['a counter that decides what is written', (s) => [s.count.set(tick())], /is impure: run twice/],
    [
      'a counter that decides what is read',
      (s) => [s.count.set(s.server(tick() % 2).value.epoch)],
      /is impure: run twice/,
    ],
    ['a counter that decides whether', () => (tick() === 0 ? undefined : []), /is impure: run twice/],
    ['a counter in a label', (s) => choose([tick()], () => [s.count.set(1)]), /is impure: run twice/],
    [
      'a counter in an operation',
      (s) => [s.count.apply(ticking, null)],
      /the operation 'ticking' is impure/,
      'count',
    ],
    [
      'a counter in an operation on what was read',
      (s) => (s.count.value < 3 ? [s.count.apply(ticking, null)] : undefined),
      /the operation 'ticking' is impure/,
      'count',
    ],
    [
      'a counter in a projection',
      (s) => [s.count.set(s.count.read(flickering))],
      /the projection 'flickering' is impure/,
      'count',
    ],
    [
      'the dice in an operation',
      (s) => [
        s.history.apply(
          operation('dice', () => [Math.random()]),
          null,
        ),
      ],
      /draws random/,
      'history',
    ],
    [
      'a state other than its own in an operation',
      (s) => [
        s.history.apply(
          operation('peek', () => [s.count.value]),
          null,
        ),
      ],
      /reads count when it is not asked/,
      'history',
    ],
    [
      'a projection made anew each time',
      (s) => [s.count.set(s.count.read(projection('new', (n) => n)))],
      /is impure/,
    ],
  ])('%s', async (_, next, says, component) => {
    const fault = await faultOf(() => acting(next));
    expect(fault.reason).toMatch(says);
    expect(fault.place).toMatchObject({ model: 'tiny', ...(component ? { component } : {}) });
    expect(fault.place.action).toMatch(/^go\([01]\)$/);
  });

  test('a projection that fails only for a later value', async () => {
    for (const look of [
      () => {
        throw new Error('boom');
      },
      () => Math.random(),
      () => new Map(),
    ]) {
      const late = projection('late', (n: number) => (n === 2 ? look() : 0));
      const fault = await faultOf(() => acting((s) => [s.count.apply(add, 1 + s.count.read(late))]));
      expect(fault.reason).toMatch(
        /^the projection 'late' (throws Error: boom|draws random|gives an instance of Map)/,
      );
      expect(fault.place).toMatchObject({ model: 'tiny', component: 'count' });
    }
  });

  test('an impurity that starts after a while', async () => {
    let runs = 0;
    const late: Next = (s, i) => {
      const { epoch } = s.server(i).value;
      return [s.server(i).patch({ epoch: (epoch + (++runs > 200 ? runs : 1)) % 500 })];
    };
    expect((await faultOf(() => acting(late))).reason).toMatch(/is impure/);
  });
});

describe('an action changes nothing', () => {
  const constant = Object.freeze({ seen: [] as number[] });
  const pushing = operation('pushing', (n: number, to: Any) => to.seen.push(n) % 3);

  test.each<[name: string, next: Next, says: RegExp]>([
    ['a value', (s, i) => s.server(i).value.log.push(1), /mutates a value of the state/],
    [
      'a field',
      (s, i) => {
        s.server(i).value.epoch = 1;
      },
      /mutates a value of the state/,
    ],
    ['a field that it deletes', (s, i) => delete s.server(i).value.epoch, /mutates a value of the state/],
    [
      'the order of a list',
      (s, i) =>
        s.server(i).value.log.length === 0
          ? [s.server(i).patch({ log: [2, 1] })]
          : s.server(i).value.log.sort(),
      /mutates a value of the state/,
    ],
    ['what a projection shows', (s, i) => s.server(i).get('log').push(1), /mutates a value of the state/],
    [
      'in an operation',
      (s) => [
        s.history.apply(
          operation('push', (list: Any) => [list.push(1)]),
          null,
        ),
      ],
      /mutates a value of the state/,
    ],
    [
      'the argument of an operation',
      (s) => [s.count.apply(pushing, constant)],
      /mutates a value of the state/,
    ],
    [
      'the argument of an operation on what was read',
      (s) => (s.count.value < 9 ? [s.count.apply(pushing, constant)] : undefined),
      /is impure/,
    ],
    ['the parameters', (_s, _i, p) => p.steps.push(1), /mutates a value of the state/],
    [
      'the rules',
      (_s, _i, _p, rules) => {
        rules.twice = () => 3;
      },
      /mutates a value of the state/,
    ],
    [
      'the view',
      (s) => {
        s.count = 1;
      },
      /mutates a value of the state/,
    ],
  ])('%s', async (_, next, says) => {
    const fault = await faultOf(() =>
      acting((s, i, p, rules) => {
        const outcome = next(s, i, p, rules);
        return Array.isArray(outcome) ? outcome : [s.count.apply(add, 1)];
      }),
    );
    expect(fault.reason).toMatch(says);
    expect(fault.place).toMatchObject({ model: 'tiny', action: 'go(0)' });
  });

  test('a component is not its value', async () => {
    const forgetting: Next[] = [
      (s) => (s.count > 3 ? [] : []),
      (s) => [s.count.set(s.count + 1)],
      (s) => [s.count.set(`${s.count}`)],
      (s) => choose([s.count], () => []),
      (s) => [s.votes.set(JSON.parse(JSON.stringify(s.count)))],
    ];
    for (const next of forgetting) {
      const fault = await faultOf(() => acting(next));
      expect(fault.message).toBe(
        'model tiny, action go(0), component count: uses count as a value; write count.value',
      );
    }
  });

  test('an update of another run', async () => {
    let kept: Any;
    const keeping = acting((s) => {
      kept ??= s.count.set(1);
      return [kept];
    });
    await search(keeping);
    expect((await faultOf(() => keeping)).message).toMatch(
      /^model tiny, action go\(0\): returns an update that was made in another run/,
    );
  });

  test('its instance', async () => {
    const model = untyped.action('go', { each: () => [[0, 1]], next: (_: Any, pair: Any) => [pair.push(2)] });
    expect((await faultOf(() => model)).message).toMatch(/^model tiny, action go\(0, 1\): mutates/);
  });
});

describe('an action returns updates that fit', () => {
  class Epoch {
    epoch = 1;
    log = [];
  }
  const circle: Any = {};
  circle.circle = circle;

  test.each<[name: string, next: Next, says: RegExp, component?: string]>([
    ['false', () => false, /^returns false; expected undefined, a list of updates, or choose/],
    ['null', () => null, /^returns null; expected/],
    ['one update', (s) => s.count.set(1), /^returns an instance of Update; expected/],
    ['a value', () => [1], /^returns \[1\]; expected/],
    ['a component', (s) => [s.count], /^returns \[an instance of Handle\]; expected/],
    ['the state', (s) => s, /^returns \{count: an instance of Handle, server: a function.*; expected/],
    ['a circle', () => circle, /^returns \{circle: \.\.\.\}; expected/],
    ['a promise', async (s) => [s.count.set(1)], /^returns an instance of Promise; expected/],
    ['an alternative that is no list', () => choose([1], () => null as Any), /^returns null; expected/],
    [
      'two alternatives of one name',
      (s) => choose([1, 1], () => [s.count.set(1)]),
      /^choose has two outcomes with the label '1'/,
    ],
    [
      'an alternative without a name',
      (s) => choose([undefined], () => [s.count.set(1)]),
      /^choose has an outcome with the label undefined/,
    ],
    [
      'a value outside the schema',
      (s) => [s.count.set(4)],
      /^the value 4 is outside the schema: count: Too big/,
      'count',
    ],
    [
      'a value outside the schema, by an operation',
      (s) => [
        s.count.apply(
          operation('double', () => 8),
          null,
        ),
      ],
      /^the value 8 is outside the schema/,
      'count',
    ],
    [
      'a field outside the schema',
      (s) => [s.server(1).patch({ epoch: 1.5 })],
      /outside the schema: server\.epoch: Invalid input/,
      'server(1)',
    ],
    [
      'a field that it does not have',
      (s) => [s.server(1).patch({ term: 1 })],
      /unknown field 'term'; its fields are epoch, log/,
      'server(1)',
    ],
    [
      'undefined for a field',
      (s) => [s.server(1).patch({ epoch: undefined })],
      /server\.epoch is undefined/,
      'server(1)',
    ],
    ['a value without a field', (s) => [s.server(1).set({ epoch: 1 })], /lacks the field 'log'/, 'server(1)'],
    ['undefined', (s) => [s.count.set(undefined)], /count is undefined/, 'count'],
    ['NaN', (s) => [s.count.set(Number.NaN)], /gives NaN, which is not a plain value/, 'count'],
    ['-0', (s) => [s.count.set(-0)], /count is -0/, 'count'],
    ['a bigint', (s) => [s.server(1).patch({ epoch: 1n })], /gives bigint 1/, 'server(1)'],
    ['a Date', (s) => [s.count.set(new Date(0))], /gives an instance of Date/, 'count'],
    ['a Map', (s) => [s.votes.set(new Map([['a', 1]]))], /gives an instance of Map/, 'votes'],
    [
      'an instance of a class',
      (s) => [s.server(1).set(new Epoch())],
      /gives an instance of Epoch/,
      'server(1)',
    ],
    ['a circle as a value', (s) => [s.votes.set(circle)], /throws RangeError/, 'votes'],
    ['a Map as an argument', (s) => [s.count.apply(add, new Map())], /gives an instance of Map/, 'count'],
    [
      'a patch that is an instance of a class',
      (s) => [s.server(1).patch(new Epoch())],
      /gives an instance of Epoch/,
      'server(1)',
    ],
    ['a patch that is nothing', (s) => [s.server(1).patch(null)], /^patch is given null/, 'server(1)'],
    ['a patch that is a list', (s) => [s.server(1).patch([1])], /^patch is given \[1\]/, 'server(1)'],
    [
      'a patch of a number',
      (s) => [s.count.patch({ a: 1 })],
      /^patch needs a value with fields; use set/,
      'count',
    ],
    [
      'a message into a full channel',
      (s) => [s.mail.send(1), s.mail.send(2)],
      /^send into a full channel \(capacity 1\)/,
      'mail',
    ],
    [
      'a message into a channel that it saw full',
      (s) => (s.mail.length > 0 ? [s.mail.send(1)] : [s.mail.send(1)]),
      /^send into a full channel/,
      'mail',
    ],
    [
      'more messages than fit',
      (s) => [s.mail.set([1, 2])],
      /^the value \[1,2\] is outside the schema: mail: Too big/,
      'mail',
    ],
    ['a receipt from an empty channel', (s) => [s.mail.receive()], /^receive from an empty channel/, 'mail'],
    [
      'a receipt from a channel that it saw empty',
      (s) => (s.mail.value.length === 0 ? [s.mail.receive()] : []),
      /^receive from an empty channel/,
      'mail',
    ],
    ['a message of another type', (s) => [s.mail.put('hello')], /mail\[\] is "hello"/, 'mail'],
    [
      'an operation that throws',
      (s) => [
        s.count.apply(
          operation('throwing', () => {
            throw new RangeError('no');
          }),
          null,
        ),
      ],
      /^throws RangeError: no/,
      'count',
    ],
  ])('%s', async (_, next, says, component) => {
    const fault = await faultOf(() => acting(next));
    expect(fault.reason).toMatch(says);
    expect(fault.place).toEqual({ model: 'tiny', action: 'go(0)', ...(component ? { component } : {}) });
  });

  test.each<[name: string, next: Next, says: RegExp, component?: string]>([
    ['a ghost', (s) => [s.count.set(s.history.value.length)], /^reads a ghost component/, 'history'],
    [
      'a field of a ghost',
      (s) => [s.count.set(s.history.get('length'))],
      /^reads a ghost component/,
      'history',
    ],
    [
      'a projection of a ghost',
      (s) => [s.count.set(s.history.read(projection('size', (list: Any) => list.length)))],
      /^reads a ghost component/,
      'history',
    ],
    [
      'a key that is none',
      (s) => [s.count.set(s.server(7).value.epoch)],
      /^server\(7\) does not exist; its keys are 0, 1/,
      'server',
    ],
    [
      'a key of another type',
      (s) => [s.count.set(s.server('0').value.epoch)],
      /^server\("0"\) does not exist/,
      'server',
    ],
    ['no key', (s) => [s.count.set(s.server().value.epoch)], /^server\(""\) does not exist/, 'server'],
    ['a component that is none', (s) => [s.nothing.set(1)], /^throws TypeError: .*undefined/],
    [
      'what throws',
      () => {
        throw new RangeError('no');
      },
      /^throws RangeError: no/,
    ],
    [
      'what throws a text',
      () => {
        throw 'no';
      },
      /^throws no/,
    ],
  ])('it reads %s', async (_, next, says, component) => {
    const fault = await faultOf(() => acting(next));
    expect(fault.reason).toMatch(says);
    expect(fault.place).toEqual({ model: 'tiny', action: 'go(0)', ...(component ? { component } : {}) });
  });
});

describe('properties and declarations', () => {
  const counting = tiny.action('up', { next: (s) => [s.count.apply(add, 1)] });
  const always = (property: Any): Spec => properties(counting).always('p', property);
  const bare = (components: Any, init: Any = () => ({ x: 0 })): AnyModel =>
    (defineModel('bare', { about: '', params: z.strictObject({}) }) as Any)
      .components(components)
      .init(init)
      .action('go', { next: () => [] });

  test.each<[name: string, make: () => Spec | AnyModel, says: RegExp]>([
    [
      'a property that writes',
      () => always({ holds: (s: Any) => s.count.set(1) }),
      /^model tiny, property p, component count: a property or constraint writes/,
    ],
    [
      'a constraint that writes',
      () => counting.within((s: Any) => s.count.set(1)),
      /^model tiny, property within, component count: a property or constraint writes/,
    ],
    [
      'a property that says nothing',
      () => always({ holds: () => undefined }),
      /^model tiny, property p: answers undefined; expected true, false or a sentence/,
    ],
    ['a property that says a number', () => always({ holds: () => 1 }), /^model tiny, property p: answers 1/],
    [
      'a premise that says nothing',
      () => always({ premise: () => undefined, holds: () => true }),
      /^model tiny, property p: its premise answers undefined/,
    ],
    [
      'a step property that says nothing',
      () => properties(counting).step('p', { holds: () => undefined as Any }),
      /^model tiny, property p: answers undefined/,
    ],
    [
      'a premise of a step that says nothing',
      () => properties(counting).step('p', { premise: () => 1 as Any, holds: () => true }),
      /^model tiny, property p: its premise answers 1/,
    ],
    [
      'a witness that says a sentence',
      () => properties(counting).reachable('p', { when: () => 'yes' as Any }),
      /^model tiny, property p: answers "yes"; expected true or false/,
    ],
    [
      'a constraint that says nothing',
      () => counting.within(() => undefined as Any),
      /^model tiny, property within: answers undefined; expected true or false/,
    ],
    [
      'an end that says nothing',
      () => tiny.action('no', { next: () => undefined }).deadlock(() => undefined as Any),
      /^model tiny, property deadlock: answers undefined; expected true or false/,
    ],
    [
      'a property that throws',
      () =>
        always({
          each: () => [[0, 1]],
          holds: () => {
            throw new Error('no');
          },
        }),
      /^model tiny, property p\(0, 1\): throws Error: no/,
    ],
    [
      'a property that mutates',
      () => always({ holds: (s: Any) => s.server(0).value.log.push(1) > 0 }),
      /^model tiny, property p: mutates/,
    ],
    [
      'a property that draws',
      () => always({ holds: () => Math.random() > 2 }),
      /^model tiny, property p: draws random numbers/,
    ],
    [
      'a property that counts',
      () => {
        let n = 0;
        return always({ holds: () => `${n++}` });
      },
      /^model tiny, property p: is impure: run twice on the same state it answered differently/,
    ],
    [
      'a property whose projection fails later',
      () => {
        const late = projection('late', (n: number) => {
          if (n === 2) throw new Error('no');
          return n;
        });
        return always({ holds: (s: Any) => s.count.read(late) < 9 });
      },
      /^model tiny, .*component count: the projection 'late' throws Error: no/,
    ],
    [
      'a property of no instance',
      () => always({ each: () => [], holds: () => true }),
      /^model tiny, property p: `each` lists no instance/,
    ],
    [
      'a property of one instance twice',
      () => always({ each: () => [1, 1], holds: () => true }),
      /^model tiny, property p: `each` lists the instance \(1\) twice/,
    ],
    [
      'a property whose `each` throws',
      () =>
        always({
          each: () => {
            throw new Error('no');
          },
          holds: () => true,
        }),
      /^model tiny, property p: throws Error: no/,
    ],
    [
      'a step property on an action that is none',
      () => properties(counting).step('p', { on: ['upp'], holds: () => true }),
      /^model tiny, property p: looks at the action 'upp', which the model does not have. Did you mean 'up'\?/,
    ],
    [
      'an action of one instance twice',
      () =>
        tiny.action('go', {
          each: () => [
            [0, 1],
            [0, 1],
          ],
          next: () => [],
        }),
      /^model tiny, action go: `each` lists the instance \(0, 1\) twice/,
    ],
    [
      'an action whose `each` throws',
      () =>
        tiny.action('go', {
          each: () => {
            throw new Error('no');
          },
          next: () => [],
        }),
      /^model tiny, action go: throws Error: no/,
    ],
    [
      'an action whose `each` is no list',
      () => untyped.action('go', { each: () => 3, next: () => [] }),
      /^model tiny, action go: `each` answers 3; expected a list/,
    ],
    [
      'an action of instances that are no keys',
      () => untyped.action('go', { each: () => [{ from: 0 }], next: () => [] }),
      /^model tiny, action go: `each` lists \{"from":0\}; expected keys, or lists of keys/,
    ],
    ['no components', () => bare(() => ({})), /^model bare: has no components/],
    [
      'a component that is a schema',
      () => bare(() => ({ x: z.int() })),
      /^model bare, component x: is an instance of ZodNumberFormat; declare it with single/,
    ],
    [
      'a component that is nothing',
      () => bare(() => ({ x: undefined })),
      /^model bare, component x: is undefined; declare it/,
    ],
    [
      'keys that are no list',
      () => bare(() => ({ x: family(3 as Any, z.int()) })),
      /^model bare, component x: has \[3\] for keys/,
    ],
    [
      'a key twice',
      () => bare(() => ({ x: family([1, '1'], z.int()) })),
      /^model bare, component x: lists the key 1 twice/,
    ],
    [
      'a schema that changes values',
      () => bare(() => ({ x: single(z.int().default(0)) })),
      /^model bare: the schema at x uses z\.default/,
    ],
    [
      'no initial value',
      () =>
        bare(
          () => ({ x: single(z.int()) }),
          () => ({}),
        ),
      /^model bare, action init, component x: has no initial value/,
    ],
    [
      'an initial value outside the schema',
      () =>
        bare(
          () => ({ x: single(z.int()) }),
          () => ({ x: 'a' }),
        ),
      /^model bare, action init, component x: x is "a"/,
    ],
    [
      'an initial value of nothing',
      () =>
        bare(
          () => ({ x: single(z.int()) }),
          () => ({ x: 0, y: 0 }),
        ),
      /^model bare, action init: init sets 'y', which is not a component/,
    ],
    [
      'no initial state',
      () =>
        bare(
          () => ({ x: single(z.int()) }),
          () => [],
        ),
      /^model bare, action init: has an empty list of initial states/,
    ],
    [
      'an initial state that is none',
      () =>
        bare(
          () => ({ x: single(z.int()) }),
          () => undefined,
        ),
      /^model bare, action init: init answers undefined/,
    ],
    [
      'an initial state by chance',
      () =>
        bare(
          () => ({ x: single(z.number()) }),
          () => ({ x: Math.random() }),
        ),
      /^model bare, action init: draws random numbers/,
    ],
    [
      'components that throw',
      () =>
        bare(() => {
          throw new Error('no');
        }),
      /^model bare: throws Error: no/,
    ],
  ])('%s', async (_, make, says) => {
    expect((await faultOf(make)).message).toMatch(says);
  });

  test('reading a kept view is a fault, not a stale answer', async () => {
    let kept: Any;
    const model = tiny.action('up', {
      next: (s) => {
        kept = s;
        return [s.count.apply(add, 1)];
      },
    });
    const spec = properties(model).always('p', { holds: (s) => s.count.value === 0 || kept.count.value < 9 });
    expect((await faultOf(() => spec)).message).toMatch(
      /^model tiny, property p: reads count when it is not asked/,
    );
  });
});

describe('the clock and the dice stay what they are for everybody else', () => {
  test('after model code ran, also after it failed', () => {
    expect(() => runPurely(() => runPurely(() => 1) && Date.now())).toThrow(/reads the clock/);
    expect(Date.now()).toBeGreaterThan(0);
    expect(new Date()).toBeInstanceOf(Date);
    expect(Math.random()).toBeLessThan(1);
    expect(typeof process.hrtime.bigint()).toBe('bigint');
  });

  test('a date that is given is plain arithmetic', () => {
    expect(runPurely(() => new Date(0).getTime())).toBe(0);
  });
});
