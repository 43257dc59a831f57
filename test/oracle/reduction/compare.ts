import { expect } from 'vitest';
import { configure } from '../../../checker/language/configure.ts';
import { breadthFirst } from '../../../checker/search/breadth-first.ts';
import { reducedSearch } from '../../../checker/search/reduced.ts';
import { replay } from '../../../checker/search/replay.ts';
import { Space } from '../../../checker/space/space.ts';
import { traceOf } from '../../../checker/trace/trace.ts';
import { type CellsTree, cellsSpec } from './models.ts';

export interface ComparedReduction {
  readonly distinct: number;
  readonly left: number;
  readonly violated: boolean;
  readonly stuck: boolean;
}

/** Searches a model with and without partial-order reduction, to the end: the same is violated, reached and stuck. */
export async function compareReduction(tree: CellsTree): Promise<ComparedReduction> {
  const spec = cellsSpec(tree);
  const space = new Space(configure(spec));
  const full = await breadthFirst(new Space(configure(spec)), { all: true });
  const reduced = await reducedSearch(space, { all: true });
  const said = ({ verdict, complete, properties }: typeof full) => ({
    verdict,
    complete,
    properties: properties.map(({ name, result }) => [name, result]),
  });
  expect(said(reduced)).toEqual(said(full));
  expect(reduced.deadlocks).toBe(full.deadlocks);
  for (const violation of reduced.violations) {
    if (violation.path === undefined) continue;
    expect(replay(new Space(configure(spec)), traceOf(space, violation)).verdict).toBe('replayed');
  }
  return {
    distinct: full.distinct ?? 0,
    left: reduced.distinct ?? 0,
    violated: full.verdict === 'violated',
    stuck: full.deadlocks > 0,
  };
}
