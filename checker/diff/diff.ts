import type { Configuration } from '../language/configure.ts';
import { breadthFirst } from '../search/breadth-first.ts';
import type { Progress, SearchResult } from '../search/result.ts';
import { Space } from '../space/space.ts';
import { type CompareOptions, Comparison } from './comparison.ts';
import type { DesignDiff, PropertyDiff, SideReport } from './result.ts';

export interface DiffOptions extends CompareOptions {
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** Searches two designs to their ends, and compares what they promise and what they can do. @throws ModelError, UsageError */
export async function diffDesigns(
  before: Configuration,
  after: Configuration,
  options: DiffOptions = {},
): Promise<DesignDiff> {
  const spaces = [new Space(before), new Space(after)] as const;
  const { observe } = options;
  const comparison = new Comparison(spaces[0], spaces[1], options);
  const sides = {
    before: { space: spaces[0], result: await breadthFirst(spaces[0], { ...options, all: true }) },
    after: { space: spaces[1], result: await breadthFirst(spaces[1], { ...options, all: true }) },
  };
  const properties = propertyDiffs(sides.before.result, sides.after.result);
  return { ...sides, properties, observed: observe, ...(await comparison.run(properties)) };
}

function propertyDiffs(before: SearchResult, after: SearchResult): readonly PropertyDiff[] {
  const reports = [...before.properties, ...after.properties];
  const first = reports.filter(({ name }, i) => reports.findIndex((one) => one.name === name) === i);
  return first.map(({ name, kind }) => ({
    name,
    kind,
    before: sideReport(before, name),
    after: sideReport(after, name),
  }));
}

function sideReport(
  { properties, violations, witnesses }: SearchResult,
  name: string,
): SideReport | undefined {
  const report = properties.find((property) => property.name === name);
  const shown = [...violations, ...witnesses].find(({ property }) => property === name);
  return report && { result: report.result, steps: shown?.path?.steps.length };
}
