import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { CampaignJson } from '../../../cli/campaign/result.ts';
import { fencepost, fixture, type Ran } from '../fencepost.ts';

const folder = mkdtempSync(join(tmpdir(), 'fencepost-campaign-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const light = fixture('light.ts');
let count = 0;

/** Writes a campaign into a folder of its own. */
function written(...grids: readonly object[]): string {
  const file = join(mkdtempSync(join(folder, `${count++}-`)), 'campaign.json');
  writeFileSync(file, JSON.stringify({ campaign: grids }));
  return file;
}

const asJson = ({ out }: Ran): CampaignJson => CampaignJson.parse(JSON.parse(out));

const grids = [
  { model: 'examples/die-hard' },
  { model: light, set: { presses: [1, 3] } },
  { model: light, set: { presses: [3] }, with: [['breaks']], expect: 'violated' },
];

describe('fencepost campaign', () => {
  test('runs every cell, and the same command runs none again', async () => {
    const file = written(...grids);
    const first = await fencepost(['campaign', file]);
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(first.out).toContain('4 of 4 cells as expected');
    expect(first.out).toMatch(/presses=3 --with breaks +violated +yes .* works violated after 3 steps$/m);
    const kept = readdirSync(file.replace('.json', '.results'));
    expect(kept).toHaveLength(4);
    for (const one of kept)
      expect(readFileSync(join(file.replace('.json', '.results'), one), 'utf8')).toMatch(/\n$/);
    const again = await fencepost(['campaign', file]); // its seconds are those of the first run: nothing was run
    expect(again.out).toBe(first.out);
  });

  test('exit code 1 where a cell is not as expected, 2 for an error, 3 where a limit left it open', async () => {
    const violated = written({ model: light, set: { presses: [3] }, with: [['breaks']] });
    expect((await fencepost(['campaign', violated])).code).toBe(1);
    const stopped = written({ model: 'examples/die-hard', searches: [{ check: { states: 3 } }] });
    const { code, out } = await fencepost(['campaign', stopped]);
    expect(code).toBe(3);
    expect(out).toMatch(/open +0\.\d\d +no violation within \d+ steps? ?\(\d states, not all\)|open/);
    const error = written({ model: light, set: { pressess: [3] } });
    const wrong = await fencepost(['campaign', error]);
    expect(wrong.code).toBe(2);
    expect(wrong.out).toContain("error: light has no parameter 'pressess'");
    expect(readdirSync(error.replace('.json', '.results'))).toEqual([]); // another time it may be right
  });

  test('a TypeScript file, and models beside it', async () => {
    const file = join(mkdtempSync(join(folder, 'ts-')), 'mine.ts');
    writeFileSync(join(file, '../lamp.ts'), readFileSync(light));
    writeFileSync(
      file,
      `import { campaign } from 'fencepost';\nexport default campaign({ model: './lamp.ts' });\n`,
    );
    expect(await fencepost(['campaign', file])).toMatchObject({ code: 0 });
  });

  test('another expectation is judged without another run; other code is run again', async () => {
    const file = join(mkdtempSync(join(folder, 'key-')), 'campaign.json');
    const model = join(file, '../lamp.ts');
    writeFileSync(model, readFileSync(light));
    const run = async (expect: string) => {
      writeFileSync(file, JSON.stringify({ campaign: [{ model: './lamp.ts', expect }] }));
      return fencepost(['campaign', file]);
    };
    const kept = () => readdirSync(file.replace('.json', '.results')).length;
    expect([(await run('holds')).code, kept()]).toEqual([0, 1]);
    expect([(await run('violated')).code, kept()]).toEqual([1, 1]);
    writeFileSync(model, `${readFileSync(light, 'utf8')}// a comment is no other code\n`);
    expect([(await run('holds')).code, kept()]).toEqual([0, 1]);
    writeFileSync(model, readFileSync(light, 'utf8').replace("bulb: 'off'", "bulb: 'broken'"));
    expect([(await run('holds')).code, kept()]).toEqual([1, 2]);
  });

  test('a file that is none, and a result that somebody has spoilt, are refused in a sentence', async () => {
    const misspelt = await fencepost(['campaign', written({ model: 'examples/die-hart' })]);
    expect(misspelt).toMatchObject({
      code: 2,
      err: expect.stringContaining("Did you mean 'examples/die-hard'?"),
    });
    const none = written({ model: 'examples/die-hard', sets: {} });
    expect(await fencepost(['campaign', none])).toMatchObject({
      code: 2,
      err: `fencepost: ${none} is no campaign (at campaign.0): Unrecognized key: "sets".\n`,
    });
    const file = written({ model: 'examples/die-hard' });
    await fencepost(['campaign', file]);
    const results = file.replace('.json', '.results');
    const [kept = ''] = readdirSync(results);
    writeFileSync(join(results, kept), '{"half');
    expect((await fencepost(['campaign', file])).err).toBe(
      `fencepost: ${join(results, kept)} is not the result of this cell: delete it, and the cell is run again.\n`,
    );
  });

  test('an interrupted one says where it is, and goes on from there', async () => {
    const file = written(...grids);
    const stopped = await fencepost(['campaign', file], { signal: AbortSignal.abort() });
    expect(stopped).toMatchObject({
      code: 3,
      err: 'fencepost: stopped after 0 of 4 cells; the same command goes on from there.\n',
    });
    expect((await fencepost(['campaign', file])).code).toBe(0);
  });

  test('--budget says what can be said in that time, and keeps nothing that more time would change', async () => {
    const file = written(
      { model: 'examples/two-phase-commit', set: { resourceManagers: [11] } },
      { model: 'examples/die-hard' },
    );
    const { code, out } = await fencepost(['campaign', file, '--budget', '4s', '--jobs', '2']);
    expect(code).toBe(3);
    expect(out).toMatch(/no violation within \d+ steps \([\d,]+ states, not all\), none in random runs/);
    expect(readdirSync(file.replace('.json', '.results'))).toHaveLength(1);
  });
});

describe('shards', () => {
  const shard = (file: string, which: string, ...more: string[]) =>
    fencepost(['campaign', file, '--shard', which, '--format', 'json', ...more]);

  test('together they are the whole', async () => {
    const file = written(...grids);
    const parts = ['1/3', '2/3', '3/3'].map((which) => ({ which, out: join(folder, `${count++}.json`) }));
    for (const { which, out } of parts) await shard(file, which, '--out', out);
    const merged = asJson(
      await fencepost(['merge', ...parts.map(({ out }) => out).reverse(), '--format', 'json']),
    );
    const whole = asJson(await fencepost(['campaign', file, '--format', 'json']));
    expect(merged).toEqual(whole);
    expect(whole.rows.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
  });

  test('overlapping, missing and foreign shards are refused', async () => {
    const [file, other] = [written(...grids), written({ model: 'examples/die-hard' })];
    const [one, two, whole, foreign] = ['1', '2', 'w', 'f'].map((name) =>
      join(folder, `${count}-${name}.json`),
    );
    if (!one || !two || !whole || !foreign) throw new Error('four names');
    await shard(file, '1/2', '--out', one);
    await shard(file, '2/2', '--out', two);
    await fencepost(['campaign', file, '--format', 'json', '--out', whole]);
    await fencepost(['campaign', other, '--format', 'json', '--out', foreign]);
    const refusal = async (...files: string[]) => (await fencepost(['merge', ...files])).err;
    expect(await refusal(one, whole)).toMatch(/overlap: both have the cell 1, check examples\/die-hard\.\n$/);
    expect(await refusal(one)).toContain('2 of 4 cells are missing (2, 4).');
    expect(await refusal(one, foreign)).toContain('belongs to another campaign');
    expect(await refusal(light)).toContain('cannot be read');
    expect((await shard(file, '3/2')).err).toBe(
      'fencepost: --shard 3/2: there is no such shard; the last one is 2/2.\n',
    );
  });
});
