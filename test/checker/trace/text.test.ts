import { stripVTControlCharacters } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { breadthFirst } from '../../../checker/search/breadth-first.ts';
import { renderTrace } from '../../../checker/trace/text.ts';
import type { Trace } from '../../../checker/trace/trace.ts';
import { traceOf } from '../../../checker/trace/trace.ts';
import dieHardSpec from '../../../invariants/examples/die-hard.ts';
import { findTrace, spaceOf } from './find.ts';
import { ballotSpec, boxesSpec } from './models.ts';

let twoLeaders: Trace;
beforeAll(async () => {
  twoLeaders = await findTrace(ballotSpec, 'oneLeader');
});

async function golden(name: string, text: string): Promise<void> {
  await expect(`${text}\n`).toMatchFileSnapshot(`../../fixtures/traces/${name}.txt`);
}

test('a story with messages', () => golden('ballot', renderTrace(twoLeaders)));

test('a story in 80 columns', () => golden('ballot-80', renderTrace(twoLeaders, { width: 80 })));

test('a story with an inbox each, outcomes and awkward text', async () =>
  golden('boxes', renderTrace(await findTrace(boxesSpec, 'quiet'))));

test('a story without lanes', async () =>
  golden('die-hard', renderTrace(await findTrace(dieHardSpec, 'fourLitres'))));

test('a story without a run', async () =>
  expect(renderTrace(await findTrace(ballotSpec, 'never'))).toBe(
    'test/ballot: never is not reached: no reachable state is one\n  servers=3, crashes=1',
  ));

test('a run of no steps', () => {
  const trace: Trace = {
    ...twoLeaders,
    property: 'deadlock',
    kind: 'deadlock',
    instance: '',
    sentence: '',
    steps: [],
  };
  expect(renderTrace(trace).split('\n')).toEqual([
    'test/ballot: deadlock in an initial state',
    '  servers=3, crashes=1',
    '',
    expect.stringMatching(/^ {2}0 {2}server/),
    '     leaders: []',
  ]);
});

test('a run without an end', () => {
  const run: Trace = {
    ...twoLeaders,
    property: 'calm',
    kind: 'temporal',
    instance: '',
    sentence: 'never calm',
  };
  const last = (trace: Trace): string | undefined => /^ +… .*$/m.exec(renderTrace(trace))?.[0].trim();
  expect(renderTrace({ ...run, loop: 4 })).toContain(
    'calm is violated by a run that repeats steps 5 to 7 for ever: never calm',
  );
  expect(last({ ...run, loop: 6 })).toBe('… and the run repeats step 7 for ever');
  expect(last({ ...run, loop: 7 })).toBe('… and the run stops for ever after step 7');
});

test('no line is longer than the width, and colours change nothing but the colour', () => {
  for (const width of [60, 80, 100, 120]) {
    const text = renderTrace(twoLeaders, { width });
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(width);
    const colored = renderTrace(twoLeaders, { width, color: true });
    expect(colored).not.toBe(text);
    expect(stripVTControlCharacters(colored)).toBe(text);
  }
});

test('seven steps of three servers fit on one screen', () => {
  expect(renderTrace(twoLeaders).split('\n').length).toBeLessThanOrEqual(36);
});

test('too many lanes for the width: those that take part, then a list', async () => {
  const space = spaceOf(ballotSpec, { set: { servers: 12 } });
  const [violation] = (await breadthFirst(space)).violations;
  if (violation === undefined) throw new Error('votesStay is not violated');
  const trace = traceOf(space, violation);
  expect(renderTrace(trace)).toContain('  1 server 0 -> server 1, server 2, server 3,');
  const quiet = {
    ...trace,
    steps: trace.steps.map((step) => ({ ...step, messages: step.messages.slice(0, 1) })),
  };
  expect(renderTrace(quiet)).toMatch(/^ +server 0 +server 1$/m);
});

test('a trace file cannot send escape sequences to the terminal', () => {
  const [first, ...rest] = twoLeaders.steps;
  if (first === undefined) throw new Error('no steps');
  const nasty = {
    ...twoLeaders,
    sentence: '\u001b[2J',
    steps: [{ ...first, says: 'a\u001b[31m\nb' }, ...rest],
  };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be there
  expect(renderTrace(nasty)).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  expect(renderTrace(nasty)).toContain('a [31m b');
});
