import { configure, type Request } from '../language/configure.ts';
import type { FaultTable, Setting } from '../language/fault-table.ts';
import type { AnyParams } from '../language/model.ts';
import type { Spec } from '../language/properties.ts';
import { Space } from '../space/space.ts';
import { breadthFirst } from './breadth-first.ts';
import { combinations, type Faults } from './fault-combinations.ts';
import { only } from './only.ts';
import type { Progress } from './result.ts';

export interface Row {
  readonly says: readonly string[];
  readonly request: Required<Request>;
}

export interface Loss {
  readonly faults: Faults;
  readonly steps: number;
  readonly request: Request;
}

export interface Cell extends Row {
  /** All combinations of the smallest number of faults that lose something, the shortest run first. */
  readonly losses: readonly Loss[];
  /** Every combination of so many faults, and of fewer, was searched to its end and loses nothing; -1: not even without any. */
  readonly none: number;
  /** Of all searches together. */
  readonly states: number;
  /** Why the search for the smallest number ended before it was found. */
  readonly stoppedBy: string | undefined;
}

export interface FaultOptions {
  readonly upTo: number;
  /** Limit of each search. */
  readonly states?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((faults: Faults, progress: Progress) => void) | undefined;
  /** What searches of other rows have found; filled with those of this one. */
  readonly known?: Map<string, Searched> | undefined;
}

/** What is kept of one search. */
export interface Searched {
  /** Of the shortest run that loses something. */
  readonly steps: number | undefined;
  readonly states: number;
  readonly stoppedBy: string | undefined;
}

/** The rows that agree with `set`, which may also say more than the table does. */
export function rowsOf(table: FaultTable, set: AnyParams): readonly Row[] {
  const start: readonly Row[] = [{ says: [], request: { set: { ...table.set }, changes: [] } }];
  return Object.values(table.settings)
    .reduce((rows, settings) => rows.flatMap((row) => settings.map((setting) => chosen(row, setting))), start)
    .filter(({ request }) => !table.leaveOut?.(request.set))
    .filter(({ request }) =>
      Object.entries(set).every(([key, value]) => isFree(table, key) || request.set[key] === value),
    )
    .map(({ says, request }) => ({ says, request: { ...request, set: { ...request.set, ...set } } }));
}

/** Whether no setting of the table says anything about the parameter. */
const isFree = (table: FaultTable, key: string): boolean =>
  !Object.values(table.settings).some((settings) =>
    settings.some((setting) => Object.hasOwn(setting.set ?? {}, key)),
  );

const chosen = ({ says, request }: Row, setting: Setting): Row => ({
  says: [...says, setting.says],
  request: {
    set: { ...request.set, ...setting.set },
    changes: [...request.changes, ...(setting.changes ?? [])],
  },
});

/** Tries combinations of faults, fewest first, each in an exhaustive search that ends at the first loss. */
export async function smallestLoss(
  spec: Spec,
  table: FaultTable,
  row: Row,
  options: FaultOptions,
): Promise<Cell> {
  let states = 0;
  for (let total = 0; total <= options.upTo; total++) {
    const losses: Loss[] = [];
    let stoppedBy: string | undefined;
    for (const faults of combinations(Object.keys(table.faults), total)) {
      const request = { set: { ...row.request.set, ...faults }, changes: row.request.changes };
      const found = await searchOnce(spec, table, request, faults, options);
      states += found.states;
      if (found.steps !== undefined) losses.push({ faults, steps: found.steps, request });
      stoppedBy ??= found.stoppedBy;
      if (options.signal?.aborted) break;
    }
    if (losses.length > 0 || stoppedBy !== undefined) {
      losses.sort((a, b) => a.steps - b.steps);
      return { ...row, losses, none: total - 1, states, stoppedBy };
    }
  }
  return { ...row, losses: [], none: options.upTo, states, stoppedBy: undefined };
}

/** The search for one combination, unless one that is equal to it was made before. */
async function searchOnce(
  spec: Spec,
  table: FaultTable,
  request: Required<Request>,
  faults: Faults,
  { states, signal, onProgress, known }: FaultOptions,
): Promise<Searched> {
  const plain = { set: table.plain?.(request.set) ?? request.set, changes: request.changes };
  const key = JSON.stringify(plain);
  const earlier = known?.get(key);
  if (earlier !== undefined) return earlier;
  const result = await breadthFirst(new Space(configure(only(spec, table.properties), plain)), {
    states,
    signal,
    onProgress: onProgress && ((progress) => onProgress(faults, progress)),
  });
  const holds = result.verdict === 'holds' && result.properties.every((each) => each.result === 'holds');
  const found = {
    steps: result.violations[0]?.path?.steps.length,
    states: result.distinct ?? 0,
    stoppedBy:
      result.verdict === 'violated' || holds ? undefined : (result.stoppedBy ?? 'a property is unchecked'),
  };
  if (!signal?.aborted) known?.set(key, found);
  return found;
}
