import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { root } from '../house/project-files.ts';
import { fixture, type Ran } from './fencepost.ts';

// What only a process of its own can show: exit codes, signals, a closed pipe, time.
const main = join(root, 'dist/cli/main.js');
const folder = mkdtempSync(join(tmpdir(), 'fencepost-process-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const long = ['check', 'examples/two-phase-commit', '--set', 'resourceManagers=10'];

function ended(child: ChildProcess): Promise<Ran> {
  let out = '';
  let err = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  return new Promise((resolve) => {
    child.on('close', (code, signal) => resolve({ code: code ?? -1, out, err: err + (signal ?? '') }));
  });
}

const start = (...argv: string[]): ChildProcess => spawn(process.execPath, [main, ...argv]);

async function interrupted(argv: readonly string[]): Promise<Ran> {
  const child = start(...argv);
  const end = ended(child);
  setTimeout(() => child.kill('SIGINT'), 1500);
  return await end;
}

test.concurrent.each([
  [0, ['check', 'examples/die-hard']],
  [1, ['check', fixture('light.ts'), '--with', 'breaks', '--set', 'presses=3']],
  [2, ['check', fixture('mutates.ts')]],
  [3, ['check', 'examples/die-hard', '--states', '3']],
] as const)('exit code %i', async (code, argv) => {
  const { code: found, err } = await ended(start(...argv));
  expect({ found, err: code === 2 ? '' : err }).toEqual({ found: code, err: '' });
});

test('exit code 70 for a fault of ours, whoever throws', async () => {
  const boom = `data:text/javascript,setTimeout(() => { throw new Error('boom'); }, 300)`;
  const child = spawn(process.execPath, ['--import', boom, main, ...long]);
  const { code, out, err } = await ended(child);
  expect({ code, out }).toEqual({ code: 70, out: '' });
  expect(err).toMatch(/^fencepost: internal error: Error: boom\n/);
});

test("a user's file that exits does not answer for the command", async () => {
  const { code, out, err } = await ended(start('check', fixture('exits.ts')));
  expect({ code, out }).toEqual({ code: 70, out: '' });
  expect(err).toBe('fencepost: internal error: the process ended before the command did\n');
});

test.skipIf(process.platform === 'win32')('Ctrl-C shows what is known', async () => {
  const { code, out, err } = await interrupted(long);
  expect(out).toMatch(
    /^examples\/two-phase-commit STOPPED \(interrupted\) for resourceManagers=10: no violation in/,
  );
  expect({ code, err }).toEqual({ code: 3, err: '' });
});

test.skipIf(process.platform === 'win32')('Ctrl-C leaves one whole object with --json', async () => {
  const { code, out } = await interrupted([...long, '--json']);
  expect(JSON.parse(out)).toMatchObject({ verdict: 'stopped', complete: false });
  expect(code).toBe(3);
});

test('a reader that goes away is no error', async () => {
  const file = join(folder, 'trace.json');
  const child = start(
    'check',
    fixture('light.ts'),
    '--with',
    'breaks',
    '--set',
    'presses=3',
    '--trace',
    file,
  );
  child.stdout?.destroy();
  const { code, err } = await ended(child);
  expect({ code, err }).toEqual({ code: 1, err: '' });
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ property: 'works' });
});

test('a reader that goes away ends a long search', async () => {
  const child = start('check');
  const end = ended(child);
  child.stdout?.once('data', () => child.stdout?.destroy());
  expect(await end).toMatchObject({ code: 3, err: '' });
});
