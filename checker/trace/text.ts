import { styleText } from 'node:util';
import { canonicalJson } from '../language/canonical.ts';
import { compact, cut, printable } from './compact.ts';
import { sequenceDiagram } from './diagram.ts';
import { differences } from './differences.ts';
import type { Json, Trace, TraceStep } from './format.ts';
import { design, headline, stepName } from './headline.ts';

export interface TextOptions {
  /** Escape sequences for colours; plain text without. */
  readonly color?: boolean;
  /** Columns; 100 by default. */
  readonly width?: number;
}

type Style = 'bold' | 'dim' | 'red' | 'green';
/** A line in parts, each in one style. */
type Line = readonly { readonly text: string; readonly style?: Style }[];

/** The story of a trace for a terminal: what is shown, how it begins, each step with what it changes, a diagram. */
export function renderTrace(trace: Trace, { color = false, width = 100 }: TextOptions = {}): string {
  const lines = story(trace, width).map((line) =>
    line.map(({ text, style }) => {
      const clean = printable(text); // whatever the file says, the terminal is not to obey it
      return color && style !== undefined ? styleText(style, clean, { validateStream: false }) : clean;
    }),
  );
  return lines.map((parts) => parts.join('')).join('\n');
}

function story(trace: Trace, width: number): Line[] {
  const style = trace.verdict === 'reached' ? 'green' : 'red';
  const title = wrap(`${trace.model}: ${headline(trace)}`.split(' '), ' ', width, 2);
  const setting = wrap(design(trace).split(' '), ' ', width - 2, 0).map((line) => `  ${line}`);
  const opening: Line[] = [...title.map((text) => [{ text, style } as const]), ...plain(setting)];
  if (trace.initial === null) return opening;
  const digits = Math.max(3, String(trace.steps.length).length + 1);
  const steps = trace.steps.flatMap((step, i) => told(trace, step, String(i + 1).padStart(digits), width));
  const diagram = sequenceDiagram(trace, width).map((line): Line => {
    return line.split(/([│┼]+)/).map((text, i) => (i % 2 === 1 ? { text, style: 'dim' } : { text }));
  });
  return [
    ...opening,
    [],
    ...plain(start(trace, width)),
    ...steps,
    ...(diagram.length > 0 ? [[], ...diagram] : []),
  ];
}

function plain(lines: readonly string[]): Line[] {
  return lines.filter((text) => text.trim() !== '').map((text) => [{ text }]);
}

/** The first state, members with equal values together: server(*): {...}  crashBudget: 1. */
function start({ initial, components }: Trace, width: number): string[] {
  const items = components.flatMap(({ name }) => {
    const groups = new Map<string, { value: Json; members: string[] }>();
    for (const [member, value] of Object.entries(initial ?? {})) {
      if (member !== name && !member.startsWith(`${name}(`)) continue;
      const group = groups.get(canonicalJson(value));
      if (group) group.members.push(member.slice(name.length + 1, -1));
      else groups.set(canonicalJson(value), { value, members: [member.slice(name.length + 1, -1)] });
    }
    return [...groups.values()].map(({ value, members }) => {
      const whose = groups.size === 1 && members.length > 1 ? '*' : members.join('; ');
      const member = whose === '' ? name : `${name}(${cut(whose, 30)})`;
      return `${member}: ${compact(value, width - 10 - member.length)}`;
    });
  });
  return wrap(items, '   ', width - 5, 0).map((line, i) => `${i === 0 ? '  0  ' : '     '}${line}`);
}

/** One step: its sentence, the action's name at the right, then what it changes. */
function told(trace: Trace, step: TraceStep, number: string, width: number): Line[] {
  const indent = ' '.repeat(number.length + 2);
  const room = width - indent.length;
  const words = wrap(step.says.split(' '), ' ', room, 2);
  const lines = words.map(
    (text, i): Line => [{ text: i === 0 ? `${number}  ` : indent }, { text, style: 'bold' }],
  );
  const name = step.says === stepName(step) ? '' : stepName(step);
  const free = room - (words.at(-1)?.length ?? 0);
  const beside = name !== '' && name.length + 2 <= free;
  if (beside) lines.push([...(lines.pop() ?? []), { text: name.padStart(free), style: 'dim' }]);
  else if (name !== '') lines.push([{ text: indent + cut(name, room), style: 'dim' }]);
  return [...lines, ...plain(changes(trace, step, room - 2).map((line) => `${indent}  ${line}`))];
}

/** server(1).state: LOOKING -> LEADING, .round: 1 -> 2; components that change alike together. */
function changes({ components }: Trace, step: TraceStep, room: number): string[] {
  const groups = new Map<string, { names: string[]; parts: string[] }>();
  for (const { component, before, after } of step.changes) {
    const places = components.find(
      ({ name }) => component === name || component.startsWith(`${name}(`),
    )?.places;
    const parts = differences(before, after, places).map(({ path, text }) => `${path}: ${text}`);
    const group = groups.get(parts.join());
    if (group) group.names.push(component);
    else groups.set(parts.join(), { names: [component], parts });
  }
  const items = [...groups.values()].flatMap(({ names, parts: [first = '', ...rest] }) =>
    wrap([together(names, room / 2) + first, ...rest], ', ', room, 2).map((line) => cut(line, room)),
  );
  return wrap(items, '   ', room, 0);
}

/** net(0, 1), net(0, 2), … 3 more */
function together(names: readonly string[], room: number): string {
  const all = names.join(', ');
  return all.length <= room || names.length < 4
    ? all
    : `${names.slice(0, 2).join(', ')}, … ${names.length - 2} more`;
}

/** Packs items into lines of at most `room` characters; the lines after the first are indented. */
function wrap(items: readonly string[], separator: string, room: number, indent: number): string[] {
  const lines: string[] = [];
  for (const item of items) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + separator.length + item.length <= room) {
      lines[lines.length - 1] = last + separator + item;
    } else {
      if (last !== undefined) lines[lines.length - 1] = (last + separator).trimEnd();
      lines.push((lines.length === 0 ? '' : ' '.repeat(indent)) + item);
    }
  }
  return lines;
}
