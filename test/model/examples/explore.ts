import { configure, type Request } from '../../../checker/language/configure.ts';
import { type Spec, specOf } from '../../../checker/language/index.ts';
import { breadthFirst } from '../../../checker/search/breadth-first.ts';
import type { SearchResult } from '../../../checker/search/result.ts';
import { Space } from '../../../checker/space/space.ts';

/** Visits every state, also after a violation. */
export function explore(spec: Spec, request: Request = {}): Promise<SearchResult> {
  return breadthFirst(new Space(configure(specOf(spec), request)), { all: true });
}

export const violated = (result: SearchResult): string[] =>
  result.violations.map((violation) => violation.property).sort();
