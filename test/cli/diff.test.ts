import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DiffJson } from '../../cli/json.ts';
import { fencepost, fixture } from './fencepost.ts';

const light = fixture('light.ts');
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fencepost-diff-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

test('says what a change breaks, and shows the counterexample', async () => {
  const { code, out } = await fencepost(['diff', light, '--with', 'breaks', '--set', 'presses=3']);
  expect(out).toMatch(
    /^before: light\nafter: {2}light with breaks\nfor presses=3\n\nThis change breaks works/,
  );
  expect(out).toMatch(/^ {2}works: holds -> violated after 3 steps$/m);
  expect(out).toContain('reached after 1 step on both sides: shines');
  expect(out).toContain('light: works is violated after 3 steps: the bulb is broken, 0 presses left');
  expect(out).toContain('Both designs make the same steps, but come to different states.');
  expect(out).toContain('after the same 3 steps other values of bulb');
  expect(code).toBe(1);
});

test('says where else the change shows, when it does not show here', async () => {
  const { code, out } = await fencepost(['diff', light, '--with', 'breaks']);
  expect(out).toContain('This change is invisible within these bounds.');
  expect(out).toContain(`npx fencepost diff ${light} --set presses=3 --with breaks`);
  expect(code).toBe(0);
});

test('compares two models, and one with changes on both sides', async () => {
  const file = join(folder, 'dimmer.ts');
  await writeFile(
    file,
    `import { defineModel, single, z } from 'fencepost';
     export default defineModel('dimmer', { about: '', params: z.strictObject({ presses: z.int().default(2) }) })
       .components(() => ({ bulb: single(z.enum(['off', 'on'])), presses: single(z.int()) }))
       .init((p) => ({ bulb: 'off', presses: p.presses }))
       .action('press', { next: (s) => (s.presses.value > 1 ? [s.presses.set(s.presses.value - 1)] : undefined) })
       .deadlock('allowed');`,
  );
  const two = await fencepost(['diff', light, file]);
  expect(two.out).toMatch(/^before: light\nafter: {2}dimmer\n/);
  expect(two.out).toContain('works: holds -> not declared');
  expect(two.out.replaceAll(/\s+/g, ' ')).toContain(
    'light: behaviour lost after 2 steps: the design after cannot make it, since press is not enabled: the last that it read is presses = 1',
  );
  const back = await fencepost(['diff', light, '--from', 'breaks', '--set', 'presses=3']);
  expect(back.out).toContain('This change repairs works (3 steps).');
  expect([two.code, back.code]).toEqual([0, 0]);
});

test('says the same to programs', async () => {
  const args = ['diff', light, '--with', 'breaks', '--set', 'presses=3', '--json'];
  const { code, out } = await fencepost(args);
  const found = DiffJson.parse(JSON.parse(out));
  expect(code).toBe(1);
  expect(found).toMatchObject({
    conclusion: [
      'This change breaks works (3 steps).',
      'Both designs make the same steps, but come to different states.',
    ],
    designs: {
      before: { changes: [], complete: true, distinct: 4, taken: { press: 3 } },
      after: { changes: ['breaks'], complete: true, distinct: 4 },
    },
    gained: null,
    lost: null,
    parting: { after: { kind: 'behaviour', steps: { length: 3 } } },
    stoppedBy: null,
  });
  expect(found.properties.find(({ name }) => name === 'works')).toMatchObject({
    before: { result: 'holds', steps: null, trace: null },
    after: { result: 'violated', steps: 3, trace: { property: 'works' } },
  });
});

test('a limit leaves it open', async () => {
  const { code, out } = await fencepost(['diff', light, '--with', 'spareBulb', '--states', '2']);
  expect(out).toContain('before: the limit of 2 states');
  expect(code).toBe(3);
});

test('refuses what it cannot compare', async () => {
  const alone = await fencepost(['diff', light]);
  expect(alone.err).toContain('name the change: fencepost diff <model> --with <change>, or two models.');
  const seen = await fencepost(['diff', light, '--with', 'breaks', '--observe', 'bulbs']);
  expect(seen.err).toContain("there is no component 'bulbs'. Did you mean 'bulb'?");
  expect([alone.code, seen.code]).toEqual([2, 2]);
});

test('a behaviour is replayed like any trace', async () => {
  const args = ['diff', light, '--from', 'breaks', '--set', 'presses=3', '--observe', 'bulb', '--json'];
  const { gained } = DiffJson.parse(JSON.parse((await fencepost(args)).out));
  const file = join(folder, 'gained.json');
  await writeFile(file, JSON.stringify(gained));
  const { code, out } = await fencepost(['replay', file, light]);
  expect(out).toContain('all 3 steps fit: the design can make this run');
  expect(code).toBe(0);
});

test('--format html: the comparison and its runs as one page', async () => {
  const asked = ['diff', light, '--with', 'breaks', '--set', 'presses=3'];
  const { code, out } = await fencepost([...asked, '--format', 'html']);
  expect(code).toBe(1);
  expect(out).toMatch(/^<!doctype html>\n/);
  expect(out).toContain('<title>light and light with breaks</title>');
  expect(out).toContain('This change breaks works');
  expect(out).toContain('works is violated after 3 steps');
  expect(out.match(/<section data-trace/g)?.length).toBeGreaterThan(0);
  const both = await fencepost([...asked, '--format', 'html', '--json']);
  expect(both.err).toContain('--json and --format both say what standard output holds');
});
