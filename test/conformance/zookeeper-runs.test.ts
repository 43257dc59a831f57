import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { conformFolder, conformLogs } from '../../conformance/conform-folder.ts';
import { ConformReport } from '../../conformance/report.ts';
import type { FleRules } from '../../model/zookeeper/election/rules.ts';
import {
  endsWhenAllHaveVoted,
  epochIgnored,
  finalizeWithoutComparing,
  strictVotesEqual,
  withoutCheckLeader,
  withoutLeadingClause,
  zxidIgnored,
} from '../../model/zookeeper/election/variants.ts';
import { logsOf, RUNS, runs } from './fixtures.ts';

/** How many lines of a log contain a text: counted apart from the parser, to see that it left none out. */
const containing = (run: string, text: string) =>
  logsOf(run).reduce((sum, { lines }) => sum + lines.filter((each) => each.includes(text)).length, 0);

describe('the recorded runs', () => {
  test('there are 31', () => expect(runs).toHaveLength(31));

  test.each(runs)('%s agrees with the rules, and no line was left out', async (run) => {
    const report = await conformFolder(join(RUNS, run));
    expect(report.contradictions).toEqual([]);
    expect(ConformReport.parse(report)).toEqual(report);
    expect(report).toMatchObject({ verdict: 'agrees', votersFrom: 'manifest', warnings: [] });
    expect(report.checked).toMatchObject({
      received: containing(run, ' - Notification: my state:'),
      counted: containing(run, ' - Adding vote: '),
      compared: containing(run, 'proposed id: '),
      updated: containing(run, ' - Updating proposal: '),
      sent: containing(run, ' - Sending Notification: '),
      answered: containing(run, ' - Sending new notification. '),
      elections: containing(run, ' - New election. '),
      timeouts: containing(run, ' - Notification time out: '),
      elected: containing(run, ' - About to leave FLE instance: '),
    });
    expect(report.checked.matchedWithSender).toBe(report.checked.received);
    for (const kind of ['received', 'counted', 'sent', 'elected'] as const) {
      expect(report.checked[kind]).toBeGreaterThan(0);
    }
  });
});

describe('logs alone', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fencepost-conform-'));
    for (const name of await readdir(join(RUNS, 'h-observer-1'))) {
      if (name !== 'manifest.json') await cp(join(RUNS, 'h-observer-1', name), join(folder, name));
    }
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('show who votes: whoever is sent a proposal', async () => {
    const report = await conformFolder(folder);
    expect(report).toMatchObject({ verdict: 'agrees', voters: [1, 2, 3], votersFrom: 'logs' });
    expect(report.servers.filter((server) => !server.votes).map((server) => server.sid)).toEqual([4]);
  });

  test('a wrong electorate is contradicted', async () => {
    const verifier = { kind: 'majority', voters: [1, 2, 3, 4] } as const;
    expect(await conformFolder(folder, { verifier })).toMatchObject({
      verdict: 'contradicted',
      votersFrom: 'option',
    });
  });
});

test('the log of one server is checked without those of the others', () => {
  const [one] = logsOf('c-leader-crash-1').map(({ log }) => log);
  const report = conformLogs(one === undefined ? [] : [one]);
  expect(report.verdict).toBe('agrees');
  expect(report.checked.matchedWithSender).toBeLessThan(report.checked.received);
  expect(report.warnings).toEqual([
    expect.stringMatching(/^\d+ notifications come from servers whose logs are not here/),
  ]);
});

describe('real ensembles do not follow', () => {
  const all = runs.map((run) => logsOf(run).map(({ log }) => log));
  test.each<[string, FleRules]>([
    ['an order without zxid', zxidIgnored],
    ['an order without epoch', epochIgnored],
    ['a strict equality of votes (before ZOOKEEPER-1805)', strictVotesEqual],
    ['an election without checkLeader', withoutCheckLeader],
    ['a checkLeader that does not ask the leader', withoutLeadingClause],
    ['an election that ends when all have voted (before ZOOKEEPER-975)', endsWhenAllHaveVoted],
    ['a finalize wait that does not compare', finalizeWithoutComparing],
  ])('%s', (_name, rules) => {
    expect(all.some((logs) => conformLogs(logs, { rules }).verdict === 'contradicted')).toBe(true);
  });
});
