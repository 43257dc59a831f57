import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { CheckAllJson, SearchJson } from '../../cli/json.ts';
import { fencepost, fixture } from './fencepost.ts';

const folder = mkdtempSync(join(tmpdir(), 'fencepost-check-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const light = fixture('light.ts');
const broken = ['check', light, '--with', 'breaks', '--set', 'presses=3'];

describe('check, in words', () => {
  test('says first and last what holds, and for which bounds', async () => {
    const { code, out, err } = await fencepost(['check', 'examples/die-hard']);
    const lines = out.trimEnd().split('\n');
    expect(code).toBe(0);
    expect(err).toBe('');
    expect(lines[0]).toBe('examples/die-hard HOLDS for small=3, big=5 (complete: 16 states)');
    expect(lines.at(-1)).toBe(lines[0]);
    expect(out).toContain('16 distinct states, 97 generated, depth 8');
    expect(out).toContain('fourLitres  reached   after 6 steps');
    expect(out).toContain('small=3: litres in the small jug');
  });

  test('tells a violation as a story, with the commands to go on with', async () => {
    const { code, out } = await fencepost(broken);
    expect(code).toBe(1);
    expect(out).toMatch(/^light with breaks VIOLATES works \(after 3 steps\) for presses=3\n/);
    expect(out).toContain('works   violated  after 3 steps');
    expect(out).toContain('the bulb is broken, 0 presses left');
    expect(out).toContain('somebody presses the switch');
    expect(out).toContain(`npx fencepost check ${light} --set presses=3 --with breaks\n`);
    expect(out).toContain(`npx fencepost check ${light} --set presses=3 --with breaks --trace trace.json\n`);
  });

  test('looks at the properties alone that are named', async () => {
    const { code, out } = await fencepost([...broken, '--property', 'pressesLeft']);
    expect(code).toBe(0);
    expect(out).toMatch(/^light with breaks HOLDS for presses=3 \(complete: \d states\)\n/);
    expect(out).not.toMatch(/^ {2}works /m);
    const again = await fencepost([...broken, '--property', 'works']);
    expect(again.out).toContain(
      `npx fencepost check ${light} --set presses=3 --with breaks --property works\n`,
    );
    const stranger = await fencepost([...broken, '--property', 'work']);
    expect(stranger.code).toBe(2);
    expect(stranger.err).toContain("light has no property 'work'. Did you mean 'works'?");
  });

  test('says of a change that does not show here where it does', async () => {
    const { code, out } = await fencepost(['check', light, '--with', 'breaks']);
    expect(code).toBe(0);
    expect(out).toContain(
      `breaks is declared to break works at other bounds: npx fencepost check ${light} --set presses=3 --with breaks\n`,
    );
  });

  test('warns of a premise that was never true and of what is unchecked', async () => {
    const { out } = await fencepost(['check', light]);
    expect(out).toContain('(complete: 3 states; 1 property unchecked)');
    expect(out).toContain('pressesLeft says nothing: its premise was never true');
    expect(out).toContain('unchecked, since not promised under these parameters: worksLong');
  });

  test('tells a run that never comes to what was promised, and what liveness assumes', async () => {
    const good = await fencepost(['check', fixture('lamp.ts')]);
    expect(good.out).toMatch(/^ {2}shinesAgain {2}holds$/m);
    expect(good.out).toMatch(/^ {2}assuming that blink/m);
    const bad = await fencepost(['check', fixture('lamp.ts'), '--with', 'burnsOut']);
    expect(bad.code).toBe(1);
    expect(bad.out).toContain('the run stops for ever after step 2');
  });

  test('does not call unchecked liveness checked', async () => {
    const { out } = await fencepost(['check', fixture('lamp.ts'), '--set', 'seen=0']);
    expect(out).toContain('lamp HOLDS for seen=0 (complete: 1 state; 1 property unchecked)');
    expect(out).toMatch(/unchecked, since the constraint \(within\) cuts off runs.*: shinesAgain$/m);
  });

  test('takes a bare string as a parameter, and quotes it for the shell', async () => {
    const { out } = await fencepost([
      'check',
      light,
      '--set',
      'mood=it is dark',
      '--all',
      '--with',
      'breaks',
      '--set',
      'presses=4',
    ]);
    expect(out).toContain('mood=it is dark');
    expect(out).toContain(`--set 'mood=it is dark' --set presses=4 --with breaks --all\n`);
  });

  test.each([
    ['states', '2', 'the limit of 2 states'],
    ['depth', '2', 'the limit of 2 levels'],
  ])('stops at --%s, and never calls that holding', async (option, value, why) => {
    const { code, out } = await fencepost(['check', 'examples/die-hard', `--${option}`, value]);
    expect(code).toBe(3);
    expect(out).toContain(`examples/die-hard STOPPED (${why}) for small=3, big=5: no violation`);
    expect(out).toContain('not reached so far: fourLitres');
    expect(out).not.toContain('HOLDS');
  });

  test('stops at --seconds', async () => {
    const { code, out } = await fencepost([
      'check',
      'examples/two-phase-commit',
      '--set',
      'resourceManagers=9',
      '--seconds',
      '0.2',
    ]);
    expect(code).toBe(3);
    expect(out).toContain('STOPPED (the limit of 0.2 seconds)');
  });

  test('shows progress once a second to who watches', async () => {
    const argv = ['check', 'examples/two-phase-commit', '--set', 'resourceManagers=9', '--seconds', '1.3'];
    const { err } = await fencepost(argv, { progress: true });
    expect(err.replaceAll('\x1b', 'ESC')).toMatch(
      /^\rESC\[K[\d,]+ states(?: of (?:some [\d,]+ \([\d,]+ to [\d,]+\)|an unknown number))? · [\d,]+\/s · queue [\d,]+ · depth \d+ · \d+ MiB · 1\.\d s\rESC\[K$/,
    );
  });

  test('uses colours only where they are wanted', async () => {
    const colour = '\x1b[';
    expect((await fencepost(broken)).out).not.toContain(colour);
    expect((await fencepost(broken, { color: true })).out).toContain(colour);
  });
});

describe('the run of a violation or a witness', () => {
  test('is written with --trace, as JSON', async () => {
    const file = join(folder, 'trace.json');
    const { code, out } = await fencepost([...broken, '--trace', file]);
    expect(code).toBe(1);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ model: 'light', property: 'works' });
    expect(out).toContain(`npx fencepost replay ${file} ${light}\n`);
  });

  test('is written in the format that is asked for', async () => {
    const file = join(folder, 'trace.txt');
    await fencepost([...broken, '--trace', file, '--format', 'text']);
    expect(readFileSync(file, 'utf8')).toContain('somebody presses the switch');
  });

  test('is the only thing on standard output with --format alone', async () => {
    const { code, out, err } = await fencepost([...broken, '--format', 'json']);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ property: 'works' });
    expect(err).toMatch(/^light with breaks VIOLATES works/);
  });

  test.each([
    ['mermaid', /^sequenceDiagram\n/],
    ['itf', /^\{\n {2}"#meta": \{\n {4}"format": "ITF",/],
    ['html', /^<!doctype html>\n/],
  ])('is printed as %s, and written so', async (format, begins) => {
    const file = join(folder, `trace.${format}`);
    const { code, out } = await fencepost([...broken, '--format', format]);
    expect(code).toBe(1);
    expect(out).toMatch(begins);
    await fencepost([...broken, '--format', format, '--trace', file]);
    expect(readFileSync(file, 'utf8')).toBe(out);
  });

  test('is shown for a witness', async () => {
    const file = join(folder, 'witness.json');
    const argv = ['check', 'examples/die-hard', '--witness', 'fourLitres'];
    const { code, out } = await fencepost([...argv, '--trace', file]);
    expect(code).toBe(0);
    expect(out).toContain('fourLitres is reached after 6 steps');
    expect(out).toContain('the small jug is emptied');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      verdict: 'reached',
      property: 'fourLitres',
    });
  });

  test('leaves a file alone when there is nothing to write', async () => {
    const file = join(folder, 'kept.json');
    writeFileSync(file, 'kept');
    const { out } = await fencepost(['check', 'examples/die-hard', '--trace', file]);
    expect(out).toContain(`There is no run to show: ${file} was not written.`);
    expect(readFileSync(file, 'utf8')).toBe('kept');
  });

  test('leaves nothing half-written behind', () => {
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});

describe('--json', () => {
  test('prints one object that its schema describes, and nothing else', async () => {
    const { code, out, err } = await fencepost(['check', 'examples/die-hard', '--json']);
    expect(code).toBe(0);
    expect(err).toBe('');
    expect(SearchJson.parse(JSON.parse(out))).toMatchObject({
      model: 'examples/die-hard',
      params: { small: 3, big: 5 },
      changes: [],
      search: 'breadth-first',
      verdict: 'holds',
      complete: true,
      distinct: 16,
      generated: 97,
      depth: 8,
      seed: null,
      properties: [
        { name: 'fourLitres', kind: 'reachable', result: 'reached', premise: 1 },
        { name: 'deadlock', kind: 'deadlock', result: 'holds', premise: 16 },
      ],
      violations: [],
      warnings: [],
      report: null,
      message: null,
    });
  });

  test('holds the run of a violation', async () => {
    const { code, out } = await fencepost([...broken, '--json']);
    const { verdict, violations } = SearchJson.parse(JSON.parse(out));
    expect(code).toBe(1);
    expect(verdict).toBe('violated');
    expect(violations).toMatchObject([
      { property: 'works', kind: 'always', steps: 3, trace: { model: 'light' } },
    ]);
  });

  test('has no run for a witness that none reaches', async () => {
    const { code, out } = await fencepost([
      'check',
      'examples/die-hard',
      '--set',
      'small=2',
      '--set',
      'big=2',
      '--json',
    ]);
    expect(code).toBe(1);
    expect(SearchJson.parse(JSON.parse(out)).violations).toMatchObject([
      { property: 'fourLitres', steps: null, trace: null },
    ]);
  });

  test.each([
    [['check', 'no-such-model', '--json'], 'no-such-model'],
    [['check', light, '--set', 'presses=1000', '--json'], light],
    [['check', light, '--depht', '3', '--json'], null],
    [['check', light, '--json', '--format', 'text'], light],
    [['check', fixture('mutates.ts'), '--json'], fixture('mutates.ts')],
  ])('says what is wrong: %s', async (argv, model) => {
    const { code, out, err } = await fencepost(argv);
    const { verdict, message, model: named } = SearchJson.parse(JSON.parse(out));
    expect({ code, verdict, named }).toEqual({ code: 2, verdict: 'error', named: model });
    expect(err).toBe(`fencepost: ${message}\n`);
  });
});

describe('check without a model', () => {
  test('checks every model of the house at its default bounds', async () => {
    const { code, out } = await fencepost(['check', '--states', '200']);
    expect(out).toMatch(/^model +verdict +distinct +generated +depth +seconds +warnings\n/);
    expect(out).toMatch(/^examples\/die-hard +holds +16 +97 +8 /m);
    expect(out).toMatch(/^examples\/ewd840 +stopped +200 /m);
    expect(code).toBe(3);
  });

  test('does so for programs', async () => {
    const { out } = await fencepost(['check', '--states', '200', '--json']);
    const { models } = CheckAllJson.parse(JSON.parse(out));
    expect(models.find(({ model }) => model === 'examples/die-hard')).toMatchObject({
      verdict: 'holds',
      distinct: 16,
    });
  });

  test.each(['set', 'with', 'trace', 'witness', 'format'])('refuses --%s', async (option) => {
    const value = { set: 'a=1', format: 'json' }[option] ?? 'x';
    const { code, err } = await fencepost(['check', `--${option}`, value]);
    expect(code).toBe(2);
    expect(err).toContain(`--${option} needs a model`);
  });
});

test('--explain says when the violation became unavoidable', async () => {
  const args = ['check', fixture('light.ts'), '--with', 'breaks', '--set', 'presses=3', '--explain'];
  const { code, out } = await fencepost(args);
  expect(out.replaceAll(/\s+/g, ' ')).toContain(
    'It takes 3 steps. presses goes from 3 to 0 in steps 1, 2 and 3. The last step builds on what step 2 left. ' +
      'It was judged by bulb = broken, presses = 0. ' +
      'It cannot be avoided: every run that goes on as long as it can comes to it, from the beginning.',
  );
  expect(code).toBe(1);
  const json = await fencepost([...args, '--json']);
  expect(SearchJson.parse(JSON.parse(json.out)).violations?.[0]?.explained).toMatch(
    /^It was judged by bulb = broken/,
  );
});

test('--report says what the verdict is worth', async () => {
  const { code, out } = await fencepost(['check', light, '--report']);
  expect(out).toContain('Actions (how often each was taken; what it waited for in all 3 states)');
  expect(out).toMatch(/^ {2}press {2}2 steps; possible in 67 %, else always presses = 0$/m);
  expect(out).toMatch(/^ {2}presses: 2, spent in 1 of 3 states \(33 %\); then no press$/m);
  expect(out).toMatch(/^ {2}works +breaks$/m);
  expect(out).toMatch(/^ {2}shines +nothing that was tried$/m);
  expect(out).toMatch(/^ {2}there are no seeded faults$/m);
  expect(code).toBe(0);
  const json = await fencepost(['check', light, '--report', '--json']);
  expect(SearchJson.parse(JSON.parse(json.out)).report).toEqual({
    states: 3,
    actions: [{ action: 'press', looked: 3, enabled: 2, disabledBy: [{ read: 'presses = 0', times: 1 }] }],
    budgets: [{ name: 'presses', given: 2, spent: 1 }],
    seeded: { faults: 0, limit: 50_000, killed: 0, survived: 0 },
    unviolated: ['shines', 'deadlock'],
  });
});

test('--report runs the seeded faults, and names what none of them violates', async () => {
  const vault = fixture('vault.ts');
  const { out } = await fencepost(['check', vault, '--report']);
  expect(out).toMatch(/^ {2}onlyByKey +seeded: mayOpen\/withoutKey, mayOpen\/guarded$/m);
  expect(out).toContain(
    `5 seeded faults, each alone at its own bounds and up to 50,000 states: 3 violate something, 1 violate nothing, 1 break the model itself, 2 not as declared; npx fencepost mutate ${vault}`,
  );
  expect(out).toMatch(/^ {2}violated by no change and no seeded fault: fiveTries$/m);
});
