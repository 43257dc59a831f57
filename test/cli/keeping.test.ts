import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { fencepost, fixture } from './fencepost.ts';

const folder = mkdtempSync(join(tmpdir(), 'fencepost-keeping-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const commit = ['check', 'examples/two-phase-commit', '--set', 'resourceManagers=5'];

const long = ['check', 'examples/two-phase-commit', '--set', 'resourceManagers=8'];

test('a search stops at its limit of memory, and says so', async () => {
  const { code, out } = await fencepost([...long, '--memory', '1MiB']);
  expect(code).toBe(3);
  expect(out).toMatch(/STOPPED \(the limit of 1 MiB of memory\)/);
});

test('a search that stops is kept, names the command to go on, and ends as if it had not stopped', async () => {
  const kept = join(folder, 'kept');
  const { code, out } = await fencepost([...commit, '--states', '4000', '--checkpoint', kept]);
  expect(code).toBe(3);
  expect(out).toContain(
    `go on:     npx fencepost check examples/two-phase-commit --set resourceManagers=5 --resume ${kept}`,
  );
  expect(readdirSync(kept)).toEqual(['checkpoint']);
  const resumed = await fencepost([...commit, '--resume', kept, '--json']);
  const atOnce = await fencepost([...commit, '--json']);
  expect(resumed.code).toBe(0);
  expect({ ...JSON.parse(resumed.out), seconds: 0 }).toEqual({ ...JSON.parse(atOnce.out), seconds: 0 });
  expect(readdirSync(kept)).toEqual([]);
});

test("a checkpoint belongs to the code of a user's file, helpers included", async () => {
  const kept = join(folder, 'own');
  const own = join(folder, 'my-vault.ts');
  const text = readFileSync(fixture('vault.ts'), 'utf8');
  writeFileSync(own, text);
  expect(await fencepost(['check', own, '--states', '2', '--checkpoint', kept])).toMatchObject({ code: 3 });
  writeFileSync(own, text.replace('key && tries < 3', 'key && tries < 2'));
  expect(await fencepost(['check', own, '--resume', kept])).toMatchObject({
    code: 2,
    err: `fencepost: the checkpoint in ${kept} belongs to another version of the model or of the program.\n`,
  });
  writeFileSync(own, text);
  const { code } = await fencepost(['check', own]);
  expect(await fencepost(['check', own, '--resume', kept])).toMatchObject({ code });
});
