import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Trace } from '../../checker/trace/trace.ts';
import { fencepost, fixture } from './fencepost.ts';

const folder = mkdtempSync(join(tmpdir(), 'fencepost-replay-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const light = fixture('light.ts');
const broken = join(folder, 'broken.json');
const puzzle = join(folder, 'puzzle.json');
let text: string;

beforeAll(async () => {
  await fencepost(['check', light, '--with', 'breaks', '--set', 'presses=3', '--trace', broken]);
  await fencepost(['check', 'examples/die-hard', '--witness', 'fourLitres', '--trace', puzzle]);
  text = readFileSync(broken, 'utf8');
  mkdirSync(join(folder, 'a folder.json'));
});

/** A copy of the trace of the broken light, edited. */
function edited(name: string, edit: (trace: Trace) => unknown): string {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(edit(JSON.parse(text) as Trace)));
  return file;
}

test('shows a violation once more, step by step', async () => {
  const { code, out, err } = await fencepost(['replay', broken, light]);
  expect({ code, err }).toEqual({ code: 1, err: '' });
  expect(out.match(/somebody presses the switch/g)).toHaveLength(3);
  expect(out).toMatch(
    /\nREPLAYED: all 3 steps fit, and works is still violated: the bulb is broken, .*\.\n$/,
  );
});

test('finds a model of the house by its name', async () => {
  const { code, out } = await fencepost(['replay', puzzle]);
  expect(code).toBe(0);
  expect(out).toMatch(/\nREPLAYED: all 6 steps fit, and fourLitres is reached\.\n$/);
});

test('prints a trace in another format', async () => {
  const { code, out } = await fencepost(['replay', puzzle, '--format', 'json']);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toEqual(JSON.parse(readFileSync(puzzle, 'utf8')));
});

test('says at which step an edited trace no longer fits, and why', async () => {
  const file = edited('edited.json', (trace) => {
    const [, second] = trace.steps;
    for (const change of second?.changes ?? []) if (change.component === 'bulb') change.after = 'broken';
    const [, , third] = trace.steps;
    for (const change of third?.changes ?? []) if (change.component === 'bulb') change.before = 'broken';
    return trace;
  });
  const { code, out, err } = await fencepost(['replay', file, light]);
  expect(code).toBe(2);
  expect(out).toContain(
    '    1  somebody presses the switch  fits\n    2  somebody presses the switch  DIFFERS\n',
  );
  expect(err).toBe(
    `fencepost: ${file}: step 2 of 3 does not fit: after press bulb is off, where the trace records broken\n`,
  );
});

test('says of a trace from before a repair that its end is not bad any more', async () => {
  const file = edited('outdated.json', (trace) => ({ ...trace, property: 'pressesLeft' }));
  const { code, err } = await fencepost(['replay', file, light]);
  expect(code).toBe(2);
  expect(err).toContain('all 3 steps fit, but pressesLeft is not violated any more');
});

const refused: [what: string, file: () => string, says: string][] = [
  ['no file', () => join(folder, 'none.json'), 'cannot be read: there is no such file.'],
  ['a folder', () => join(folder, 'a folder.json'), 'cannot be read: it is a folder.'],
  [
    'a truncated file',
    () => {
      const file = join(folder, 'truncated.json');
      writeFileSync(file, text.slice(0, 300));
      return file;
    },
    'truncated.json: the trace is cut off after 300 characters.',
  ],
  ['a file that is no trace', () => edited('other.json', () => ({ some: 'thing' })), 'this is not a trace'],
  [
    'a trace of another version',
    () => edited('version.json', (trace) => ({ ...trace, schemaVersion: 99 })),
    'the trace has schemaVersion 99',
  ],
  [
    'a damaged trace',
    () => edited('damaged.json', (trace) => ({ ...trace, steps: 'none' })),
    'the trace is damaged at steps',
  ],
  [
    'a trace of an unknown model',
    () => edited('raft.json', (trace) => ({ ...trace, model: 'raft' })),
    'which is no model of the house',
  ],
  [
    'a trace with an unknown parameter',
    () => edited('parameter.json', (trace) => ({ ...trace, params: { sise: 1 } })),
    "has no parameter 'sise'",
  ],
  [
    'a trace with an unknown change',
    () => edited('change.json', (trace) => ({ ...trace, changes: ['smashes'] })),
    "has no change 'smashes'",
  ],
];

test.each(refused)('refuses %s', async (what, file, says) => {
  const argv = what.includes('unknown model') ? [file()] : [file(), light];
  const { code, out, err } = await fencepost(['replay', ...argv]);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(/^fencepost: [^\n]+\n$/);
  expect(err).toContain(says);
});

test('refuses a trace of one model for another', async () => {
  const { code, err } = await fencepost(['replay', broken, 'examples/die-hard']);
  expect(code).toBe(2);
  expect(err).toBe(`fencepost: ${broken} is a trace of light, not of examples/die-hard.\n`);
});
