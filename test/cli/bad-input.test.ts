import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { fencepost, fixture } from './fencepost.ts';

const folder = mkdtempSync(join(tmpdir(), 'fencepost-bad-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
mkdirSync(join(folder, 'empty'));
mkdirSync(join(folder, 'corrupt'));
mkdirSync(join(folder, 'kept'));
writeFileSync(join(folder, 'kept/checkpoint'), 'nothing of the kind');
writeFileSync(join(folder, 'corrupt/server-1.log'), Buffer.from([0, 255, 254, 10, 1, 2, 3]));

const dieHard = 'examples/die-hard';

const cases: [what: string, argv: string[], says: string | RegExp][] = [
  ['unknown command', ['chek'], "unknown command 'chek' (Did you mean check?)"],
  [
    'unknown model',
    ['check', 'zookeper/election'],
    "There is no model 'zookeper/election'. Did you mean 'zookeeper/election'?",
  ],
  [
    'unknown model, nothing like it',
    ['check', 'raft'],
    /There is no model 'raft'\. There are: examples\/.*zookeeper\/election, .*\./,
  ],
  [
    'unknown parameter',
    ['check', dieHard, '--set', 'smal=3'],
    "examples/die-hard has no parameter 'smal'. Did you mean 'small'?",
  ],
  [
    'value out of range',
    ['check', dieHard, '--set', 'small=0'],
    /^examples\/die-hard: the parameter small cannot be 0: Too small/,
  ],
  [
    'value of another type',
    ['check', dieHard, '--set', 'small=three'],
    /the parameter small cannot be "three": Invalid input/,
  ],
  [
    '--set without =',
    ['check', dieHard, '--set', 'small'],
    "option '--set <parameter=value>' argument 'small' is invalid. Write --set parameter=value, such as --set servers=3.",
  ],
  ['--set without a name', ['check', dieHard, '--set', '=3'], /Write --set parameter=value/],
  [
    '--set twice',
    ['check', dieHard, '--set', 'small=3', '--set', 'small=4'],
    /The parameter small is set twice/,
  ],
  ['--set of what every object has', ['check', dieHard, '--set', '__proto__=1'], "no parameter '__proto__'"],
  [
    'unknown change',
    ['check', 'zookeeper/election', '--with', 'zxidIgnord'],
    "zookeeper/election has no change 'zxidIgnord'. Did you mean 'zxidIgnored'?",
  ],
  ['workers: none', ['check', dieHard, '--workers', '0'], 'It must be a whole number, at least 1.'],
  ['workers: too many', ['check', dieHard, '--workers', '65'], 'It must be at most 64.'],
  ['memory without a unit', ['check', dieHard, '--memory', '4'], 'Write 512MiB or 4GiB.'],
  [
    '--resume of nothing',
    ['check', dieHard, '--resume', join(folder, 'empty')],
    `${join(folder, 'empty')} holds no checkpoint to resume.`,
  ],
  [
    '--resume of what is none',
    ['check', dieHard, '--resume', join(folder, 'kept')],
    `the checkpoint in ${join(folder, 'kept')} is damaged: it ends early, or bytes of it have changed.`,
  ],
  [
    '--checkpoint where one is',
    ['check', dieHard, '--checkpoint', join(folder, 'kept')],
    'holds a checkpoint: go on from it with --resume, or name another folder.',
  ],
  [
    '--checkpoint and --resume',
    ['check', dieHard, '--checkpoint', folder, '--resume', folder],
    '--resume goes on keeping the search in its folder: leave out --checkpoint.',
  ],
  [
    '--checkpoint-every alone',
    ['check', dieHard, '--checkpoint-every', '10m'],
    '--checkpoint-every needs --checkpoint or --resume.',
  ],
  ['--resume without a model', ['check', '--resume', folder], '--resume needs a model'],
  ['--with twice', ['check', dieHard, '--with', 'a', '--with', 'a'], /The change is named twice/],
  [
    'unknown witness',
    ['check', dieHard, '--witness', 'fiveLitres'],
    "examples/die-hard has no witness 'fiveLitres'. Did you mean 'fourLitres'?",
  ],
  ['unknown option', ['check', dieHard, '--depht', '3'], "unknown option '--depht' (Did you mean --depth?)"],
  ['two models', ['check', dieHard, dieHard], /too many arguments/],
  ['no number of states', ['check', dieHard, '--states', 'many'], /It must be a whole number, at least 1/],
  ['no depth', ['check', dieHard, '--depth', '0'], /It must be a whole number, at least 1/],
  ['no time', ['check', dieHard, '--seconds', '-1'], /It must be a number above 0/],
  ['unknown format', ['check', dieHard, '--format', 'yaml'], /Allowed choices are text/],
  [
    'a trace into no folder',
    ['check', dieHard, '--trace', join(folder, 'none/trace.json')],
    /cannot be written: there is no folder/,
  ],
  ['a trace onto a folder', ['check', dieHard, '--trace', folder], /is a folder: name a file in it/],
  ['a trace to -', ['check', dieHard, '--trace', '-'], '--format json prints the run on standard output'],
  ['no such model file', ['check', './no-such.ts'], 'There is no file ./no-such.ts'],
  [
    'a model file that does not parse',
    ['check', fixture('unparsable.ts')],
    /unparsable\.ts cannot be loaded \(line 3\): Unexpected "defalt"$/,
  ],
  [
    'a file without a model',
    ['check', fixture('none.ts')],
    /none\.ts exports no model: its default export must be/,
  ],
  [
    'a file with several models',
    ['check', fixture('two.ts')],
    /two\.ts exports several models \(here, there\)/,
  ],
  [
    'an action that mutates the state',
    ['check', fixture('mutates.ts')],
    /^model mutates, action act\(1\): mutates a value of the state.*mutates\.ts, line 9\)$/,
  ],
  [
    'an action that returns a wrong shape',
    ['check', fixture('wrong-shape.ts')],
    /^model wrong-shape, action act\(1\), component box\(1\): .*"one"/,
  ],
  [
    'an action that reads the clock',
    ['check', fixture('reads-clock.ts')],
    /^model reads-clock, action act\(1\): reads the clock/,
  ],
  [
    'an action that depends on more than the state',
    ['check', fixture('impure.ts')],
    /^model impure, action act\(1\): is impure/,
  ],
  [
    'an action that reads a ghost',
    ['check', fixture('reads-ghost.ts')],
    /^model reads-ghost, action act\(1\), component box\(1\): reads a ghost/,
  ],
  [
    'an action that sends into a full channel',
    ['check', fixture('full-channel.ts')],
    /^model full-channel, action act\(1\), component inbox\(1\): send into a full channel/,
  ],
  [
    'an action that throws',
    ['check', fixture('throws.ts')],
    /^model throws, action act\(1\): throws Error: no such luck/,
  ],
  [
    'a model that cannot be looked at',
    ['check', fixture('getter-throws.ts')],
    /getter-throws\.ts fails \(line 3\): no such luck$/,
  ],
  [
    'an action whose instances throw',
    ['check', fixture('each-throws.ts')],
    /^model each-throws, action act: throws TypeError/,
  ],
  ['rules that throw', ['check', fixture('rules-throw.ts')], /^model rules-throw: its rules throw TypeError/],
  [
    'a parameter without a default',
    ['check', fixture('no-init.ts')],
    /^no-init: the parameter size has no default/,
  ],
  [
    'a model without an initial state',
    ['check', fixture('no-init.ts'), '--set', 'size=3'],
    /^model no-init: has no initial state/,
  ],
  ['verify with an unknown change', ['verify', dieHard, '--with', 'nothing'], /has no change 'nothing'/],
  ['a change of no model', ['verify', '--with', 'zxidIgnored'], '--with needs a model'],
  ['no log folder', ['conform', join(folder, 'none')], /^There is no folder /],
  ['an empty log folder', ['conform', join(folder, 'empty')], /holds no logs/],
  ['a corrupt log', ['conform', join(folder, 'corrupt')], /corrupt: no log there tells of an election/],
];

test.each(cases)('%s', async (_what, argv, says) => {
  const { code, out, err } = await fencepost(argv);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(/^fencepost: [^\n]+\n$/); // one sentence, no stack trace
  const sentence = err.replace(/^fencepost: /, '').trimEnd();
  if (typeof says === 'string') expect(sentence).toContain(says);
  else expect(sentence).toMatch(says);
});
