import type { Trace } from '../format.ts';
import { design, headline } from '../headline.ts';
import { paragraph } from '../paragraph.ts';
import { escapeHtml } from './escape.ts';
import { script } from './script.ts';
import { traceSection } from './section.ts';
import { style } from './style.ts';

/** A part of a page: paragraphs under a heading and, where there is one, the run that they are about. */
export interface PagePart {
  readonly heading: string;
  readonly paragraphs: readonly string[];
  /** Lines in columns, as on a terminal. */
  readonly report?: string | undefined;
  readonly trace?: Trace | undefined;
}

/** One run as a page of its own: opens from disk, asks the network for nothing. */
export function renderHtml(trace: Trace, explained?: string): string {
  const title = `${trace.model}: ${headline(trace)}`;
  const about = paragraph(trace, explained);
  const verdict = `<span class="verdict ${trace.verdict}">${trace.verdict}</span>`;
  return document(title, [
    `<header><h1>${verdict}${escapeHtml(title)}</h1><p class="dim">${escapeHtml(design(trace))}</p>${about === '' ? '' : `<p>${escapeHtml(about)}</p>`}</header>`,
    traceSection(trace, 'step'),
  ]);
}

/** Several parts on one page, such as the two sides of a design diff. */
export function renderPage(title: string, parts: readonly PagePart[]): string {
  return document(title, [
    `<header><h1>${escapeHtml(title)}</h1></header>`,
    ...parts.flatMap(({ heading, paragraphs, report, trace }, i) => [
      `<h2>${escapeHtml(heading)}</h2>`,
      ...[...paragraphs, ...aboutRun(trace)].map((text) => `<p>${escapeHtml(text)}</p>`),
      ...(report === undefined ? [] : [`<pre>${preformatted(report)}</pre>`]),
      ...(trace === undefined ? [] : [traceSection(trace, `run-${i + 1}`)]),
    ]),
  ]);
}

const aboutRun = (trace: Trace | undefined): readonly string[] =>
  trace === undefined || trace.steps.length === 0 ? [] : [paragraph(trace)];

function preformatted(text: string): string {
  return text.split('\n').map(escapeHtml).join('\n');
}

/** The policy forbids every request, so that a page can be passed on without a second thought. */
function document(title: string, body: readonly string[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
${body.join('\n')}
<script>${script}</script>
</body>
</html>
`;
}
