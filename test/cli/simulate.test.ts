import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { SearchJson } from '../../cli/json.ts';
import { fencepost, fixture } from './fencepost.ts';

const folder = mkdtempSync(join(tmpdir(), 'fencepost-simulate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const light = fixture('light.ts');
const broken = ['simulate', light, '--with', 'breaks', '--set', 'presses=3', '--seed', '7'];

test('passes, which is not holding, and says how to do the same again', async () => {
  const { code, out } = await fencepost(['simulate', light, '--runs', '20', '--steps', '10']);
  const seed = /\(seed (-?\d+)\)/.exec(out)?.[1];
  expect(code).toBe(0);
  expect(out).toMatch(/^light PASSED for presses=2: no violation in 20 random runs/);
  expect(out).not.toContain('HOLDS');
  expect(out).toContain('shines  reached   after 1 step (in 100.0 % of the runs)');
  expect(out).toContain(`npx fencepost simulate ${light} --runs 20 --steps 10 --seed ${seed}\n`);
  expect(out.trimEnd().split('\n').at(-1)).toBe(out.split('\n')[0]);
});

test('finds a violation, and finds it again with the same seed', async () => {
  const first = await fencepost([...broken, '--json']);
  const second = await fencepost([...broken, '--json']);
  const [one, two] = [first, second].map(({ out }) => SearchJson.parse(JSON.parse(out)));
  expect(first.code).toBe(1);
  expect(one).toMatchObject({
    verdict: 'violated',
    search: 'random',
    seed: 7,
    distinct: null,
    complete: false,
  });
  expect(one?.violations).toMatchObject([{ property: 'works', steps: 3 }]);
  expect(two).toEqual({ ...one, seconds: expect.any(Number) });
});

test('prints the verdict passed for programs', async () => {
  const { code, out } = await fencepost(['simulate', 'examples/die-hard', '--runs', '5', '--json']);
  expect(code).toBe(0);
  expect(SearchJson.parse(JSON.parse(out))).toMatchObject({
    verdict: 'passed',
    complete: false,
    violations: [],
  });
});

test('writes the run that it finds', async () => {
  const file = join(folder, 'trace.json');
  const { code } = await fencepost([...broken, '--trace', file]);
  expect(code).toBe(1);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ model: 'light', property: 'works' });
});

test('stops when it is told to', async () => {
  const { code, out } = await fencepost(['simulate', light, '--runs', '1000000', '--seconds', '0.1']);
  expect(code).toBe(3);
  expect(out).toContain('light STOPPED (the limit of 0.1 seconds)');
});

test.each([
  [['--depth', '3'], "unknown option '--depth'"],
  [['--all'], "unknown option '--all'"],
  [['--seed', '4294967296'], 'It must be a whole number of 32 bits'],
  [['--runs', '0'], 'It must be a whole number, at least 1'],
])('refuses %s', async (options, says) => {
  const { code, err } = await fencepost(['simulate', light, ...options]);
  expect(code).toBe(2);
  expect(err).toContain(says);
});
