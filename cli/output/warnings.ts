import type { AnyProperty, Spec } from '../../checker/language/properties.ts';
import type { PropertyReport, SearchResult } from '../../checker/search/result.ts';

/** Why a good verdict may say less than it seems to: what never happened, and what therefore was never put to the test. */
export function warningsOf(spec: Spec, result: SearchResult): string[] {
  const soFar = result.complete ? '' : ' in the part that was searched';
  const never = [...result.taken].filter(([, steps]) => steps === 0);
  // What a search does not get to before the first violation is no finding.
  const actions = result.verdict === 'violated' && !result.complete ? [] : never;
  return [
    ...actions.map(([action]) => `the action ${action} was never taken${soFar}`),
    ...result.properties
      .filter(({ result: found, premise }) => found === 'holds' && premise === 0)
      .map((report) => idle(report, propertyOf(spec, report.name))),
  ];
}

function idle({ name }: PropertyReport, property: AnyProperty | undefined): string {
  if (property?.kind === 'step' && property.premise === undefined) {
    const actions = property.on === undefined ? 'step' : `step of ${property.on.join(', ')}`;
    return `${name} says nothing: no ${actions} was taken`;
  }
  return `${name} says nothing: its premise was never true`;
}

export function propertyOf(spec: Spec, name: string): AnyProperty | undefined {
  return spec.properties.find((property) => property.name === name);
}
