import { expect, test } from 'vitest';
import { PairsJson, VerifyAllJson, VerifyJson } from '../../cli/json.ts';
import { fencepost, fixture } from './fencepost.ts';

const light = fixture('light.ts');

test('compares every change with what it declares', async () => {
  const { code, out } = await fencepost(['verify', light]);
  expect(out).toMatch(
    /^breaks +seeded +presses=3 +4 +\d\.\d\d +violated, holds +yes +works violated after 3 steps; pressesLeft holds$/m,
  );
  expect(out).toMatch(/^spareBulb +seeded +3 +\d\.\d\d +holds +yes +works holds$/m);
  expect(out).toMatch(
    /^misdeclared +seeded +3 +\d\.\d\d +violated +NO +pressesLeft holds \(declared: violated\)$/m,
  );
  expect(out).toMatch(
    /^tooLate +seeded +3 +\d\.\d\d +violated +NO +worksLong unchecked \(declared: violated\); without the change worksLong unchecked/m,
  );
  expect(out).toMatch(/^2 of 4 changes as declared\.$/m);
  expect(code).toBe(1);
});

test('exits with 0 when all that can be checked is as declared', async () => {
  const { code, out } = await fencepost(['verify', light, '--with', 'breaks', '--with', 'spareBulb']);
  expect(out).toContain('2 of 2 changes as declared.');
  expect(code).toBe(0);
});

test('says the same to programs: the model as it is, with the change, and with its repair', async () => {
  const { code, out } = await fencepost(['verify', light, '--json']);
  const { model, rows } = VerifyJson.parse(JSON.parse(out));
  expect({ code, model }).toEqual({ code: 1, model: 'light' });
  expect(rows).toEqual([
    {
      change: 'breaks',
      source: 'seeded',
      seconds: expect.any(Number),
      at: { presses: 3 },
      expected: {
        changed: { works: 'violated', pressesLeft: 'holds' },
        baseline: { works: 'holds', pressesLeft: 'holds' },
        fixed: { works: 'holds' },
      },
      found: {
        changed: { works: 'violated', pressesLeft: 'holds' },
        baseline: { works: 'holds', pressesLeft: 'holds' },
        fixed: { works: 'holds' },
      },
      steps: 3,
      distinct: 4,
      agrees: true,
    },
    expect.objectContaining({ change: 'spareBulb', steps: null, agrees: true }),
    expect.objectContaining({ change: 'misdeclared', agrees: false }),
    expect.objectContaining({
      change: 'tooLate',
      found: { changed: { worksLong: 'unchecked' }, baseline: { worksLong: 'unchecked' } },
      agrees: false,
    }),
  ]);
});

test('says what could not be found out, and why', async () => {
  const { code, out } = await fencepost(['verify', fixture('lamp.ts')]);
  expect(code).toBe(0);
  expect(out).toMatch(/^burnsOut +seeded +3 +\d\.\d\d +violated +yes +shinesAgain violated after 2 steps$/m);
  expect(out).toMatch(
    /^unseen +seeded +seen=0 +1 +\d\.\d\d +violated +unchecked +shinesAgain unchecked, since the constraint/m,
  );
  expect(out).toContain('1 of 2 changes as declared, 1 unchecked.');
  const { rows } = VerifyJson.parse(
    JSON.parse((await fencepost(['verify', fixture('lamp.ts'), '--json'])).out),
  );
  expect(rows.map(({ agrees }) => agrees)).toEqual([true, null]);
});

test('ends when it is interrupted', async () => {
  const { code, out } = await fencepost(['verify', light], { signal: AbortSignal.abort() });
  expect(out).toContain('0 of 4 changes as declared');
  expect(code).toBe(3);
});

test('without a model: the catalogues of the house', async () => {
  const { code, out } = await fencepost(['verify', '--json'], { signal: AbortSignal.abort() });
  expect(code).toBe(3);
  expect(VerifyAllJson.parse(JSON.parse(out)).models.map(({ model }) => model)).toContain(
    'zookeeper/election',
  );
});

test('--pairs: what two changes do together that neither does alone', async () => {
  const { code, out } = await fencepost([
    'verify',
    light,
    '--pairs',
    '--with',
    'breaks',
    '--with',
    'spareBulb',
  ]);
  expect(out).toContain(
    'breaks + spareBulb: together they keep works, which one of them breaks after 3 steps',
  );
  expect(out).toContain('1 of 1 pair do together what neither does alone.');
  expect(code).toBe(0);
  const json = await fencepost(['verify', light, '--pairs', '--states', '2', '--json']);
  const { pairs } = PairsJson.parse(JSON.parse(json.out));
  expect(pairs).toHaveLength(6);
  expect(pairs.map(({ unchecked }) => unchecked)).toContain('the limit of 2 states');
});
