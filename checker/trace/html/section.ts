import { deliveries } from '../deliveries.ts';
import type { Trace } from '../format.ts';
import { ending, stepName } from '../headline.ts';
import { toldChanges } from '../told-changes.ts';
import { type Column, columnsOf } from './columns.ts';
import { escapeHtml, scriptJson } from './escape.ts';
import { lanesDrawing, lanesHeader, lanesWidth } from './lanes.ts';

/** Characters that a line about a change may have; the browser breaks it where it needs to. */
const ROOM = 160;

/** One run: the table of its steps with lanes and columns, the state after the current step. `id` is unique on the page. */
export function traceSection(trace: Trace, id: string): string {
  if (trace.initial === null) return '';
  const columns = columnsOf(trace);
  const last = ending(trace);
  return `<section data-trace id="${id}" tabindex="-1">
<nav><span><button class="previous" aria-label="previous step">↑</button> <button class="next" aria-label="next step">↓</button></span>
<span class="where" role="status"></span><span class="dim"><kbd>j</kbd> <kbd>k</kbd> <kbd>↓</kbd> <kbd>↑</kbd> <kbd>Home</kbd> <kbd>End</kbd></span>
${chooser(columns)}</nav>
<div class="wide"><table><thead>${header(trace, columns)}</thead>
<tbody>${rows(trace, id, columns).join('\n')}</tbody></table></div>
${last === undefined ? '' : `<p><strong>… and the run ${escapeHtml(last)}.</strong></p>`}
<div class="screen"><h2 class="after"></h2><div class="state"></div></div>
<script type="application/json">${scriptJson({ initial: trace.initial, steps: trace.steps.map(({ changes }) => ({ changes })) })}</script>
</section>`;
}

/** About so many characters fit beside lanes and words. */
const VALUES_ROOM = 72;

/** Numbers are shown at first, as far as there is room: epochs, zxids, offsets, high watermarks. */
function chooser(columns: readonly Column[]): string {
  let room = VALUES_ROOM;
  const boxes = columns.map((column, i) => {
    const { title, numeric } = column;
    const fits = numeric && widthOf(column) <= room;
    if (fits) room -= widthOf(column);
    const checked = fits ? ' checked' : '';
    return `<label><input type="checkbox" value="${i}"${checked}> ${escapeHtml(title)}</label>`;
  });
  return boxes.length === 0 ? '' : `<fieldset aria-label="columns">${boxes.join('')}</fieldset>`;
}

/** In characters, a little room at each side included. */
function widthOf({ title, members }: Column): number {
  const cells = members.map(
    ({ key, values }) => 3 + Math.max(key.length, ...values.map((text) => text.length)),
  );
  return Math.max(
    3 + title.length,
    cells.reduce((sum, cell) => sum + cell),
  );
}

function header(trace: Trace, columns: readonly Column[]): string {
  const width = lanesWidth(trace.lanes);
  const lanes =
    width === 0
      ? ''
      : `<th class="lanes" rowspan="2" style="min-width:${width}px">${lanesHeader(trace.lanes)}</th>`;
  const titles = columns.map(
    ({ title, members }, i) =>
      `<th class="value first" data-column="${i}" colspan="${members.length}">${escapeHtml(title)}</th>`,
  );
  const keys = columns.flatMap(({ members }, i) =>
    members.map(({ key }, m) => `<th class="${cellClass(m)}" data-column="${i}">${escapeHtml(key)}</th>`),
  );
  return `<tr><th rowspan="2">step</th>${lanes}<th rowspan="2">what happens</th>${titles.join('')}</tr><tr>${keys.join('')}</tr>`;
}

function rows(trace: Trace, id: string, columns: readonly Column[]): string[] {
  const delivered = deliveries(trace);
  const drawing = (svg: string): string => (trace.lanes.length === 0 ? '' : `<td class="lanes">${svg}</td>`);
  const row = (n: number, number: string, svg: string, story: string): string => {
    const looping = trace.loop !== null && n > trace.loop ? ' class="loop"' : '';
    const cells = `<td class="number">${number}</td>${drawing(svg)}<td class="story">${story}</td>`;
    return `<tr data-step="${n}" id="${id}-${n}"${looping} tabindex="-1">${cells}${values(columns, n)}</tr>`;
  };
  return [
    row(0, '0', '', '<span class="dim">the first state</span>'),
    ...trace.steps.map((step, i) => {
      const { received = new Map(), gone = new Map() } = delivered[i] ?? {};
      const from = [...new Set([...received.values()].flat())].filter((one) => one > 0);
      const links = from.map((one) => `<a href="#${id}-${one}">←${one}</a>`).join(' ');
      const changes = toldChanges(trace, step, gone, ROOM).map(
        (line) => `<div class="change"><code>${escapeHtml(line)}</code></div>`,
      );
      const name =
        step.says === stepName(step) ? '' : ` <code class="dim">${escapeHtml(stepName(step))}</code>`;
      const says = `<div><span class="says">${escapeHtml(step.says)}</span>${name}</div>`;
      return row(i + 1, `${i + 1} ${links}`, lanesDrawing(step, trace.lanes), says + changes.join(''));
    }),
  ];
}

function values(columns: readonly Column[], state: number): string {
  return columns
    .flatMap(({ members }, i) =>
      members.map(({ values: all }, m) => {
        const is = state > 0 && all[state] === all[state - 1] ? 'same' : state > 0 ? 'changed' : '';
        return `<td class="${cellClass(m)} ${is}" data-column="${i}">${escapeHtml(all[state] ?? '')}</td>`;
      }),
    )
    .join('');
}

function cellClass(member: number): string {
  return member === 0 ? 'value first' : 'value';
}
