import { assumptionsOf, boundsOf } from './bounds.ts';
import { propertyLines } from './properties.ts';
import type { Paint } from './style.ts';
import { type Outcome, verdictLine } from './verdict.ts';
import { warningsOf } from './warnings.ts';
import { count, many, seconds, size } from './words.ts';

/**
 * The report of one search up to its counterexamples: the verdict, what was counted, the properties, bounds, doubts. With
 * a counterexample it is short, so that both fit on a screen.
 */
export function report(outcome: Outcome, paint: Paint): string[] {
  const { configuration, result } = outcome;
  const violated = result.verdict === 'violated';
  return [
    verdictLine(outcome, paint),
    `  ${counts(outcome)}`,
    ...section(paint('strong', 'Properties'), propertyLines(outcome, paint)),
    ...section(paint('strong', 'Bounds'), violated ? [] : boundsOf(configuration, result)),
    ...section(paint('strong', 'Fairness'), violated ? assumptionsOf(result) : []),
    ...section(paint('warn', 'Warnings'), warningsOf(configuration.spec, result)),
  ];
}

export function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];
}

function counts({ result }: Outcome): string {
  const { verdict, complete, stoppedBy, distinct, runs, generated, depth, bytes } = result;
  const time = `${seconds(result.seconds)}, ${size(bytes)}`;
  if (distinct === undefined) {
    return `${many(runs ?? 0, 'random run')}, ${many(generated, 'state')} visited, the longest run ${many(depth, 'state')}, ${time}`;
  }
  const early = verdict === 'violated' && !complete && stoppedBy === undefined;
  const rest = early ? '; --all goes on after the first violation' : '';
  return `${many(distinct, 'distinct state')}, ${count(generated)} generated, depth ${count(depth)}, ${time}${rest}`;
}
