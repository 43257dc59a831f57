import { fleRules } from '../model/zookeeper/election/fle-rules.ts';
import { type QuorumVerifier, votingMembers } from '../model/zookeeper/election/quorum-verifier.ts';
import type { FleRules } from '../model/zookeeper/election/rules.ts';
import { LogError } from './log-error.ts';
import { readLogFolder, votersOfManifest } from './log-folder.ts';
import type { Checked, ConformReport } from './report.ts';
import { type ChannelCheck, checkChannels, type Replayed } from './zookeeper/channels.ts';
import type { Event } from './zookeeper/event.ts';
import { type Contradiction, replayServer } from './zookeeper/replay.ts';
import { parseServerLog, type ServerLog } from './zookeeper/server-log.ts';
import { type Electorate, electorate } from './zookeeper/voters.ts';

export interface ConformOptions {
  /** Who votes and what a quorum is; without it, a majority of the manifest's voters or of those seen in the logs. */
  readonly verifier?: QuorumVerifier;
  /** The rules to replay the logs through, for instance with a design change; FastLeaderElection's own by default. */
  readonly rules?: FleRules;
}

/**
 * Replays the logs of an ensemble, one file per server, through the rules of FastLeaderElection. Throws a LogError for a folder
 * that cannot be checked; a run in which nothing was checked is such an error, never agreement.
 */
export async function conformFolder(folder: string, options: ConformOptions = {}): Promise<ConformReport> {
  const files = await readLogFolder(folder);
  const parsed = files.map(({ name, lines }) => ({ name, log: parseServerLog(name, lines) }));
  const manifest = await votersOfManifest(folder);
  const logs = parsed.flatMap(({ log }) => (log === undefined ? [] : [log]));
  const warnings = parsed
    .filter(({ log }) => log === undefined)
    .map(({ name }) => `${name} tells of no election and was not looked at`);
  if (logs.length === 0) {
    throw new LogError(`${folder}: no log there tells of an election of ZooKeeper servers`);
  }
  return { folder, ...conformLogs(logs, options, manifest, warnings) };
}

/** The same for logs that have been read already. */
export function conformLogs(
  logs: readonly ServerLog[],
  options: ConformOptions = {},
  manifest?: readonly number[],
  warnings: readonly string[] = [],
): Omit<ConformReport, 'folder'> {
  const telling = logs.filter(tellsVotes);
  refuse(logs, telling);
  const who = electorate(telling, options.verifier, manifest);
  const servers = replayAll(telling, who, options.rules ?? fleRules);
  const voters = [...votingMembers(who.verifier)];
  const channels = checkChannels(servers, voters);
  const contradictions = allContradictions(servers, channels);
  const checked = checkedIn(servers, channels);
  if (contradictions.length === 0 && Object.values(checked).every((count) => count === 0)) {
    throw new LogError(
      'nothing could be checked: no log holds the start of a server and an election after it',
    );
  }
  return {
    verdict: contradictions.length === 0 ? 'agrees' : 'contradicted',
    voters,
    votersFrom: who.from,
    servers: servers.map(({ log, replay }) => ({
      sid: log.sid,
      file: log.file,
      votes: voters.includes(log.sid),
      incarnations: replay.incarnations,
      checked: [...replay.checked.values()].reduce((sum, count) => sum + count, 0),
      skipped: replay.skipped,
    })),
    checked,
    contradictions: contradictions.map(({ log, contradiction: { line, text, expected, situation } }) => ({
      sid: log.sid,
      file: log.file,
      line,
      text,
      expected: [...expected],
      situation,
    })),
    warnings: [...warnings, ...warningsOf(logs, servers, channels)],
  };
}

/** At DEBUG, the votes of an election are in the log; at INFO, only that it took place. */
const tellsVotes = (log: ServerLog): boolean => log.events.some((event) => event.type === 'send');

function refuse(logs: readonly ServerLog[], telling: readonly ServerLog[]): void {
  if (logs.length === 0) throw new LogError('no log tells of an election of ZooKeeper servers');
  if (telling.length === 0) {
    throw new LogError('the logs hold no votes: org.apache.zookeeper.server.quorum must be logged at DEBUG');
  }
  for (const [i, log] of logs.entries()) {
    const other = logs.slice(i + 1).find(({ sid }) => sid === log.sid);
    if (other !== undefined) {
      throw new LogError(
        `${log.file} and ${other.file} are both logs of server ${log.sid}: join them into one`,
      );
    }
  }
}

function replayAll(
  logs: readonly ServerLog[],
  { verifier }: Electorate,
  rules: FleRules,
): readonly Replayed[] {
  const tellsOracle = logs.some((log) => log.events.some((event) => event.type === 'oracle'));
  return logs.map((log) => {
    const learnerType = votingMembers(verifier).includes(log.sid) ? 'PARTICIPANT' : 'OBSERVER';
    const peer = { sid: log.sid, learnerType, verifiers: { current: verifier } } as const;
    return { log, replay: replayServer(log, { peer, rules, tellsOracle }) };
  });
}

function allContradictions(servers: readonly Replayed[], channels: ChannelCheck) {
  const replayed: { readonly log: ServerLog; readonly contradiction: Contradiction }[] = servers.flatMap(
    ({ log, replay: { contradiction } }) => (contradiction === null ? [] : [{ log, contradiction }]),
  );
  const received = channels.contradictions.filter(({ log }) => !replayed.some((other) => other.log === log));
  return [...replayed, ...received].sort((a, b) => a.contradiction.time - b.contradiction.time);
}

function checkedIn(servers: readonly Replayed[], channels: ChannelCheck): Checked {
  const of = (...types: readonly Event['type'][]) =>
    servers.reduce(
      (sum, { replay }) => types.reduce((s, type) => s + (replay.checked.get(type) ?? 0), sum),
      0,
    );
  return {
    received: of('received'),
    matchedWithSender: channels.matched,
    counted: of('count'),
    compared: of('compare'),
    updated: of('update'),
    sent: of('send'),
    answered: of('answer'),
    ignored: of('lowerRound', 'noData', 'observer', 'strangeLeader', 'strangeSender', 'oracle'),
    elections: of('newElection'),
    timeouts: of('timeout'),
    elected: of('elected'),
    roles: of('role'),
  };
}

function warningsOf(
  logs: readonly ServerLog[],
  servers: readonly Replayed[],
  channels: ChannelCheck,
): string[] {
  const silent = logs
    .filter((log) => !tellsVotes(log))
    .map(({ file }) => `${file} holds no votes and was not looked at: log at DEBUG`);
  const skipped = servers
    .filter(({ replay }) => replay.skipped > 0)
    .map(
      ({ log, replay }) =>
        `${log.file}: ${replay.skipped} lines were skipped, before the first start of the server or after a reconfiguration`,
    );
  const unknown =
    channels.unknownSender === 0
      ? []
      : [
          `${channels.unknownSender} notifications come from servers whose logs are not here, or not replayed to the end`,
        ];
  return [...silent, ...skipped, ...unknown];
}
