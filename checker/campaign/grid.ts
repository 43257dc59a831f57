import { z } from 'zod';

const Check = z.strictObject({
  states: z.int().min(1).optional(),
  depth: z.int().min(1).optional(),
  seconds: z.number().positive().optional(),
});

const Simulate = z.strictObject({
  runs: z.int().min(1).optional(),
  steps: z.int().min(1).optional(),
  /** Fixed, so that the cell can be kept and made again. */
  seed: z.int(),
  seconds: z.number().positive().optional(),
});

const Search = z.union([z.strictObject({ check: Check }), z.strictObject({ simulate: Simulate })]);

const Grid = z.strictObject({
  /** A model of the house, or the path of a file as seen from the campaign's. */
  model: z.string(),
  /** For each parameter the values to try. */
  set: z.record(z.string(), z.array(z.json()).min(1)).default({}),
  /** The designs to try, each a list of changes; the model as it is by default. */
  with: z
    .array(z.array(z.string()))
    .min(1)
    .default(() => [[]]),
  searches: z
    .array(Search)
    .min(1)
    .default(() => [{ check: {} }]),
  /** What every cell of the grid should come to; `any` judges nothing. */
  expect: z.enum(['holds', 'violated', 'any']).default('holds'),
});

/** Grids of runs: parameters x changes x searches. Plain data, so that it may be written as JSON, too. */
export const Campaign = z.strictObject({ campaign: z.array(Grid).min(1) });
export type Campaign = z.output<typeof Campaign>;

/** What a campaign file exports by default: `export default campaign({ model, set, with, searches, expect }, ...)`. */
export function campaign(...grids: z.input<typeof Grid>[]): z.input<typeof Campaign> {
  return { campaign: [...grids] };
}

/** One run of a campaign. */
export interface Cell {
  readonly model: string;
  readonly set: Readonly<Record<string, unknown>>;
  readonly changes: readonly string[];
  readonly search: z.output<typeof Search>;
  readonly expect: Campaign['campaign'][number]['expect'];
}

/** Every cell, in the order of the grids; the searches turn fastest, then the last parameter. Two equal cells are one. */
export function cellsOf({ campaign: grids }: Campaign): readonly Cell[] {
  const cells = grids.flatMap(({ model, expect, set, with: designs, searches }) =>
    designs.flatMap((changes) =>
      combinations(Object.entries(set)).flatMap((values) =>
        searches.map((search): Cell => ({ model, set: Object.fromEntries(values), changes, search, expect })),
      ),
    ),
  );
  return [...new Map(cells.map((cell) => [JSON.stringify(cell), cell])).values()];
}

type Setting = readonly [string, unknown];

function combinations(
  axes: readonly (readonly [string, readonly unknown[]])[],
): readonly (readonly Setting[])[] {
  let rows: readonly (readonly Setting[])[] = [[]];
  for (const [name, values] of axes) {
    rows = rows.flatMap((row) => values.map((value) => [...row, [name, value] as const]));
  }
  return rows;
}
