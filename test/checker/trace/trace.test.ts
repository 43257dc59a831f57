import { expect, test } from 'vitest';
import { z } from 'zod';
import {
  channels,
  defineModel,
  family,
  links,
  properties,
  queue,
  queues,
  single,
  table,
} from '../../../checker/language/index.ts';
import { Trace } from '../../../checker/trace/format.ts';
import { renderTrace } from '../../../checker/trace/text.ts';
import dieHardSpec from '../../../invariants/examples/die-hard.ts';
import { findTrace } from './find.ts';
import { ballotSpec, boxesSpec } from './models.ts';

test('a trace tells the whole run: parameters, the first state, what each step changes', async () => {
  const trace = await findTrace(ballotSpec, 'oneLeader', { set: { crashes: 1 } });
  expect(Trace.parse(trace)).toEqual(trace);
  expect(JSON.parse(JSON.stringify(trace))).toEqual(trace);
  expect(trace).toMatchObject({
    model: 'test/ballot',
    params: { servers: 3, crashes: 1 },
    changes: [],
    property: 'oneLeader',
    kind: 'always',
    verdict: 'violated',
    instance: '(0, 1)',
    sentence: 'servers 0 and 1 both lead',
    lanes: ['server 0', 'server 1', 'server 2'],
  });
  expect(trace.initial).toMatchObject({ crashBudget: 1, 'net(0, 1)': [] });
  expect(trace.steps).toHaveLength(7);
  expect(trace.steps[0]).toEqual({
    action: 'campaign',
    instance: 0,
    label: '',
    says: 'server 0 votes for itself and asks the others',
    lane: 'server 0',
    changes: [
      {
        component: 'server(0)',
        before: { state: 'LOOKING', vote: null, supporters: [] },
        after: { state: 'LOOKING', vote: 0, supporters: [0] },
      },
      { component: 'net(0, 1)', before: [], after: [{ type: 'request', round: 1, candidate: 0 }] },
      { component: 'net(0, 2)', before: [], after: [{ type: 'request', round: 1, candidate: 0 }] },
    ],
    messages: [
      {
        kind: 'send',
        channel: 'net(0, 1)',
        from: 'server 0',
        to: 'server 1',
        message: { type: 'request', round: 1, candidate: 0 },
        says: null,
      },
      {
        kind: 'send',
        channel: 'net(0, 2)',
        from: 'server 0',
        to: 'server 2',
        message: { type: 'request', round: 1, candidate: 0 },
        says: null,
      },
    ],
  });
});

test('the parts that JSON does not show are listed: sets, absent values', async () => {
  const trace = await findTrace(ballotSpec, 'votesStay');
  const places = Object.fromEntries(trace.components.map(({ name, places }) => [name, places]));
  expect(places).toEqual({
    server: [
      { path: ['vote'], is: 'option' },
      { path: ['supporters'], is: 'set' },
    ],
    net: [],
    crashBudget: [],
    leaders: [{ path: [], is: 'set' }],
  });
});

test('a step without a sentence is told by its name and outcome; an inbox learns its sender from the step', async () => {
  const { steps, lanes } = await findTrace(boxesSpec, 'quiet');
  expect(lanes).toEqual(['client ann', 'client bob']);
  expect(steps[0]).toMatchObject({ says: 'post(ann, bob): delivered', lane: 'client ann' });
  expect(steps[0]?.messages).toMatchObject([{ kind: 'put', from: 'client ann', to: 'client bob' }]);
  expect(steps[1]).toMatchObject({ says: 'bob takes FROM ANN; "<HI>"', lane: 'client bob' });
  expect(steps[1]?.messages).toMatchObject([{ kind: 'receive', from: null, to: 'client bob' }]);
});

test('a channel may have its own words for a message', async () => {
  const keys = ['a', 'b'];
  const model = defineModel('test/words', { about: 'words', params: z.strictObject({}) })
    .components(() => ({
      net: channels(keys, z.strictObject({ n: z.int() }), { says: ({ n }) => `number ${n}` }),
    }))
    .init(() => ({}))
    .action('go', {
      next: (s) => (s.net('a', 'b').length > 0 ? undefined : [s.net('a', 'b').send({ n: 7 })]),
    });
  const trace = await findTrace(model, 'deadlock');
  expect(trace.steps[0]?.messages).toMatchObject([{ says: 'number 7', message: { n: 7 } }]);
  expect(renderTrace(trace)).toContain('─ number 7 ─');
});

test('a witness is a trace too; one that nothing reaches has no run', async () => {
  expect(await findTrace(dieHardSpec, 'fourLitres')).toMatchObject({
    kind: 'reachable',
    verdict: 'reached',
    lanes: [],
    steps: { length: 6 },
  });
  expect(await findTrace(ballotSpec, 'never')).toMatchObject({
    kind: 'reachable',
    verdict: 'violated',
    sentence: 'no reachable state is one',
    initial: null,
    steps: [],
  });
});

