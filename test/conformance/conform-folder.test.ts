import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { conformFolder } from '../../conformance/conform-folder.ts';
import { formatReport } from '../../conformance/format-report.ts';
import { LogError } from '../../conformance/log-error.ts';
import { ConformReport } from '../../conformance/report.ts';
import { RUNS } from './fixtures.ts';
import { boot, newElection, role, start } from './written-log.ts';

const recorded = (file: string) => join(RUNS, 'c-leader-crash-1', file);

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fencepost-conform-'));
});
afterEach(() => rm(folder, { recursive: true }));

const write = (name: string, content: string | Buffer) => writeFile(join(folder, name), content);

describe('a folder that cannot be checked is an error of one sentence', () => {
  const refused = async (message: string | RegExp) => {
    const error: unknown = await conformFolder(folder).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(LogError);
    expect(error).toHaveProperty('message', expect.stringMatching(message));
    expect(error).not.toHaveProperty('message', expect.stringContaining('\n'));
  };

  test('no such folder', async () => {
    await rm(folder, { recursive: true });
    await refused(/^There is no folder /);
    await mkdir(folder);
  });

  test('an empty folder', () => refused(/holds no logs: no file there ends in \.log/));

  test('a folder without a file named like a log', async () => {
    await write('manifest.json', '{}');
    await mkdir(join(folder, 'x.log'));
    await refused(/holds no logs/);
  });

  test('a truncated gzip file', async () => {
    const whole = await readFile(recorded('server-1.log.gz'));
    await write('server-1.log.gz', whole.subarray(0, whole.length / 2));
    await refused(/^server-1\.log\.gz is not a whole gzip file: unexpected end of file$/);
  });

  test('a file that is no gzip file', async () => {
    await write('server-1.log.gz', 'plain text');
    await refused(/^server-1\.log\.gz is not a whole gzip file: incorrect header check$/);
  });

  test('a corrupt gzip file', async () => {
    const bytes = await readFile(recorded('server-1.log.gz'));
    await write('server-1.log.gz', bytes.fill(7, bytes.length / 2, bytes.length / 2 + 20));
    await refused(/^server-1\.log\.gz is not a whole gzip file/);
  });

  test('no line of ZooKeeper', async () => {
    await write('a.log', 'something else\n'.repeat(20));
    await write('b.log', Buffer.from([0, 255, 254, 0, 10, 7]));
    await write('c.log', '');
    await refused(/: no log there tells of an election of ZooKeeper servers$/);
  });

  test('logs without votes', async () => {
    await write('server-1.log', [boot, role('LOOKING'), newElection()].join('\n'));
    await refused(/^the logs hold no votes: org\.apache\.zookeeper\.server\.quorum must be logged at DEBUG$/);
  });

  test('nothing but the middle of a log', async () => {
    await write('server-1.log', start.slice(2).join('\n'));
    await refused(/^nothing could be checked: no log holds the start of a server/);
  });

  test('two logs of one server', async () => {
    await write('a.log', start.join('\n'));
    await write('b.log', start.join('\n'));
    await refused(/^a\.log and b\.log are both logs of server 1: join them into one$/);
  });

  test('a damaged line', async () => {
    const lines = gunzipSync(await readFile(recorded('server-1.log.gz')))
      .toString('utf8')
      .split('\n');
    const at = lines.findIndex((each) => each.includes('Adding vote'));
    await write('server-1.log', lines.with(at, lines[at]?.replace('leader=', 'ldr=') ?? '').join('\n'));
    await refused(new RegExp(`^server-1\\.log:${at + 1} is damaged: Adding vote`));
  });

  test('a manifest that is no JSON', async () => {
    await cp(recorded('server-1.log.gz'), join(folder, 'server-1.log.gz'));
    await write('manifest.json', '{ "config": ');
    await refused(/^manifest\.json is no JSON/);
  });
});

describe('a folder', () => {
  test('may hold plain and packed logs, with either end of line, and files of other kinds', async () => {
    const text = gunzipSync(await readFile(recorded('server-1.log.gz'))).toString('utf8');
    await write('zookeeper.out', text.replaceAll('\n', '\r\n'));
    const second = await readFile(recorded('server-2.log.gz'));
    await write('b.log.gz', Buffer.concat([gzipSync(''), second]));
    await cp(recorded('server-3.log.gz'), join(folder, 'c.log.gz'));
    await write('gc.log', '[0.003s][info][gc] Using G1\n');
    const report = await conformFolder(folder);
    expect(report.servers.map(({ file, sid }) => [file, sid])).toEqual([
      ['b.log.gz', 2],
      ['c.log.gz', 3],
      ['zookeeper.out', 1],
    ]);
    const whole = await conformFolder(join(RUNS, 'c-leader-crash-1'));
    expect(report).toMatchObject({ verdict: 'agrees', checked: whole.checked });
    expect(report.warnings).toEqual(['gc.log tells of no election and was not looked at']);
  });

  test('a manifest of something else is no matter', async () => {
    await cp(recorded('server-1.log.gz'), join(folder, 'server-1.log.gz'));
    await write('manifest.json', '{"name": "a browser extension"}');
    expect(await conformFolder(folder)).toMatchObject({ verdict: 'agrees', votersFrom: 'logs' });
  });
});

describe('the report', () => {
  test('of agreement says what was checked', async () => {
    const report = await conformFolder(join(RUNS, 'h-observer-1'));
    expect(formatReport(report).replace(RUNS, 'runs')).toBe(
      [
        'runs/h-observer-1: the rules explain every line',
        '  4 servers, started 5 times; voters 1, 2, 3 (from manifest.json); not voting: 4',
        '  checked: 40 notifications received (40 found at their sender), 21 votes counted, 25 compared, 13 updates, ' +
          '39 proposals and 6 answers sent, 1 ignored, 9 elections with 0 timeouts, 9 leaders elected',
      ].join('\n'),
    );
  });

  test('of a contradiction says where, what was expected and how the server stood', async () => {
    await cp(join(RUNS, 'c-leader-crash-1'), folder, { recursive: true });
    const lines = gunzipSync(await readFile(recorded('server-1.log.gz')))
      .toString('utf8')
      .split('\n');
    const at = lines.findIndex((each) => each.includes('Adding vote'));
    const before = lines[at] ?? '';
    await rm(join(folder, 'server-1.log.gz'));
    await write('server-1.log', lines.with(at, before.replace(/leader=\d/, 'leader=3')).join('\n'));
    const report = await conformFolder(folder);
    expect(ConformReport.parse(report)).toEqual(report);
    expect(report.contradictions).toHaveLength(1);
    expect(report.contradictions[0]).toMatchObject({
      sid: 1,
      file: 'server-1.log',
      line: at + 1,
      expected: [before.slice(before.indexOf('Adding vote'))],
    });
    const text = formatReport(report).replace(folder, 'run');
    expect(text).toContain('run: the rules do not explain the logs');
    expect(text).toContain(`  server-1.log:${at + 1}\n    Adding vote: from=`);
    expect(text).toContain(
      `  expected\n    ${before.slice(before.indexOf('Adding vote'))}\n  server 1: LOOKING (`,
    );
  });
});
