import { isChecked } from '../../checker/language/configure.ts';
import type { PropertyReport } from '../../checker/search/result.ts';
import type { Paint, Tone } from './style.ts';
import { type Outcome, stepsOf } from './verdict.ts';
import { propertyOf } from './warnings.ts';
import { many } from './words.ts';

const tones: Readonly<Record<PropertyReport['result'], Tone>> = {
  holds: 'good',
  reached: 'good',
  violated: 'bad',
  unreached: 'bad',
  unchecked: 'warn',
};

/** A line for each property with what was found, and one for each reason why some are unchecked. */
export function propertyLines(outcome: Outcome, paint: Paint): string[] {
  const { result } = outcome;
  const found = result.properties.filter(({ result: it }) => it !== 'unchecked');
  const longest = Math.max(0, ...found.map(({ name }) => name.length));
  const lines = found.map((report) => {
    const word = paint(tones[report.result], report.result.padEnd('violated'.length));
    return `${report.name.padEnd(longest)}  ${word}  ${details(report, outcome)}`.trimEnd();
  });
  const open = new Map<string, string[]>();
  for (const report of result.properties) {
    if (report.result !== 'unchecked') continue;
    const why = whyUnchecked(report, outcome);
    open.set(why, [...(open.get(why) ?? []), report.name]);
  }
  return [...lines, ...[...open].map(([why, names]) => `${paint('warn', why)}: ${names.join(', ')}`)];
}

function details({ name, result, premise }: PropertyReport, outcome: Outcome): string {
  const { violations, witnesses } = outcome.result;
  const found = [...violations, ...witnesses].find(({ property }) => property === name);
  if (result === 'holds') return hasPremise(name, outcome) ? `(premise true ${many(premise, 'time')})` : '';
  if (result === 'unreached') return 'no reachable state is one';
  if (found === undefined) return '';
  const { runs } = outcome.result;
  const often =
    'runs' in found && runs ? ` (in ${((100 * (found.runs ?? 0)) / runs).toFixed(1)} % of the runs)` : '';
  return stepsOf(found) + often;
}

function whyUnchecked({ name, kind }: PropertyReport, { configuration, result }: Outcome): string {
  const property = propertyOf(configuration.spec, name);
  if (property !== undefined && !isChecked(property, configuration.params))
    return 'unchecked, since not promised under these parameters';
  if (kind === 'temporal')
    return result.liveness?.unchecked ?? 'unchecked, since a run that ends says nothing of liveness';
  return kind === 'reachable' ? 'not reached so far' : 'not violated so far';
}

function hasPremise(name: string, { configuration }: Outcome): boolean {
  const property = propertyOf(configuration.spec, name);
  return (property?.kind === 'always' || property?.kind === 'step') && property.premise !== undefined;
}
