import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ended, grids, killWorkers, outcomes, start, workersOf } from './killing.ts';

// The slow suite does the same at many random moments.
const folder = mkdtempSync(join(tmpdir(), 'fencepost-killed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string): string => {
  const path = join(folder, `${name}.json`);
  writeFileSync(path, JSON.stringify({ campaign: grids }));
  return path;
};
let expected: unknown[];
beforeAll(async () => {
  const out = join(folder, 'whole.out');
  await ended(start(file('whole'), out));
  expected = outcomes(out);
});

test('a worker that is killed in the middle of a cell costs nothing but time', async () => {
  const out = join(folder, 'worker.out');
  const child = start(file('worker'), out);
  await expect.poll(() => workersOf(child).length, { timeout: 20_000 }).toBeGreaterThan(0);
  expect(await killWorkers(child, [300, 400])).toBeGreaterThan(0);
  expect(await ended(child)).toBe(0);
  expect(outcomes(out)).toEqual(expected);
});

test('a coordinator that is killed leaves no process behind, and the same command ends what it began', async () => {
  const out = join(folder, 'coordinator.out');
  const child = start(file('coordinator'), out);
  const kept = (): number =>
    readdirSync(folder).includes('coordinator.results')
      ? readdirSync(join(folder, 'coordinator.results')).length
      : 0;
  await expect.poll(kept, { timeout: 20_000, interval: 20 }).toBeGreaterThan(0);
  const workers = workersOf(child);
  child.kill('SIGKILL');
  await ended(child);
  await expect.poll(() => workers.filter(alive), { timeout: 5000 }).toEqual([]);
  expect(kept()).toBeLessThan(expected.length - 1); // it was killed before its end
  expect(await ended(start(join(folder, 'coordinator.json'), out))).toBe(0);
  expect(outcomes(out)).toEqual(expected);
});

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
