import { isChecked } from '../../checker/language/configure.ts';
import type { PropertyReport, SearchResult } from '../../checker/search/result.ts';
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

/** A line for each property: what was found, and how. */
export function propertyLines({ configuration, result }: Outcome, paint: Paint): string[] {
  const longest = Math.max(0, ...result.properties.map(({ name }) => name.length));
  return result.properties.map((report) => {
    const property = propertyOf(configuration.spec, report.name);
    const applies = property === undefined || isChecked(property, configuration.params);
    const found = paint(tones[report.result], report.result.padEnd('unchecked'.length));
    return `${report.name.padEnd(longest)}  ${found}  ${details(report, result, applies, hasPremise(property))}`.trimEnd();
  });
}

function details(
  { name, kind, result, premise }: PropertyReport,
  all: SearchResult,
  applies: boolean,
  premised: boolean,
): string {
  const violation = all.violations.find(({ property }) => property === name);
  const witness = all.witnesses.find(({ property }) => property === name);
  switch (result) {
    case 'holds':
      return premised ? `(premise true ${many(premise, 'time')})` : '';
    case 'reached':
      return witness ? stepsOf(witness) : '';
    case 'violated':
      return violation ? [stepsOf(violation), violation.instance].filter(Boolean).join(' ') : '';
    case 'unreached':
      return 'no reachable state is one';
    case 'unchecked':
      if (kind === 'temporal') return 'liveness is not checked yet';
      if (!applies) return 'not promised under these parameters';
      return kind === 'reachable' ? 'not reached so far' : 'not violated so far';
  }
}

function hasPremise(property: ReturnType<typeof propertyOf>): boolean {
  return (property?.kind === 'always' || property?.kind === 'step') && property.premise !== undefined;
}
