import { conformLogs } from '../../conformance/conform-folder.ts';
import type { Event } from '../../conformance/zookeeper/event.ts';
import type { ServerLog } from '../../conformance/zookeeper/server-log.ts';
import { logsOf, parse, runs } from './fixtures.ts';

/** One edit of one line of one log. */
export interface Edit {
  readonly run: string;
  readonly file: string;
  readonly line: number;
  readonly kind: string;
  readonly before: string;
  readonly after: string;
}

type Change = (text: string, voters: readonly number[]) => string;

const plusOne =
  (field: RegExp): Change =>
  (text) =>
    text.replace(
      field,
      (_, head: string, hex: string) => `${head}0x${(BigInt(`0x${hex}`) + 1n).toString(16)}`,
    );

/** Another voter than the one named; for an observer's vote, which names none, the first. */
const anotherVoter =
  (field: RegExp): Change =>
  (text, voters) =>
    text.replace(field, (_, head: string, sid: string) => {
      const next = voters[(voters.indexOf(Number(sid)) + 1) % voters.length];
      return `${head}${next}`;
    });

/** The edits that the replay is held to: kind of line, what is changed, how. */
const CHANGES: readonly (readonly [Event['type'], string, Change])[] = [
  ['count', 'counted vote: another leader', anotherVoter(/(proposed leader=)(-?\d+)/)],
  ['count', 'counted vote: round + 1', plusOne(/(proposed election epoch=)0x([0-9a-f]+)/)],
  ['count', 'counted vote: zxid + 1', plusOne(/(proposed zxid=)0x([0-9a-f]+)/)],
  ['send', 'sent vote: another leader', anotherVoter(/(Sending Notification: )(-?\d+)/)],
  ['send', 'sent vote: round + 1', plusOne(/(\(n\.zxid\), )0x([0-9a-f]+)/)],
  ['send', 'sent vote: zxid + 1', plusOne(/(\(n\.leader\), )0x([0-9a-f]+)/)],
  ['answer', 'answered vote: another leader', anotherVoter(/( leader=)(-?\d+)/)],
  ['answer', 'answered vote: zxid + 1', plusOne(/( zxid=)0x([0-9a-f]+)/)],
  ['elected', 'elected: another leader', anotherVoter(/(instance: leader=)(-?\d+)/)],
];

/** Every such edit of every recorded log. */
export const edits: readonly Edit[] = runs.flatMap((run) => {
  const logs = logsOf(run);
  const voters = [
    ...new Set(
      logs.flatMap(({ log }) => log.events.flatMap((event) => (event.type === 'send' ? [event.to] : []))),
    ),
  ].sort((a, b) => a - b);
  return logs.flatMap(({ file, lines, log }) =>
    log.events.flatMap((event) =>
      CHANGES.flatMap(([type, kind, change]) => {
        if (type !== event.type) return [];
        const before = lines[event.line - 1] ?? '';
        return [{ run, file, line: event.line, kind, before, after: change(before, voters) }];
      }),
    ),
  );
});

/** The edits of `sample` that nothing notices, and how many edits there were by kind. */
export function tamper(sample: readonly Edit[]): {
  readonly missed: readonly Edit[];
  readonly tried: Map<string, number>;
} {
  const tried = new Map<string, number>();
  const missed = sample.filter((edit) => {
    tried.set(edit.kind, (tried.get(edit.kind) ?? 0) + 1);
    return conformLogs(withEdit(edit)).verdict === 'agrees';
  });
  return { missed, tried };
}

const byRun = new Map(runs.map((run) => [run, logsOf(run)]));

export const withEdit = (edit: Edit): readonly ServerLog[] =>
  (byRun.get(edit.run) ?? []).map(({ file, lines, log }) =>
    file === edit.file ? parse(file, lines.with(edit.line - 1, edit.after)) : log,
  );

export const places = (all: readonly Edit[]): string[] =>
  all.map(({ run, file, line, kind }) => `${run}/${file}:${line} ${kind}`);
