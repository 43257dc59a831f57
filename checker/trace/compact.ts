import type { Json } from './format.ts';

const BARE = /^[\p{L}_][\p{L}\p{N}_.:/@+-]*$/u;
/** The beginning of a value is worth showing in no less room than this. */
const WORTHWHILE = 12;
const KEYWORDS = new Set(['null', 'true', 'false']);

/**
 * A value on one line: {state: LOOKING, votes: [0, 2]}, without the quotation marks that it can do without. What does
 * not fit into `room` characters is counted (… 5 more), so that the brackets stay whole.
 */
export function compact(value: Json, room = Number.POSITIVE_INFINITY): string {
  if (typeof value === 'string') return cut(word(value), room);
  if (typeof value !== 'object' || value === null) return String(value);
  if (isList(value)) return `[${parts(value, room - 2, compact)}]`;
  const entries = Object.entries(value).flatMap(([key, inner]) =>
    inner === undefined ? [] : [{ key, inner }],
  );
  return `{${parts(entries, room - 2, ({ key, inner }, left) => `${word(key)}: ${compact(inner, left - key.length - 2)}`)}}`;
}

/** A message in a few words: its type first, names alone (LOOKING), anything else with its field (leader 2). */
export function inWords(message: Json, room: number): string {
  if (typeof message === 'string') return cut(printable(message), room);
  if (typeof message !== 'object' || message === null || isList(message)) return compact(message, room);
  const entries = Object.entries(message);
  const isTitle = ([key]: (typeof entries)[number]): boolean => key === 'type' || key === 'kind';
  const said = [...entries.filter(isTitle), ...entries.filter((entry) => !isTitle(entry))].map(
    ([key, value]) =>
      typeof value === 'string'
        ? printable(value)
        : `${printable(key)} ${compact(value ?? null, Math.max(8, room))}`,
  );
  return cut(said.join(', '), room);
}

/** Ends in an ellipsis what is longer than `room` characters. */
export function cut(text: string, room: number): string {
  return text.length <= room ? text : `${text.slice(0, Math.max(0, room - 1))}…`;
}

/** Text of a model or a file for a terminal: no control characters. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ');
}

export function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function word(text: string): string {
  return BARE.test(text) && !KEYWORDS.has(text) ? text : JSON.stringify(text);
}

function parts<T>(items: readonly T[], room: number, tell: (item: T, room: number) => string): string {
  const whole = items.map((item) => tell(item, Number.POSITIVE_INFINITY)).join(', ');
  if (whole.length <= room) return whole;
  let text = '';
  for (const [i, item] of items.entries()) {
    const more = `… ${items.length - i} more`;
    const left = room - text.length - more.length - 2;
    const full = tell(item, Number.POSITIVE_INFINITY);
    const next = full.length <= left ? full : left < WORTHWHILE ? '' : tell(item, left);
    if (next === '' || next.length > left) return text + more;
    text += `${next}, `;
  }
  return text.slice(0, -2);
}
