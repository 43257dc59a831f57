import { canonicalJson } from '../language/canonical.ts';
import { compact, cut } from './compact.ts';
import type { Deliveries } from './deliveries.ts';
import { differences, split } from './differences.ts';
import type { Json, Trace, TraceChange, TraceComponent, TraceStep } from './format.ts';
import { together, wrap } from './wrap.ts';

/**
 * What a step changes: server(1).state: LOOKING -> LEADING, .round: 1 -> 2. Components that change alike are told
 * together; a message that leaves its channel is told by the step that sent it (`gone`).
 */
export function toldChanges(trace: Trace, step: TraceStep, gone: Deliveries['gone'], room: number): string[] {
  const groups = new Map<string, { names: string[]; parts: readonly string[] }>();
  for (const change of step.changes) {
    const { component } = change;
    const parts = partsOf(change, componentOf(trace, component), gone.get(component) ?? [], room);
    const group = groups.get(parts.join());
    if (group) group.names.push(component);
    else groups.set(parts.join(), { names: [component], parts });
  }
  const lines: string[] = [];
  for (const { names, parts } of groups.values()) {
    const [first = '', ...rest] = parts;
    const told = wrap([together(names) + first, ...rest], ', ', room, 2).map((line) => cut(line, room));
    const line =
      told.length > 1 ? -1 : lines.findIndex((other) => other.length + 3 + (told[0]?.length ?? 0) <= room);
    if (line < 0) lines.push(...told);
    else lines[line] += `   ${told[0]}`;
  }
  return lines;
}

function componentOf({ components }: Trace, member: string): TraceComponent | undefined {
  return components.find(({ name }) => member === name || member.startsWith(`${name}(`));
}

function partsOf(
  { component, before, after }: TraceChange,
  declared: TraceComponent | undefined,
  gone: readonly number[],
  room: number,
): readonly string[] {
  const left = Math.max(24, room - component.length - 6);
  if (declared?.kind === 'channel' && Array.isArray(before) && Array.isArray(after)) {
    return inChannel(before, after, gone, left);
  }
  const parts = differences(before, after, declared?.places, left);
  return parts.map(({ path, text }, i) => (i > 0 && parts[i - 1]?.path === path ? text : `${path}: ${text}`));
}

/** Messages that came and went: they have no place of their own, unlike the elements of a list. */
function inChannel(
  before: readonly Json[],
  after: readonly Json[],
  since: readonly number[],
  room: number,
): readonly string[] {
  const [gone, kept] = split(before, after);
  const [come, stayed] = split(after, before);
  const signs = [
    ...gone.map((message, i) => {
      const step = since.length === gone.length ? since[i] : 0;
      return step ? `- message of step ${step}` : `- ${compact(message, room)}`;
    }),
    ...come.map((message) => `+ ${compact(message, room)}`),
  ];
  const reordered = signs.length === 0 || canonicalJson(kept) !== canonicalJson(stayed);
  const [first, ...rest] = reordered ? [`${compact(before, room)} -> ${compact(after, room)}`] : signs;
  return [`: ${first}`, ...rest];
}
