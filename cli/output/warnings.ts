import type { AnyProperty, Spec } from '../../checker/language/properties.ts';
import type { PropertyReport, SearchResult } from '../../checker/search/result.ts';

/** Why a good verdict may say less than it seems to: what never happened, and what therefore was never put to the test. */
export function warningsOf(spec: Spec, result: SearchResult): string[] {
  const soFar = result.complete ? '' : ' in the part that was searched';
  const never = [...result.taken].filter(([, steps]) => steps === 0).map(([action]) => action);
  // What a search does not get to before the first violation is no finding.
  const tell = never.length > 0 && (result.complete || result.verdict !== 'violated');
  const idlers = result.properties.filter(({ result: found, premise }) => found === 'holds' && premise === 0);
  return [
    ...(tell ? [`never taken${soFar}: ${never.join(', ')}`] : []),
    ...idlers.map((report) => idle(report, propertyOf(spec, report.name))),
  ];
}

function idle({ name }: PropertyReport, property: AnyProperty | undefined): string {
  if (property?.kind === 'step' && property.premise === undefined) {
    const step = property.on === undefined ? 'no step' : `none of ${property.on.join(', ')}`;
    return `${name} says nothing: ${step} was taken`;
  }
  return `${name} says nothing: its premise was never true`;
}

export function propertyOf(spec: Spec, name: string): AnyProperty | undefined {
  return spec.properties.find((property) => property.name === name);
}
