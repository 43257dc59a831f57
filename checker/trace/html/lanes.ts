import type { TraceStep } from '../format.ts';
import { sentBy } from '../sent.ts';
import { escapeHtml } from './escape.ts';

/** Pixels. */
const LANE = 132;
const ROW = 30;
/** The width of a character of the words above an arrow. */
const CHARACTER = 5.8;

/** How wide the drawing of so many lanes is, in pixels. */
export function lanesWidth(lanes: readonly string[]): number {
  return lanes.length * LANE;
}

/** The names above the lanes. */
export function lanesHeader(lanes: readonly string[]): string {
  return lanes
    .map((lane) => `<span class="lane" style="width:${LANE}px">${escapeHtml(lane)}</span>`)
    .join('');
}

/** What one step does on the lanes: a dot where it happens, an arrow for each message that it sends. */
export function lanesDrawing(step: TraceStep, lanes: readonly string[]): string {
  const centre = (lane: string): number => lanes.indexOf(lane) * LANE + LANE / 2;
  const arrows = sentBy(step).flatMap(({ from, to, words }) =>
    to.map((target) => ({ from: centre(from), to: centre(target), words })),
  );
  const rows = Math.max(1, arrows.length);
  const parts = arrows.map((arrow, row) => drawn(arrow, row * ROW + ROW / 2 + 4));
  if (step.lane !== null)
    parts.push(`<circle class="dot" cx="${centre(step.lane)}" cy="${ROW / 2 + 4}" r="5"/>`);
  const size = `width="${lanesWidth(lanes)}" height="${rows * ROW}"`;
  return `<svg ${size} aria-hidden="true">${parts.join('')}</svg>`;
}

interface Arrow {
  readonly from: number;
  readonly to: number;
  words(room: number): string;
}

function drawn({ from, to, words }: Arrow, y: number): string {
  if (from === to) return `<circle class="self" cx="${from}" cy="${y}" r="9"/>`;
  const [low, high] = [Math.min(from, to), Math.max(from, to)];
  const text = words(Math.floor((high - low - 20) / CHARACTER));
  const tip = to > from ? to - 7 : to + 7;
  return (
    `<line class="arrow" x1="${from}" y1="${y}" x2="${tip}" y2="${y}"/>` +
    `<path class="head" d="M${to} ${y}L${tip} ${y - 4}V${y + 4}Z"/>` +
    `<text x="${(low + high) / 2}" y="${y - 5}">${escapeHtml(text)}</text>`
  );
}
