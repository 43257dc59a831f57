import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { ConformJson } from '../../cli/json.ts';
import { root } from '../house/project-files.ts';
import { fencepost } from './fencepost.ts';

const recorded = join(root, 'test/fixtures/zookeeper-logs/a-cold-start-3');
const edited = mkdtempSync(join(tmpdir(), 'fencepost-conform-'));
afterAll(() => rmSync(edited, { recursive: true, force: true }));

// The recorded run again, with another leader in the first vote that each server sent.
mkdirSync(edited, { recursive: true });
for (const name of readdirSync(recorded).filter((file) => file.endsWith('.log.gz'))) {
  const text = gunzipSync(readFileSync(join(recorded, name))).toString();
  writeFileSync(join(edited, name.replace('.gz', '')), text.replace(/(Sending Notification: )\d+/, '$17'));
}

test('agrees with the logs of a real ensemble', async () => {
  const { code, out, err } = await fencepost(['conform', recorded]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain('the rules explain every line');
});

test('shows the line that the rules cannot explain', async () => {
  const { code, out } = await fencepost(['conform', edited]);
  expect(code).toBe(1);
  expect(out).toMatch(/\.log:\d+\n/);
});

test('says so to programs', async () => {
  const good = await fencepost(['conform', recorded, '--json']);
  const bad = await fencepost(['conform', edited, '--json']);
  expect(ConformJson.parse(JSON.parse(good.out)).verdict).toBe('agrees');
  expect(ConformJson.parse(JSON.parse(bad.out)).verdict).toBe('contradicted');
  expect([good.code, bad.code]).toEqual([0, 1]);
});
