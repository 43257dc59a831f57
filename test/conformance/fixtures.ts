import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { LogError } from '../../conformance/log-error.ts';
import { parseServerLog, type ServerLog } from '../../conformance/zookeeper/server-log.ts';

export const RUNS = join(import.meta.dirname, '../fixtures/zookeeper-logs');

/** The recorded runs of real ensembles. */
export const runs: readonly string[] = readdirSync(RUNS, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();

export interface RecordedLog {
  readonly file: string;
  readonly lines: readonly string[];
  readonly log: ServerLog;
}

/** The servers' logs of a run, read and parsed. */
export const logsOf = (run: string): readonly RecordedLog[] =>
  readdirSync(join(RUNS, run))
    .filter((file) => file.endsWith('.log.gz'))
    .sort()
    .map((file) => {
      const lines = gunzipSync(readFileSync(join(RUNS, run, file)))
        .toString('utf8')
        .trimEnd()
        .split('\n');
      return { file, lines, log: parse(file, lines) };
    });

/** A log of a server, from its lines; an error if it is none. */
export function parse(file: string, lines: readonly string[]): ServerLog {
  const log = parseServerLog(file, lines);
  if (log === undefined) throw new LogError(`${file} is no log of a server`);
  return log;
}

/** A line as server `sid` logs it, in the layout of the recorded runs. */
export function line(source: string, message: string, sid = 1): string {
  const thread = source.includes('WorkerReceiver')
    ? `WorkerReceiver[myid=${sid}]`
    : `QuorumPeer[myid=${sid}](plain=x:1)(secure=disabled)`;
  return `2026-11-21 23:38:07,461 [myid:${sid}] - DEBUG [${thread}:${source}@1] - ${message}`;
}
