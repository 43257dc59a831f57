import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { MutateJson } from '../../cli/json.ts';
import { fencepost, fixture } from './fencepost.ts';

const vault = fixture('vault.ts');

test('runs every mutant, and says which property kills it', async () => {
  const { code, out } = await fencepost(['mutate', vault]);
  expect(out).toMatch(/^mayOpen {2}withoutKey +3 {2}killed by onlyByKey after 1 step$/m);
  expect(out).toMatch(/^mayOpen {2}onceMore +15 {2}killed by atMostThree after 5 steps$/m);
  expect(out).toMatch(
    /^mayOpen {2}neverAgain +13 {2}survived, as declared: nothing is promised of how soon/m,
  );
  expect(out).toMatch(
    /^mayOpen {2}guarded +guards=2 +3 {2}KILLED by onlyByKey after 1 step, though declared as surviving: /m,
  );
  expect(out).toMatch(/^pause +back +FAULTY: model vault, action try, component tries: the value -1 is/m);
  expect(out).toContain('Mutation score: 2 of 3 mutants killed (66 %), 2 declared as surviving, 2 not as');
  expect(out).toContain('Violated without any mutant, and left out: neverOpen.');
  expect(out).toContain('Violated by no mutant and by no change of the catalogue: fiveTries (each search');
  expect(code).toBe(1);
});

test('exits with 0 when each is killed or survives as declared', async () => {
  const wanted = ['--with', 'mayOpen/withoutKey', '--with', 'mayOpen/neverAgain'];
  const { code, out } = await fencepost(['mutate', vault, ...wanted, '--all']);
  expect(out).toContain('Mutation score: 1 of 1 mutant killed (100 %), 1 declared as surviving.');
  expect(out).not.toContain('by no mutant');
  expect(code).toBe(0);
});

test('a rule stands for its mutants, and parameters may be set', async () => {
  const { code, out } = await fencepost(['mutate', vault, '--with', 'pause', '--set', 'guards=1']);
  expect(out).toMatch(/^pause +back +guards=1 .*FAULTY/m);
  expect(out.match(/^(pause|mayOpen) /gm)).toHaveLength(1);
  expect(code).toBe(1);
});

test('says the same to programs', async () => {
  const { code, out } = await fencepost(['mutate', vault, '--json']);
  const { mutants, unviolated } = MutateJson.parse(JSON.parse(out));
  expect({ code, unviolated }).toEqual({ code: 1, unviolated: ['fiveTries'] });
  expect(mutants[0]).toEqual({
    name: 'mayOpen/withoutKey',
    at: {},
    fate: 'killed',
    kills: [{ property: 'onlyByKey', steps: 1 }],
    survives: null,
    asDeclared: true,
    why: null,
    distinct: 3,
  });
  expect(mutants.map(({ fate, asDeclared }) => [fate, asDeclared])).toEqual([
    ['killed', true],
    ['killed', true],
    ['survived', true],
    ['killed', false],
    ['faulty', false],
  ]);
});

test('a limit or an interruption leaves it open', async () => {
  const limited = await fencepost(['mutate', vault, '--with', 'mayOpen/onceMore', '--states', '2']);
  expect(limited.out).toContain('stopped: without it: the limit of 2 states');
  expect(limited.code).toBe(3);
  const interrupted = await fencepost(['mutate', vault], { signal: AbortSignal.abort() });
  expect(interrupted.out).toContain('0 of 0 mutants killed, 5 not run.');
  expect(interrupted.code).toBe(3);
});

test('refuses a mutant that there is not, and a model without any', async () => {
  const { code, err } = await fencepost(['mutate', vault, '--with', 'mayOpen/onceMor']);
  expect(err).toContain("vault has no mutant 'mayOpen/onceMor'. Did you mean 'mayOpen/onceMore'?");
  expect(code).toBe(2);
  expect((await fencepost(['mutate', fixture('light.ts')])).err).toContain('light declares no mutants.');
});

test('check shows the run of one, and replay takes its trace', async () => {
  const asked = ['--with', 'mayOpen/onceMore', '--property', 'atMostThree'];
  const { code, out } = await fencepost(['check', vault, ...asked, '--format', 'json']);
  expect(JSON.parse(out)).toMatchObject({ changes: ['mayOpen/onceMore'], steps: { length: 5 } });
  expect(code).toBe(1);
  const file = join(await mkdtemp(join(tmpdir(), 'fencepost-mutate-')), 'trace.json');
  await writeFile(file, out);
  const replayed = await fencepost(['replay', file, vault]);
  expect(replayed.out).toContain('all 5 steps fit, and atMostThree is still violated');
  await rm(dirname(file), { recursive: true });
});
