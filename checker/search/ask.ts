import { configure, type Request } from '../language/configure.ts';
import type { Spec } from '../language/properties.ts';
import { Space } from '../space/space.ts';
import { breadthFirst } from './breadth-first.ts';
import type { Limits } from './limits.ts';
import { only } from './only.ts';
import type { Progress, SearchResult } from './result.ts';

/** Properties of one design: those that should be violated, those that should hold. */
export interface Question {
  readonly violated: readonly string[];
  readonly hold: readonly string[];
}

export interface Found {
  /** A witness that is reached holds; one that a complete search does not reach is violated. */
  readonly found: 'holds' | 'violated' | 'unchecked';
  /** Of the shortest run that violates it. */
  readonly steps: number | undefined;
  /** Why it is unchecked although it applies: the search was stopped, or liveness cannot be told. */
  readonly why: string | undefined;
}

export interface Answer {
  readonly found: ReadonlyMap<string, Found>;
  /** States of the largest search; undefined when no search had to be made. */
  readonly distinct: number | undefined;
}

interface AskOptions {
  readonly signal?: Limits['signal'];
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/**
 * Searches no more than the question needs: all states where something must hold or liveness is asked for, and otherwise
 * up to the first violation of each property. Properties that are not asked about are not looked at.
 */
export async function ask(
  spec: Spec,
  request: Request,
  question: Question,
  options: AskOptions,
): Promise<Answer> {
  const { hold } = question;
  let open = question.violated;
  const found = new Map<string, Found>();
  let distinct: number | undefined;
  let stoppedBy: string | undefined;
  let first = true;
  while ((open.length > 0 || (first && hold.length > 0)) && stoppedBy === undefined) {
    first = false;
    const asked = [...open, ...hold];
    const configuration = configure(only(spec, asked), request);
    const result = await breadthFirst(new Space(configuration), { all: hold.length > 0, ...options });
    for (const property of asked) found.set(property, resultOf(result, property));
    distinct = Math.max(distinct ?? 0, result.distinct ?? 0);
    stoppedBy = result.stoppedBy;
    open = result.complete ? [] : open.filter((property) => found.get(property)?.found === 'unchecked');
  }
  return { found, distinct };
}

function resultOf(result: SearchResult, name: string): Found {
  const report = result.properties.find((property) => property.name === name);
  const steps = result.violations.find(({ property }) => property === name)?.path?.steps.length;
  const found = { reached: 'holds', unreached: 'violated' } as const;
  if (report === undefined || report.result === 'unchecked') {
    const liveness = report?.kind === 'temporal' ? result.liveness?.unchecked : undefined;
    return { found: 'unchecked', steps, why: result.stoppedBy ?? liveness };
  }
  const { result: it } = report;
  return { found: it === 'holds' || it === 'violated' ? it : found[it], steps, why: undefined };
}
