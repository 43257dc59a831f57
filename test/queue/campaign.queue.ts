import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ended, grids, outcomes, start } from '../cli/campaign/killing.ts';
import { fencepost } from '../cli/fencepost.ts';
import { root } from '../house/project-files.ts';
import { type RedisServer, startRedis } from './redis-server.ts';

const main = join(root, 'dist/cli/main.js');
const folder = mkdtempSync(join(tmpdir(), 'fencepost-queue-'));
const started: ChildProcess[] = [];
let redis: RedisServer;
let expected: unknown[];

beforeAll(async () => {
  redis = await startRedis(folder);
  const out = join(folder, 'alone.out');
  await ended(start(campaign('alone'), out));
  expected = outcomes(out);
});

afterEach(async () => {
  for (const child of started.splice(0)) {
    child.kill('SIGINT');
    await ended(child);
  }
});

afterAll(async () => {
  await redis?.stop();
  rmSync(folder, { recursive: true, force: true });
});

function campaign(name: string): string {
  const file = join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify({ campaign: grids }));
  return file;
}

function coordinator(file: string): { readonly child: ChildProcess; readonly out: string } {
  const out = file.replace('.json', '.out');
  const options = ['--queue', redis.url, '--format', 'json', '--out', out];
  return { child: spawn(process.execPath, [main, 'campaign', file, ...options], { stdio: 'inherit' }), out };
}

function worker(file: string, jobs = 1): ChildProcess {
  const child = spawn(process.execPath, [main, 'work', file, '--queue', redis.url, '--jobs', `${jobs}`], {
    stdio: 'inherit',
  });
  started.push(child);
  return child;
}

const kept = (file: string): number => {
  const results = file.replace('.json', '.results');
  return readdirSync(folder).some((name) => results.endsWith(name)) ? readdirSync(results).length : 0;
};
const someAreKept = (file: string) =>
  expect.poll(() => kept(file), { timeout: 60_000, interval: 20 }).toBeGreaterThan(1);

test('two machines take the cells of one campaign', async () => {
  const file = campaign('two');
  worker(file);
  worker(file);
  const { child, out } = coordinator(file);
  expect(await ended(child)).toBe(0);
  expect(outcomes(out)).toEqual(expected);
});

test('a machine that is killed half-way loses nothing: its cell is taken by another one', async () => {
  const file = campaign('killed');
  const victim = worker(file, 2);
  const { child, out } = coordinator(file);
  await someAreKept(file);
  victim.kill('SIGKILL');
  expect(kept(file)).toBeLessThan(expected.length - 1);
  worker(file);
  expect(await ended(child)).toBe(0);
  expect(outcomes(out)).toEqual(expected);
});

test('a coordinator that is killed is taken over by the next, and what was done meanwhile is not done again', async () => {
  const file = campaign('coordinator');
  worker(file);
  const { child } = coordinator(file);
  await someAreKept(file);
  child.kill('SIGKILL');
  await ended(child);
  const again = coordinator(file);
  expect(await ended(again.child)).toBe(0);
  expect(outcomes(again.out)).toEqual(expected);
});

test('no server at that address, and two options that do not go together', async () => {
  const file = campaign('refused');
  const nobody = 'redis://127.0.0.1:1';
  expect(await fencepost(['campaign', file, '--queue', nobody])).toMatchObject({
    code: 2,
    err: `fencepost: no Redis server answers at ${nobody}.\n`,
  });
  expect(await fencepost(['work', file, '--queue', nobody])).toMatchObject({ code: 2 });
  const both = await fencepost(['campaign', file, '--queue', redis.url, '--budget', '10s']);
  expect(both.err).toContain('--budget and --queue do not go together');
});
