import { mutantList } from '../checker/language/mutants.ts';
import { type Budget, budgets } from '../checker/search/budgets.ts';
import { type Coverage, coverage } from '../checker/search/coverage.ts';
import { type Mutated, mutate } from '../checker/search/mutate.ts';
import type { Seen } from '../checker/search/visited.ts';
import type { Io } from './io.ts';
import type { Presented } from './output/presented.ts';
import { progressLine } from './output/progress.ts';

/** What a long report tells beside the result of a search. */
export interface Trust {
  readonly coverage: Coverage;
  readonly budgets: readonly Budget[];
  readonly seeded: Seeded;
}

/** What became of the faults that are seeded in the rules of the model, each alone and at its own bounds. */
export interface Seeded {
  /** How many there are; fewer were run if somebody pressed Ctrl-C. */
  readonly of: number;
  /** After so many states each search was stopped. */
  readonly limit: number;
  readonly rows: readonly Mutated[];
}

/** A report should take seconds: `mutate` is there for more. */
const LIMIT = 50_000;

/** Looks back at the states of a search, then runs the seeded faults. @throws ModelError */
export async function trustOf({ space, configuration }: Presented, seen: Seen, io: Io): Promise<Trust> {
  const { spec } = configuration;
  const of = mutantList(spec.model.definition.mutants).length;
  const rows: Mutated[] = [];
  const begin = performance.now();
  const progress = progressLine<{ readonly seconds: number }>(
    io,
    ({ seconds }) => `seeded fault ${rows.length + 1} of ${of} · ${Math.round(seconds)} s`,
  );
  const onProgress = (): void => progress.show?.({ seconds: (performance.now() - begin) / 1000 });
  try {
    for await (const row of mutate(spec, { all: true, states: LIMIT, signal: io.signal, onProgress })) {
      rows.push(row);
      onProgress();
    }
  } finally {
    progress.end();
  }
  return {
    coverage: coverage(space, seen),
    budgets: budgets(space, seen),
    seeded: { of, limit: LIMIT, rows },
  };
}
