import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { ended, grids, killWorkers, outcomes, start } from '../cli/campaign/killing.ts';

const folder = mkdtempSync(join(tmpdir(), 'fencepost-campaign-slow-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('whoever is killed, whenever: no cell is lost, none is there twice', async () => {
  const file = (name: string): string => {
    const path = join(folder, `${name}.json`);
    writeFileSync(path, JSON.stringify({ campaign: grids }));
    return path;
  };
  const whole = join(folder, 'whole.out');
  await ended(start(file('whole'), whole));
  const expected = outcomes(whole);
  let run = 0;
  const moment = fc.integer({ min: 0, max: 1500 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(moment, { maxLength: 3 }),
      fc.array(moment, { maxLength: 2 }),
      async (coordinator, workers) => {
        const [path, out] = [file(`${++run}`), join(folder, `${run}.out`)];
        for (const after of coordinator) {
          const child = start(path, out);
          await sleep(after);
          child.kill('SIGKILL');
          await ended(child);
        }
        const last = start(path, out);
        await killWorkers(last, workers);
        expect(await ended(last)).toBe(0);
        expect(outcomes(out)).toEqual(expected);
      },
    ),
    { numRuns: 30 },
  );
});
