import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { UsageError } from '../../../checker/language/errors.ts';
import { defineModel, properties, type Spec, single } from '../../../checker/language/index.ts';
import { replay } from '../../../checker/search/replay.ts';
import { simulate } from '../../../checker/search/simulate.ts';
import { parseTrace } from '../../../checker/trace/parse.ts';
import { type Trace, traceOf } from '../../../checker/trace/trace.ts';
import dieHardSpec from '../../../invariants/examples/die-hard.ts';
import { findTrace, spaceOf } from '../trace/find.ts';
import { ballot, ballotSpec, boxesSpec } from '../trace/models.ts';

let leaders: Trace;
beforeAll(async () => {
  leaders = await findTrace(ballotSpec, 'oneLeader');
});

/** The trace with one step changed. */
function edited(step: number, change: Partial<Trace['steps'][number]>): Trace {
  return { ...leaders, steps: leaders.steps.map((one, i) => (i === step - 1 ? { ...one, ...change } : one)) };
}

const again = (trace: Trace, spec: Spec = ballotSpec, set = {}): unknown =>
  replay(spaceOf(spec, { set }), trace);

test('a trace replays in a fresh space, after a trip through a file', () => {
  const trace = parseTrace(JSON.stringify(leaders));
  expect(again(trace)).toEqual({
    verdict: 'replayed',
    steps: 7,
    misfit: undefined,
    failure: { property: 'oneLeader', instance: '(0, 1)', sentence: 'servers 0 and 1 both lead' },
    sentence: 'all 7 steps fit, and oneLeader(0, 1) is still violated: servers 0 and 1 both lead',
  });
});

test('step properties, deadlocks, witnesses and labelled outcomes replay too', async () => {
  expect(again(await findTrace(ballotSpec, 'votesStay'))).toMatchObject({
    verdict: 'replayed',
    failure: { property: 'votesStay' },
  });
  expect(again(await findTrace(boxesSpec, 'quiet'), boxesSpec)).toMatchObject({
    verdict: 'replayed',
    steps: 4,
  });
  expect(again(await findTrace(dieHardSpec, 'fourLitres'), dieHardSpec)).toMatchObject({
    verdict: 'replayed',
    sentence: 'all 6 steps fit, and fourLitres is reached',
  });
});

test('what a random search has found and shrunk replays', async () => {
  for (let seed = 0; seed < 5; seed++) {
    const space = spaceOf(ballotSpec, { set: { crashes: 2 } });
    const [violation] = (await simulate(space, { seed })).violations;
    if (violation === undefined) throw new Error('nothing found');
    expect(again(traceOf(space, violation), ballotSpec, { crashes: 2 })).toMatchObject({
      verdict: 'replayed',
    });
  }
});

test('an action that is gone is named, with the nearest one', () => {
  expect(again(edited(2, { action: 'anser' }))).toMatchObject({
    verdict: 'misfit',
    steps: 1,
    misfit: 2,
    sentence: "step 2 of 7 does not fit: the model has no action 'anser'. Did you mean 'answer'?",
  });
  expect(again(edited(2, { instance: [0, 9] }))).toMatchObject({
    sentence: 'step 2 of 7 does not fit: the action answer has no instance (0, 9)',
  });
  expect(again(edited(2, { instance: null }))).toMatchObject({
    sentence: 'step 2 of 7 does not fit: the action answer has no instance without a key',
  });
});

test('a disabled action says what it read just before', () => {
  expect(again(edited(2, { instance: [2, 1] }))).toMatchObject({
    misfit: 2,
    sentence:
      'step 2 of 7 does not fit: answer(2, 1) is not enabled: the last that it read is net(2, 1).head = nothing',
  });
  expect(again(edited(4, { action: 'campaign' }))).toMatchObject({
    sentence:
      'step 4 of 7 does not fit: campaign(1) is not enabled: the last that it read is server(1).vote = 0',
  });
});

test('an outcome that is gone is named, with those that there are', async () => {
  const trace = await findTrace(boxesSpec, 'quiet');
  const steps = trace.steps.map((step) => ({ ...step, label: step.label && 'doubled' }));
  expect(again({ ...trace, steps }, boxesSpec)).toMatchObject({
    sentence:
      "step 1 of 4 does not fit: post(ann, bob) has no outcome 'doubled' here; it has 'lost', 'delivered'",
  });
});

