import type { Change } from '../language/changes.ts';
import { configure } from '../language/configure.ts';
import { UsageError } from '../language/errors.ts';
import type { AnyParams } from '../language/model.ts';
import type { Spec } from '../language/properties.ts';
import { Space } from '../space/space.ts';
import { breadthFirst } from './breadth-first.ts';
import type { Limits } from './limits.ts';
import type { Progress, SearchResult } from './result.ts';

/** What two changes do to a property that neither of them does alone. */
export interface Interaction {
  readonly property: string;
  /** `breaks`: violated with both, not with either alone; `repairs`: violated with one of them alone, not with both. */
  readonly effect: 'breaks' | 'repairs';
  /** Of the shortest run that shows the violation. */
  readonly steps: number | undefined;
}

export interface PairVerified {
  readonly changes: readonly [string, string];
  /** The bounds of both together: of two numbers the larger one. */
  readonly at: AnyParams;
  readonly interactions: readonly Interaction[];
  /** Why it could not be found out. */
  readonly unchecked: string | undefined;
}

export interface PairsOptions extends Pick<Limits, 'states' | 'signal'> {
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** Every two of these changes of the catalogue, searched alone and together under the bounds of both. */
export async function* verifyPairs(
  spec: Spec,
  names: readonly string[],
  options: PairsOptions = {},
): AsyncGenerator<PairVerified> {
  const { changes } = spec.model.definition;
  const known = new Map<string, SearchResult>();
  for (const [i, a] of names.entries()) {
    for (const b of names.slice(i + 1)) {
      if (options.signal?.aborted) return;
      yield await verifyPair(spec, [a, b], [changes[a], changes[b]], known, options);
    }
  }
}

async function verifyPair(
  spec: Spec,
  names: readonly [string, string],
  [a, b]: readonly [Change | undefined, Change | undefined],
  known: Map<string, SearchResult>,
  options: PairsOptions,
): Promise<PairVerified> {
  const [first, second] = [a?.at ?? {}, b?.at ?? {}];
  const conflict = Object.keys(first).find(
    (key) => Object.hasOwn(second, key) && larger(first[key], second[key]) === undefined,
  );
  const pair = { changes: names, at: {}, interactions: [] };
  if (conflict !== undefined) return { ...pair, unchecked: `they show at different values of ${conflict}` };
  const at = { ...first, ...second };
  for (const key of Object.keys(first)) at[key] = larger(first[key], at[key]) ?? at[key];
  const results: SearchResult[] = [];
  for (const changes of [[names[0]], [names[1]], [...names]]) {
    try {
      results.push(await searched(spec, at, changes, known, options));
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      return { ...pair, at, unchecked: error.message };
    }
  }
  const open = results.find(({ complete }) => !complete);
  if (open !== undefined) return { ...pair, at, unchecked: open.stoppedBy };
  return { ...pair, at, interactions: interactionsOf(results), unchecked: undefined };
}

/** Of two equal values that one, of two numbers the larger one. */
function larger(a: unknown, b: unknown): unknown {
  if (JSON.stringify(a) === JSON.stringify(b)) return a;
  return typeof a === 'number' && typeof b === 'number' ? Math.max(a, b) : undefined;
}

async function searched(
  spec: Spec,
  set: AnyParams,
  changes: readonly string[],
  known: Map<string, SearchResult>,
  options: PairsOptions,
): Promise<SearchResult> {
  const configuration = configure(spec, { set, changes });
  const key = JSON.stringify([configuration.params, changes]);
  const earlier = known.get(key);
  if (earlier !== undefined) return earlier;
  const result = await breadthFirst(new Space(configuration), { ...options, all: true });
  known.set(key, result);
  return result;
}

function interactionsOf([first, second, both]: readonly SearchResult[]): readonly Interaction[] {
  const names = both?.properties.map(({ name }) => name) ?? [];
  return names.flatMap((property): Interaction[] => {
    const [alone, other, together] = [first, second, both].map((result) => badness(result, property));
    if (alone === undefined || other === undefined || together === undefined) return [];
    const shown = [both, first, second].flatMap((result) => result?.violations ?? []);
    const steps = shown.find((violation) => violation.property === property)?.path?.steps.length;
    if (together && !alone && !other) return [{ property, effect: 'breaks', steps }];
    return !together && (alone || other) ? [{ property, effect: 'repairs', steps }] : [];
  });
}

/** Undefined for a property that was not checked. */
function badness(result: SearchResult | undefined, property: string): boolean | undefined {
  const report = result?.properties.find(({ name }) => name === property);
  if (report === undefined || report.result === 'unchecked') return undefined;
  return report.result === 'violated' || report.result === 'unreached';
}
