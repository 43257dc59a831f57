import { beforeAll, expect, test } from 'vitest';
import { UsageError } from '../../../checker/language/errors.ts';
import { parseTrace } from '../../../checker/trace/parse.ts';
import type { Trace } from '../../../checker/trace/trace.ts';
import { findTrace } from './find.ts';
import { ballotSpec } from './models.ts';

let trace: Trace;
beforeAll(async () => {
  trace = await findTrace(ballotSpec, 'votesStay');
});

function complaint(text: string): string {
  try {
    parseTrace(text);
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return error instanceof Error ? error.message : '';
  }
  return 'none';
}

test('what was written is read back', () => {
  expect(parseTrace(JSON.stringify(trace, undefined, 2))).toEqual(trace);
  expect(parseTrace(JSON.stringify({ ...trace, initial: null, steps: [] }))).toMatchObject({ initial: null });
});

test('a file that is cut off anywhere says so', () => {
  const text = JSON.stringify(trace, undefined, 2);
  for (const length of [1, 20, 300, text.length - 2]) {
    expect(complaint(text.slice(0, length))).toMatch(/^the trace is (cut off after|not JSON)/);
  }
  expect(complaint(text.slice(0, 300).replace(/[}\s]+$/, ''))).toBe(
    'the trace is cut off after 300 characters.',
  );
  expect(complaint('')).toBe('the trace file is empty.');
  expect(complaint('once upon a time')).toMatch(/^the trace is not JSON: /);
});

test('a foreign file says what it is not', () => {
  expect(complaint('{"name": "fencepost"}')).toBe(
    "this is not a trace: its format is not 'fencepost trace'.",
  );
  expect(complaint('[]')).toMatch(/^this is not a trace/);
  expect(complaint('{"#meta": {}, "vars": [], "states": []}')).toMatch(/^this is an ITF trace/);
});

test('an outdated file says which version it has', () => {
  expect(complaint(JSON.stringify({ ...trace, schemaVersion: 0 }))).toBe(
    'the trace has schemaVersion 0, but this version of the command reads 1; run the check again to write a new one.',
  );
});

test('an edited file says where it is damaged', () => {
  expect(complaint(JSON.stringify({ ...trace, kind: 'sometimes' }))).toMatch(
    /^the trace is damaged at kind: /,
  );
  expect(complaint(JSON.stringify({ ...trace, mood: 'bad' }))).toMatch(
    /^the trace is damaged at the whole: .*mood/,
  );
  const text = JSON.stringify(trace);
  expect(complaint(text.replace('"says"', '"sings"'))).toMatch(/^the trace is damaged at steps\.0/);
  expect(complaint(text.replace('"crashBudget":1', '"crashBudget":2'))).toBe(
    'the trace is damaged: before step 2 crashBudget is 2, but the step records 1.',
  );
  expect(complaint(text.replace('"crashBudget":1,', ''))).toBe(
    'the trace is damaged: step 2 changes crashBudget, which its initial state lacks.',
  );
  expect(complaint(text.replace('"loop":null', '"loop":1'))).toBe(
    'the trace is damaged: its last state is not state 1, to which it claims to come back.',
  );
});
