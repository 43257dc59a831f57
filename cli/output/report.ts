import { boundsOf } from './bounds.ts';
import { propertyLines } from './properties.ts';
import type { Paint } from './style.ts';
import { type Outcome, verdictLine } from './verdict.ts';
import { warningsOf } from './warnings.ts';
import { count, many, seconds, size } from './words.ts';

/** The report of one search up to its counterexamples: the verdict, what was counted, a line for each property, doubts. */
export function report(outcome: Outcome, paint: Paint): string[] {
  const { configuration, result } = outcome;
  const sections: [title: string, lines: readonly string[], tone: 'strong' | 'warn'][] = [
    ['Properties', propertyLines(outcome, paint), 'strong'],
    ['Bounds', boundsOf(configuration, result), 'strong'],
    ['Warnings', warningsOf(configuration.spec, result), 'warn'],
  ];
  return [
    verdictLine(outcome, paint),
    '',
    ...counts(outcome).map((line) => `  ${line}`),
    ...sections.flatMap(([title, lines, tone]) =>
      lines.length === 0 ? [] : ['', paint(tone, title), ...lines.map((line) => `  ${line}`)],
    ),
  ];
}

function counts({ result }: Outcome): string[] {
  const early =
    result.verdict === 'violated' && !result.complete && result.stoppedBy === undefined
      ? ' Stopped after the level of the first violation; --all goes on.'
      : '';
  return [
    `${many(result.distinct, 'distinct state')}, ${count(result.generated)} generated, depth ${count(result.depth)}, ` +
      `${seconds(result.seconds)}, ${size(result.bytes)}.${early}`,
  ];
}
