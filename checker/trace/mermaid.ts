import { printable } from './compact.ts';
import type { Trace } from './format.ts';
import { ending, headline } from './headline.ts';
import { sentBy } from './sent.ts';

/** A message longer than this makes a diagram too wide to read. */
const ROOM = 60;
/** Where steps are told when there are no lanes. */
const NOWHERE = 'the system';

/** The run as a Mermaid sequence diagram: a note for each step, an open arrow for each message that it sends. */
export function renderMermaid(trace: Trace): string {
  const lanes = trace.lanes.length === 0 ? [NOWHERE] : trace.lanes;
  const id = (lane: string): string => `L${lanes.indexOf(lane)}`;
  const everywhere = [...new Set([`L0`, `L${lanes.length - 1}`])].join(',');
  const note = (where: string, text: string): string => `Note over ${where}: ${escaped(text)}`;
  const steps = trace.steps.flatMap((step, i) => [
    note(step.lane === null ? everywhere : id(step.lane), `${i + 1}. ${step.says}`),
    ...sentBy(step).flatMap(({ from, to, words }) =>
      to.map((target) => `${id(from)}-)${id(target)}: ${escaped(words(ROOM))}`),
    ),
  ]);
  const last = ending(trace);
  const lines = [
    `%% ${printable(trace.model)}`,
    ...lanes.map((lane) => `participant ${id(lane)} as ${escaped(lane)}`),
    ...steps,
    ...(last === undefined ? [] : [note(everywhere, `the run ${last}`)]),
    note(everywhere, headline(trace)),
  ];
  return ['sequenceDiagram', ...lines.map((line) => `  ${line}`)].join('\n');
}

/** Mermaid ends a text at `;` and `#`, and reads the rest as HTML: such characters are written as entities. */
function escaped(text: string): string {
  return printable(text).replace(/[#;<>&%"\\]/g, (char) => `#${char.codePointAt(0)};`);
}
