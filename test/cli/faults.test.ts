import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { combinations } from '../../checker/search/fault-combinations.ts';
import { FaultsJson } from '../../cli/json.ts';
import { fencepost, fixture } from './fencepost.ts';

const folder = mkdtempSync(join(tmpdir(), 'fencepost-faults-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const small = ['faults', 'kafka/replication', '--set', 'replicas=2', '--set', 'uncleanLeaderElection=false'];
const acksOne = [...small, '--set', 'acks="1"'];
const strict = [...small, '--set', 'acks=all', '--set', 'minInsyncReplicas=2'];

test('combinations of faults, with repetition', () => {
  expect([...combinations(['a', 'b'], 2)]).toEqual([
    { a: 2, b: 0 },
    { a: 1, b: 1 },
    { a: 0, b: 2 },
  ]);
  expect([...combinations(['a', 'b', 'c', 'd', 'e', 'f'], 2)]).toHaveLength(21);
  expect([...combinations(['a', 'b'], 0)]).toEqual([{ a: 0, b: 0 }]);
});

test('acks=1: one fault is enough, and the command shows it', async () => {
  const { code, out } = await fencepost(acksOne);
  expect(code).toBe(0);
  expect(out).toContain('| replicas | acks | min.insync | unclean | flush | mode | faults |');
  const rows = out.split('\n').filter((line) => line.startsWith('| 2 '));
  expect(rows).toHaveLength(4);
  for (const row of rows) expect(row).toMatch(/\*\*1\*\* \([23] steps\)/);
  const command = /`npx fencepost (.*)`/.exec(rows[0] ?? '')?.[1]?.replaceAll("'", '') ?? '';
  const shown = await fencepost(command.split(' '));
  expect(shown.code).toBe(1);
  expect(shown.out).toContain('after 2 steps');
});

test('acks=all and two in sync: two faults, unless what is written is flushed', async () => {
  const { code, out } = await fencepost([...strict, '--set', 'flushEveryRecord=false', '--json']);
  const { rows, complete } = FaultsJson.parse(JSON.parse(out));
  expect({ code, complete }).toEqual({ code: 0, complete: true });
  expect(rows.map(({ settings, none, losses }) => [settings.mode, none, losses.length])).toEqual([
    ['KRaft, ELR', 1, 1],
    ['ZooKeeper', 1, 4],
  ]);
  expect(rows[0]?.losses[0]).toMatchObject({ faults: { machineCrashes: 2 }, steps: 7 });
  const flushed = await fencepost([...strict, '--set', 'flushEveryRecord=true', '--up-to', '1']);
  expect(flushed.out.match(/ none up to 1 /g)).toHaveLength(2);
});

test('a row whose searches meet a limit says so', async () => {
  const { code, out } = await fencepost([...strict, '--states', '20']);
  expect(code).toBe(3);
  expect(out).toContain('the limit of 20 states');
  expect(out).not.toMatch(/\| none up to \d \|/);
  expect(out).toContain('4 of 4 rows, 4 at a limit.');
});

test('goes on where it was interrupted', async () => {
  const file = join(folder, 'table.json');
  const abort = new AbortController();
  let rows = 0;
  const out = (text: string): void => {
    if (text.startsWith('| 2 ') && ++rows === 2) abort.abort();
  };
  const { code } = await fencepost([...acksOne, '--resume', file], { signal: abort.signal, out });
  expect([code, rows]).toEqual([3, 2]);
  expect(FaultsJson.parse(JSON.parse(readFileSync(file, 'utf8'))).rows).toHaveLength(2);
  const resumed = await fencepost([...acksOne, '--resume', file, '--json']);
  const whole = await fencepost([...acksOne, '--json']);
  expect(resumed.code).toBe(0);
  expect(JSON.parse(resumed.out)).toEqual(JSON.parse(whole.out));
});

test('refuses a file of another table', async () => {
  const file = join(folder, 'other.json');
  const begun = await fencepost([...acksOne, '--resume', file], { signal: AbortSignal.abort() });
  expect([begun.code, begun.out]).toEqual([
    3,
    expect.stringContaining('0 of 4 rows; the same command goes on.'),
  ]);
  await fencepost([...acksOne, '--up-to', '1', '--resume', file]);
  const other = await fencepost([...strict, '--up-to', '1', '--resume', file]);
  expect([other.code, other.err]).toEqual([2, expect.stringContaining('with other parameters or settings')]);
  const more = await fencepost([...acksOne, '--resume', file]);
  expect([more.code, more.err]).toEqual([2, expect.stringContaining('a table with --up-to 1, not 2.')]);
  writeFileSync(file, '{"model": 1');
  const broken = await fencepost([...acksOne, '--resume', file]);
  expect([broken.code, broken.err]).toEqual([2, expect.stringContaining('is not a table of faults')]);
});

test('says what it cannot do', async () => {
  expect(await fencepost(['faults', 'examples/die-hard'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('examples/die-hard declares no table of faults.'),
  });
  expect((await fencepost(['faults', fixture('light.ts')])).code).toBe(2);
  const counted = await fencepost([...small, '--set', 'moves=1']);
  expect(counted.err).toContain('moves is a fault that the table counts; it cannot be set.');
  const none = await fencepost([...small, '--set', 'minInsyncReplicas=3']);
  expect(none.err).toContain('has no row with these parameters.');
});