test('a sentence that fails does not cost the counterexample, nor does it pass unseen', async () => {
  const model = defineModel('test/mumble', { about: 'bad sentences', params: z.strictObject({}) })
    .components(() => ({ n: single(z.int()) }))
    .init(() => ({ n: 0 }))
    .action('up', {
      next: (s) => (s.n.value < 1 ? [s.n.set(1)] : undefined),
      says: () => {
        throw new Error('no words');
      },
    });
  const trace = await findTrace(model, 'deadlock');
  expect(trace).toMatchObject({ kind: 'deadlock', sentence: 'no action is enabled' });
  expect(trace.steps[0]?.says).toMatch(/^up \(its sentence fails: .*no words\)$/);
});

test('messages show what is received after what was received before in the same step', async () => {
  const model = defineModel('test/gulp', {
    about: 'several messages in one step',
    params: z.strictObject({}),
  })
    .components(() => ({ line: queue(z.string()), done: single(z.boolean()) }))
    .init(() => ({ line: ['a', 'b'], done: false }))
    .action('gulp', {
      next: (s) =>
        s.line.length < 2
          ? undefined
          : [s.line.receive(), s.line.receive(), s.line.send('c'), s.done.set(true)],
    });
  const [step] = (await findTrace(model, 'deadlock')).steps;
  expect(step?.messages.map(({ kind, message, from, to }) => [kind, message, from, to])).toEqual([
    ['receive', 'a', 'line', null],
    ['receive', 'b', 'line', null],
    ['send', 'c', null, 'line'],
  ]);
});

test('a member of a family that has no lane is not taken for the lane with the same key', async () => {
  const keys = [0, 1];
  const model = defineModel('test/two-kinds', {
    about: 'brokers and partitions with equal keys',
    params: z.strictObject({}),
  })
    .components(() => ({
      broker: family(keys, z.int()),
      partition: family(keys, z.int()),
      rpc: channels(keys, z.int()),
      mail: queues(keys, z.int(), { lane: 'broker' }),
    }))
    .init(() => ({ broker: 0, partition: 0 }))
    .action('shrink', {
      each: () => [1],
      next: (s, i) =>
        s.broker(0).value === 1 && s.partition(i).value === 0 ? [s.partition(i).set(1)] : undefined,
    })
    .action('start', {
      each: () => [0],
      next: (s, i) => (s.broker(i).value === 0 ? [s.broker(i).set(1), s.mail(1).send(7)] : undefined),
    });
  const trace = await findTrace(properties(model), 'deadlock');
  expect(trace.lanes).toEqual(['broker 0', 'broker 1']);
  expect(trace.steps.map(({ lane }) => lane)).toEqual(['broker 0', null]);
  expect(trace.steps[0]?.messages).toMatchObject([{ from: 'broker 0', to: 'broker 1' }]);
});

test('links run between lanes of two kinds, also where both have the same keys', async () => {
  const model = defineModel('test/links', { about: 'a master and its servers', params: z.strictObject({}) })
    .components(() => ({ order: links([1], [0, 1], z.string(), { lanes: ['master', 'server'] }) }))
    .init(() => ({}))
    .action('send', {
      next: (s) => (s.order(1, 1).length === 0 ? [s.order(1, 1).send('go')] : undefined),
    })
    .action('obey', {
      next: (s) => (s.order(1, 1).length === 1 ? [s.order(1, 1).receive()] : undefined),
    });
  const trace = await findTrace(
    properties(model).step('ordersWait', { on: ['obey'], holds: () => false }),
    'ordersWait',
  );
  expect(trace.lanes).toEqual(['master 1', 'server 0', 'server 1']);
  expect(trace.steps.map(({ lane, messages }) => [lane, messages[0]?.from, messages[0]?.to])).toEqual([
    ['master 1', 'master 1', 'server 1'],
    ['server 1', 'master 1', 'server 1'],
  ]);
});

test('who takes a step is known by a row of a table, and by the instance where two change', async () => {
  const keys = [0, 1];
  const model = defineModel('test/rows', { about: 'masters and servers', params: z.strictObject({}) })
    .components(() => ({
      server: family(keys, z.int(), { lane: 'server' }),
      master: family(keys, z.int(), { lane: 'master' }),
      partition: family(keys, z.int()),
      replica: table(keys, keys, z.int(), { lane: 'server' }),
    }))
    .init(() => ({ server: 0, master: 0, partition: 0, replica: 0 }))
    .action('shrink', {
      next: (s) => (s.partition(1).value === 0 ? [s.partition(1).set(1), s.replica(0, 1).set(1)] : undefined),
    })
    .action('stop', {
      each: () => [[1, 0] as const],
      next: (s, [master, server]) =>
        s.partition(1).value === 1 && s.server(server).value === 0
          ? [s.master(master).set(1), s.server(server).set(1)]
          : undefined,
    });
  const trace = await findTrace(properties(model), 'deadlock');
  expect(trace.steps.map(({ lane }) => lane)).toEqual(['server 0', 'master 1']);
});
