import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { SectionReader } from '../../checker/search/checkpoint/sections.ts';
import { Snapshot } from '../../checker/search/checkpoint/snapshot.ts';
import { root } from '../house/project-files.ts';

// Searches that are killed (SIGKILL) at random moments, over and over, and end as if nothing had happened.

const main = join(root, 'dist/cli/main.js');
const folder = mkdtempSync(join(tmpdir(), 'fencepost-killed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** How far the search is that a checkpoint keeps: whatever the moment, the file is whole. */
function statesIn(file: string): number {
  const reader = new SectionReader(file);
  reader.json(); // what it belongs to
  const { distinct } = Snapshot.parse(reader.json());
  reader.close();
  return distinct;
}

interface Ended {
  readonly code: number | null;
  readonly out: string;
}

/** Runs the command, and kills it after so many milliseconds if it still runs. */
function run(args: readonly string[], killAfter?: number): Promise<Ended> {
  const child = spawn(process.execPath, [main, 'check', ...args, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  const timer = killAfter === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfter);
  return new Promise((resolve) => {
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code, out });
    });
  });
}

const told = (out: string): unknown => ({ ...JSON.parse(out), seconds: 0 });

test.each<[string, readonly string[], number]>([
  ['one thread', ['examples/two-phase-commit', '--set', 'resourceManagers=8', '--workers', '1'], 0],
  ['two workers', ['examples/two-phase-commit', '--set', 'resourceManagers=8', '--workers', '2'], 0],
  [
    'a violation',
    [
      'zookeeper/zab-implementation',
      '--with',
      'newLeaderBeforeSnapshot',
      '--set',
      'snapshots=forced',
      '--set',
      'start=proposed',
      '--set',
      'transactions=2',
      '--set',
      'epochs=2',
      '--property',
      'zxidsGapFree',
      '--workers',
      '2',
    ],
    1,
  ],
  ['liveness', ['zookeeper/election', '--set', 'recovery=fair', '--set', 'finalizeWait=noBetter'], 0],
])('killed at random moments: %s', async (name, args, code) => {
  const begin = performance.now();
  const expected = await run(args);
  const took = performance.now() - begin;
  expect(expected.code).toBe(code);
  const kept = join(folder, name);
  const file = join(kept, 'checkpoint');
  let kills = 0;
  let reached = 0;
  for (let round = 0; ; round++) {
    const how = existsSync(file) ? '--resume' : '--checkpoint';
    // At first before it can be done; longer and longer then, so that it comes to an end.
    const killAfter = took * (0.2 + Math.random() * (0.6 + 0.1 * round));
    const ended = await run([...args, how, kept, '--checkpoint-every', '0.5s'], killAfter);
    if (ended.code !== null) {
      expect(ended.code).toBe(code);
      expect(told(ended.out)).toEqual(told(expected.out));
      break;
    }
    kills++;
    if (!existsSync(file)) continue;
    const states = statesIn(file);
    expect(states).toBeGreaterThanOrEqual(reached);
    reached = states;
  }
  console.log(`${name}: killed ${kills} times`);
  expect(kills).toBeGreaterThan(0);
  expect(existsSync(file)).toBe(false);
});
