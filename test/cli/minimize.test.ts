import { expect, test } from 'vitest';
import { MinimizeJson } from '../../cli/json.ts';
import { unit } from '../../cli/output/minimize-report.ts';
import { fencepost, fixture } from './fencepost.ts';

const light = fixture('light.ts');
const broken = ['minimize', light, '--with', 'breaks', '--set', 'presses=7'];

test('says what a violation needs at least, and how to see it', async () => {
  const { code, out } = await fencepost(broken);
  expect(out).toContain('light with breaks violates works: it needs 3 presses, and 3 steps.');
  expect(out).toContain('  with 0, 1 or 2 presses it holds');
  expect(out).toContain(`npx fencepost check ${light} --set presses=3 --with breaks --property works`);
  expect(code).toBe(1);
});

test('says the same to programs', async () => {
  const { out } = await fencepost([...broken, '--property', 'works', '--json']);
  expect(MinimizeJson.parse(JSON.parse(out))).toEqual({
    model: 'light',
    property: 'works',
    set: { presses: 3 },
    changes: ['breaks'],
    steps: 3,
    needed: [{ parameter: 'presses', value: 3, fewer: { 0: 'holds', 1: 'holds', 2: 'holds' } }],
    notNeeded: [],
  });
});

test('what holds, or is stopped, has no smallest bounds', async () => {
  const holds = await fencepost(['minimize', light]);
  expect(holds.out).toContain('light HOLDS');
  const stopped = await fencepost(['minimize', light, '--states', '1', '--json']);
  expect(MinimizeJson.parse(JSON.parse(stopped.out)).property).toBeNull();
  expect([holds.code, stopped.code]).toEqual([0, 3]);
});

test('parameters as what they count', () => {
  expect([unit('crashes', 1), unit('crashes', 2), unit('giveUps', 1), unit('expiries', 1)]).toEqual([
    '1 crash',
    '2 crashes',
    '1 give up',
    '1 expiry',
  ]);
});
