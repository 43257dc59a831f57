import { cut } from './compact.ts';
import { deliveries } from './deliveries.ts';
import type { Trace, TraceStep } from './format.ts';
import { Row } from './row.ts';
import { sentBy } from './sent.ts';

/** Lanes closer together than this show nothing but the first letters of a message. */
const NARROWEST = 11;
const WIDEST = 40;
/** Room left of the first lane and right of the last one, for what is written beside them. */
const MARGIN = [10, 16] as const;

/**
 * The run as a sequence diagram: a column for each lane, a line or more for each step, arrows where it sends, and in
 * front of a step that receives the number of the step that sent. Too many lanes for the width: the lanes that take
 * part; still too many: a list of who sends what to whom. No lines for a run without lanes.
 */
export function sequenceDiagram(trace: Trace, width: number): readonly string[] {
  const busy = trace.lanes.filter((lane) =>
    trace.steps.some(
      (step) => step.lane === lane || step.messages.some(({ from, to }) => from === lane || to === lane),
    ),
  );
  if (busy.length === 0) return [];
  const came = deliveries(trace).map(({ received }) => {
    const from = [...new Set([...received.values()].flat())];
    return from.length === 0 ? '' : ` ←${from.join(',')}`;
  });
  const digits = String(trace.steps.length).length;
  const left = 3 + digits + Math.max(...came.map((text) => text.length));
  const number = (i: number): string => `  ${String(i + 1).padStart(digits)}${came[i] ?? ''}`.padEnd(left);
  const lanes = [trace.lanes, busy].find((some) => gapOf(some.length, width - left) >= NARROWEST);
  const lines = lanes
    ? drawn(trace.steps, lanes, left, width)
    : trace.steps.map((step) => [listed(step, width - left)]);
  const body = lines.flatMap((rows, i) =>
    rows.map((row, r) => (r === 0 ? number(i) : ' '.repeat(left)) + row),
  );
  return lanes ? [' '.repeat(left) + header(lanes, width - left), ...body] : body;
}

function gapOf(count: number, width: number): number {
  return Math.min(WIDEST, Math.floor((width - MARGIN[0] - MARGIN[1]) / Math.max(1, count - 1)));
}

function columns(count: number, width: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => MARGIN[0] + i * gapOf(count, width));
}

function header(lanes: readonly string[], width: number): string {
  const row = new Row([]);
  columns(lanes.length, width).forEach((at, i) => {
    const name = cut(lanes[i] ?? '', gapOf(lanes.length, width) - 1);
    row.put(Math.max(0, at - Math.floor(name.length / 2)), name);
  });
  return row.toString();
}

function drawn(
  steps: readonly TraceStep[],
  lanes: readonly string[],
  left: number,
  width: number,
): string[][] {
  const at = columns(lanes.length, width - left);
  const place = (lane: string): number => at[lanes.indexOf(lane)] ?? 0;
  return steps.map((step) => {
    const first = new Row(at);
    const rows = [first];
    if (step.lane !== null) first.put(place(step.lane), '●');
    for (const { from, to, words } of sentBy(step)) {
      const source = place(from);
      for (const right of [true, false]) {
        const targets = to.map(place).filter((target) => target !== source && target > source === right);
        if (targets.length === 0) continue;
        const far = right ? Math.max(...targets) : Math.min(...targets);
        const span: [number, number] = right ? [source + 1, far] : [far, source - 1];
        let row = rows.find((candidate) => candidate.take(...span));
        if (row === undefined) {
          row = new Row(at);
          row.take(...span);
          rows.push(row);
        }
        row.put(source, '●');
        row.arrow(source, targets, (room) => (room < 3 ? '' : words(room)));
      }
    }
    caption(first, step, at, step.lane === null ? undefined : place(step.lane), width - left);
    return rows.map(String);
  });
}

/** The action's name beside its mark, on the side where there is room; without a lane, after the first one. */
function caption(
  row: Row,
  step: TraceStep,
  at: readonly number[],
  mark: number | undefined,
  width: number,
): void {
  const text = step.label === '' ? step.action : `${step.action}: ${step.label}`;
  const fitting = (room: number): string => (text.length <= room ? text : cut(step.action, room));
  const start = (mark ?? at[0] ?? 0) + 2;
  const end = (at.find((column) => column > start) ?? width + 1) - 2;
  if (row.take(start - 1, end)) {
    row.put(start, mark === undefined ? `(${fitting(end - start - 1)})` : fitting(end - start + 1));
    return;
  }
  const low = (at.findLast((column) => column < start - 2) ?? -2) + 2;
  const words = fitting(start - 3 - low);
  if (low < start - 6 && row.take(low, start - 3)) row.put(start - 3 - words.length, words);
}

function listed(step: TraceStep, width: number): string {
  const sent = sentBy(step).map(({ from, to, words }) => `${from} -> ${to.join(', ')}: ${words(40)}`);
  const where = step.lane === null ? '' : `${step.lane}: `;
  return cut(sent.length === 0 ? `${where}${step.action}` : sent.join('; '), width);
}
