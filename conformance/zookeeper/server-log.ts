import { LogError } from '../log-error.ts';
import { CATALOGUE, type CatalogueEntry, fieldsOf, NumberTooLarge } from './catalogue.ts';
import type { Event } from './event.ts';
import { parseLine } from './log-line.ts';

/** What one file tells of one server's elections, in the order of the file, over all its incarnations. */
export interface ServerLog {
  readonly file: string;
  readonly sid: number;
  readonly events: readonly Event[];
}

const BY_SOURCE = new Map(
  CATALOGUE.map(({ source }) => [source, CATALOGUE.filter((entry) => entry.source === source)]),
);

/** Most lines come from other classes: they are told apart before they are taken to pieces. */
const MAY_TELL = new RegExp(
  `(?:${[...BY_SOURCE.keys()].map((source) => source.split('$').at(-1)).join('|')})@`,
);

/**
 * Reads a log. Undefined if it is no log of a server's elections (an audit log, garbage collection, ...). A line that begins
 * like a known one and does not go on like it is an error, except at the very end, where a copy may have been cut.
 */
export function parseServerLog(file: string, lines: readonly string[]): ServerLog | undefined {
  const events = lines.flatMap((text, i) => {
    const parsed = MAY_TELL.test(text) ? parseLine(text) : undefined;
    if (parsed === undefined) return [];
    const event = readEvent(parsed, i + 1, file);
    if (event === 'damaged' && i + 1 < lines.length) {
      throw new LogError(`${file}:${i + 1} is damaged: ${parsed.message}`);
    }
    return event === undefined || event === 'damaged' ? [] : [event];
  });
  const sids = new Set(
    events.flatMap((event) => (event.type === 'boot' || event.type === 'newElection' ? [event.sid] : [])),
  );
  const [sid, another] = sids;
  if (sid === undefined) return undefined;
  if (another !== undefined)
    throw new LogError(`${file} mixes the logs of the servers ${[...sids].join(' and ')}`);
  return { file, sid, events };
}

/** The event that a log line tells of, if any. */
export function readEvent(
  { source, message, time }: { readonly source: string; readonly message: string; readonly time: number },
  line: number,
  file: string,
): Event | 'damaged' | undefined {
  const candidates = (BY_SOURCE.get(source) ?? []).filter((entry) => message.startsWith(entry.begins));
  for (const entry of candidates) {
    const groups = entry.pattern.exec(message);
    if (groups !== null)
      return { ...read(entry, groups.groups ?? {}, `${file}:${line}`), line, time, text: message };
  }
  return candidates.length > 0 ? 'damaged' : undefined;
}

function read(entry: CatalogueEntry, groups: Record<string, string>, place: string) {
  try {
    return entry.read(fieldsOf(groups));
  } catch (error) {
    if (error instanceof NumberTooLarge)
      throw new LogError(`${place} holds a number beyond any real one: ${error.message}`);
    throw new LogError(`${place} is damaged: it names a server state that does not exist`);
  }
}
