import type { Configuration } from '../../checker/language/configure.ts';
import type { SearchResult } from '../../checker/search/result.ts';
import { many, settings } from './words.ts';

/** What the verdict is limited to, a line each: parameters, states outside the constraint, a search that was stopped. */
export function boundsOf({ spec, params }: Configuration, result: SearchResult): string[] {
  const { shape } = spec.model.definition.params;
  const lines = Object.entries(params).map(([name, value]) => {
    const about = shape[name]?.description;
    return settings({ [name]: value }) + (about === undefined ? '' : `: ${about}`);
  });
  if (result.cut > 0) {
    lines.push(
      `the constraint (within) cut ${many(result.cut, 'generated state')}, checked but not explored`,
    );
  }
  if (result.stoppedBy !== undefined) lines.push(`the search stopped early: ${result.stoppedBy}`);
  return [...lines, ...assumptionsOf(result)];
}

/** The fairness that temporal properties rely on, when they were looked at, a line each. */
export function assumptionsOf({ liveness, verdict }: SearchResult): readonly string[] {
  return liveness === undefined || (verdict === 'violated' && liveness.unchecked !== undefined)
    ? []
    : liveness.assumptions;
}
