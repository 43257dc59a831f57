import { canonicalJson } from '../language/canonical.ts';
import { compact } from './compact.ts';
import { differences } from './differences.ts';
import type { Json, Trace, TraceComponent } from './format.ts';
import { together, wrap } from './wrap.ts';

/**
 * The first state on few lines, members with equal values together: server(*): {...}   crashBudget: 1. Members that
 * differ a little from the first are told by that: server(3): .state LEADING.
 */
export function toldState({ initial, components }: Trace, room: number): string[] {
  const lines: string[] = [];
  let items: string[] = [];
  const flush = (): void => {
    lines.push(...wrap(items, '   ', room));
    items = [];
  };
  for (const { name, places } of components) {
    const groups = new Map<string, { value: Json; members: string[] }>();
    for (const [member, value] of Object.entries(initial ?? {})) {
      if (member !== name && !member.startsWith(`${name}(`)) continue;
      const group = groups.get(canonicalJson(value));
      if (group) group.members.push(member);
      else groups.set(canonicalJson(value), { value, members: [member] });
    }
    const [first] = groups.values();
    if (groups.size > 1) flush();
    for (const { value, members } of groups.values()) {
      const all = groups.size === 1 && members.length > 1;
      const who = all ? `${name}(*)` : together(members);
      const whole = `${who}: ${compact(value)}`;
      const like = first && first.value !== value ? likeFirst(first, value, places) : undefined;
      if (like !== undefined && who.length + like.length < Math.min(whole.length, room)) {
        items.push(`${who}: ${like}`);
        continue;
      }
      if (whole.length > room) {
        flush();
        const full = wrap(whole.split(', '), ', ', room, 2);
        lines.push(...(full.length <= 3 ? full : [`${who}: ${compact(value, room - who.length - 2)}`]));
      } else items.push(whole);
    }
    if (groups.size > 1) flush();
  }
  flush();
  return lines;
}

/** as server(1), but .state LEADING; undefined where more than some parts differ. */
function likeFirst(
  first: { readonly value: Json; readonly members: readonly string[] },
  value: Json,
  places: TraceComponent['places'],
): string | undefined {
  const unlike = differences(first.value, value, places);
  if (unlike.some(({ path, now }) => path === '' || now === undefined)) return undefined;
  return `as ${first.members[0]}, but ${unlike.map(({ path, now }) => `${path} ${now}`).join(', ')}`;
}