test('another state names the component and the field, then and now', () => {
  const [first] = leaders.steps;
  const changes = first?.changes.map((change) =>
    change.component === 'server(0)'
      ? { ...change, after: { state: 'LOOKING', vote: 2, supporters: [0] } }
      : change,
  );
  expect(again(edited(1, { changes: changes ?? [] }))).toMatchObject({
    misfit: 1,
    sentence: 'step 1 of 7 does not fit: after campaign(0) server(0).vote is 0, where the trace records 2',
  });
  expect(again(edited(1, { changes: [] }))).toMatchObject({
    sentence: expect.stringMatching(
      /after campaign\(0\) server\(0\) is \{.*\}, where the trace records \{.*\}$/,
    ),
  });
});

test('an initial state that is none, a value outside its schema, other components', () => {
  const { initial } = leaders;
  expect(again({ ...leaders, initial: { ...initial, crashBudget: 7 } })).toMatchObject({
    verdict: 'misfit',
    misfit: 0,
    steps: 0,
    sentence: 'the initial state does not fit: crashBudget is 1, where the trace records 7',
  });
  expect(again({ ...leaders, initial: { ...initial, crashBudget: -7 } })).toMatchObject({
    sentence: expect.stringMatching(
      /^the initial state does not fit: the trace records crashBudget, but .*-7/,
    ),
  });
  expect(again({ ...leaders, initial: { ...initial, luck: 1 } })).toMatchObject({
    sentence: expect.stringMatching(/a component luck, which the model does not have/),
  });
  expect(again(leaders, ballotSpec, { servers: 4 })).toMatchObject({
    sentence:
      'the initial state does not fit: the model has a component server(3), which the trace does not have',
  });
  expect(again(leaders, ballotSpec, { crashes: 0 })).toMatchObject({ misfit: 0 });
});

test('a run that fits but violates nothing any more says so', () => {
  const lenient = properties(ballot).always('oneLeader', { holds: () => true });
  expect(again(leaders, lenient)).toMatchObject({
    verdict: 'gone',
    steps: 7,
    sentence: 'all 7 steps fit, but oneLeader is not violated any more',
  });
  const other = properties(ballot).always('oneLeaders', { holds: () => true });
  expect(again(leaders, other)).toMatchObject({
    verdict: 'gone',
    sentence: "all 7 steps fit, but the model has no property 'oneLeader'. Did you mean 'oneLeaders'?",
  });
  const choosy = properties(ballot).always('oneLeader', { applies: () => false, holds: () => false });
  expect(again(leaders, choosy)).toMatchObject({
    verdict: 'gone',
    sentence: 'all 7 steps fit, but oneLeader is not checked under these parameters',
  });
});

test('a run may not go on beyond the bounds', () => {
  const narrow = properties(ballot.within((s) => s.server(0).value.vote === null)).always('oneLeader', {
    holds: () => true,
  });
  expect(again(leaders, narrow)).toMatchObject({
    misfit: 2,
    sentence: 'step 2 of 7 does not fit: the state before it is out of the bounds of the model (within)',
  });
});

test('a trace of another model, or without a run, cannot be replayed', async () => {
  expect(() => again(leaders, boxesSpec)).toThrow(UsageError);
  expect(() => again(leaders, boxesSpec)).toThrow('the trace is one of test/ballot, not of test/boxes.');
  const unreached = await findTrace(ballotSpec, 'never');
  expect(() => again(unreached)).toThrow('the trace has no run to replay: never was not reached.');
});

test('a deadlock that is allowed by now is none', async () => {
  const stopping = defineModel('test/stopping', { about: 'stops', params: z.strictObject({}) })
    .components(() => ({ n: single(z.int()) }))
    .init(() => ({ n: 0 }))
    .action('up', { next: (s) => (s.n.value < 2 ? [s.n.set(s.n.value + 1)] : undefined) });
  const trace = await findTrace(stopping, 'deadlock');
  const bare = (model: typeof stopping): Spec => ({ model, properties: [] });
  expect(again(trace, bare(stopping))).toMatchObject({
    verdict: 'replayed',
    failure: { property: 'deadlock' },
  });
  expect(again(trace, bare(stopping.deadlock('allowed')))).toMatchObject({ verdict: 'gone' });
});
