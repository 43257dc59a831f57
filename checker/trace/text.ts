import { styleText } from 'node:util';
import { cut, printable } from './compact.ts';
import { deliveries } from './deliveries.ts';
import { sequenceDiagram } from './diagram.ts';
import type { Trace, TraceStep } from './format.ts';
import { design, ending, headline, stepName } from './headline.ts';
import { paragraph } from './paragraph.ts';
import { toldChanges } from './told-changes.ts';
import { toldState } from './told-state.ts';
import { wrap } from './wrap.ts';

export interface TextOptions {
  /** Escape sequences for colours; plain text without. */
  readonly color?: boolean;
  /** Columns; 100 by default. */
  readonly width?: number;
  /** What else is known of the run, for the paragraph at the top. */
  readonly explained?: string | undefined;
}

type Style = 'bold' | 'dim' | 'red' | 'green';
/** A line in parts, each in one style. */
type Line = readonly { readonly text: string; readonly style?: Style }[];

/** The story of a trace for a terminal: what is shown, a paragraph about it, how it begins, each step with what it changes, a diagram. */
export function renderTrace(
  trace: Trace,
  { color = false, width = 100, explained }: TextOptions = {},
): string {
  const lines = story(trace, width, explained).map((line) =>
    line.map(({ text, style }) => {
      const clean = printable(text); // whatever the file says, the terminal is not to obey it
      return color && style !== undefined ? styleText(style, clean, { validateStream: false }) : clean;
    }),
  );
  return lines.map((parts) => parts.join('')).join('\n');
}

function story(trace: Trace, width: number, explained?: string): Line[] {
  const style = trace.verdict === 'reached' ? 'green' : 'red';
  const title = wrap(`${trace.model}: ${headline(trace)}`.split(' '), ' ', width, 2);
  const setting = wrap(design(trace).split(' '), ' ', width - 2, 0).map((line) => `  ${line}`);
  const opening: Line[] = [...title.map((text) => [{ text, style } as const]), ...plain(setting)];
  if (trace.initial === null) return opening;
  const words = wrap(paragraph(trace, explained).split(' '), ' ', width - 2, 0).map((line) => `  ${line}`);
  const summary = plain(words);
  const begin = toldState(trace, width - 5).map((line, i) => `${i === 0 ? '  0  ' : '     '}${line}`);
  const delivered = deliveries(trace);
  const digits = Math.max(3, String(trace.steps.length).length + 1);
  const steps = trace.steps.flatMap((step, i) => {
    const changes = toldChanges(trace, step, delivered[i]?.gone ?? new Map(), width - digits - 4);
    return told(step, changes, String(i + 1).padStart(digits), width);
  });
  const forever = ending(trace);
  if (forever !== undefined)
    steps.push([{ text: ' '.repeat(digits + 2) }, { text: `… and the run ${forever}`, style: 'bold' }]);
  const diagram = sequenceDiagram(trace, width).map((line): Line => {
    return line.split(/([│┼]+)/).map((text, i) => (i % 2 === 1 ? { text, style: 'dim' } : { text }));
  });
  return [
    ...opening,
    ...summary,
    [],
    ...plain(begin),
    ...steps,
    ...(diagram.length > 0 ? [[], ...diagram] : []),
  ];
}

function plain(lines: readonly string[]): Line[] {
  return lines.filter((text) => text.trim() !== '').map((text) => [{ text }]);
}

/** One step: its sentence, the action's name at the right, then what it changes. */
function told(step: TraceStep, changes: readonly string[], number: string, width: number): Line[] {
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
  return [...lines, ...plain(changes.map((line) => `${indent}  ${line}`))];
}
