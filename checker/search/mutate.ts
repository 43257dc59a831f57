import { configure } from '../language/configure.ts';
import { ModelError } from '../language/errors.ts';
import type { AnyParams } from '../language/model.ts';
import { mutantList, type NamedMutant } from '../language/mutants.ts';
import type { Spec } from '../language/properties.ts';
import { Space } from '../space/space.ts';
import { type BreadthFirstOptions, breadthFirst } from './breadth-first.ts';
import { only } from './only.ts';
import type { SearchResult } from './result.ts';

export interface Kill {
  readonly property: string;
  /** Of the shortest run that shows it; undefined for a witness that no run reaches. */
  readonly steps: number | undefined;
}

/** `stopped`: a limit came first; `faulty`: the model fails with it, which no property has noticed. */
export type MutantFate = 'killed' | 'survived' | 'stopped' | 'faulty';

/** What became of one mutant. */
export interface Mutated {
  /** `rule/mutant` */
  readonly name: string;
  readonly about: string;
  readonly at: AnyParams;
  readonly fate: MutantFate;
  /** The properties that its search found violated, nearest first, and that hold without it. */
  readonly kills: readonly Kill[];
  /** Why no property can see it, as declared. */
  readonly survives: string | undefined;
  /** What stopped the search, or the fault of the model. */
  readonly why: string | undefined;
  readonly distinct: number | undefined;
  /** Properties that are violated under these parameters without any mutant, so that they can kill none. */
  readonly blind: readonly string[];
}

export interface MutateOptions extends BreadthFirstOptions {
  /** Parameters beside those of each mutant's `at`, and before them. */
  readonly set?: AnyParams;
  /** Only these mutants, as `rule/mutant`. */
  readonly mutants?: readonly string[] | undefined;
}

/** Searches the model with each of its mutants, breadth-first. `all` goes on after the first violation. */
export async function* mutate(spec: Spec, options: MutateOptions = {}): AsyncGenerator<Mutated> {
  const baselines = new Map<string, Baseline>();
  for (const mutant of mutantList(spec.model.definition.mutants)) {
    if (options.signal?.aborted) return;
    if (options.mutants?.includes(mutant.name) ?? true)
      yield await mutateOnce(spec, mutant, baselines, options);
  }
}

/** As declared: killed, or declared as surviving and alive. Undefined when it could not be found out. */
export function asDeclared({ fate, survives }: Mutated): boolean | undefined {
  if (fate === 'stopped') return undefined;
  return fate === (survives === undefined ? 'killed' : 'survived');
}

/** Properties that hold without a mutant, that none of these violated, and that no change of the catalogue is declared to break or repair. */
export function unviolated(spec: Spec, mutated: readonly Mutated[]): readonly string[] {
  const { changes, deadlock } = spec.model.definition;
  const violated = new Set([
    ...mutated.flatMap(({ kills, blind }) => [...kills.map(({ property }) => property), ...blind]),
    ...Object.values(changes).flatMap(({ breaks = [], repairs = [] }) => [...breaks, ...repairs]),
  ]);
  const all = [...spec.properties.map(({ name }) => name), ...(deadlock === 'allowed' ? [] : ['deadlock'])];
  return all.filter((name) => !violated.has(name));
}

/** The model as it is under the parameters of a mutant. */
interface Baseline {
  readonly holding: readonly string[];
  readonly violated: readonly string[];
  readonly stoppedBy: string | undefined;
}

async function mutateOnce(
  spec: Spec,
  { name, declared }: NamedMutant,
  baselines: Map<string, Baseline>,
  options: MutateOptions,
): Promise<Mutated> {
  const { about, survives } = declared;
  const at = { ...declared.at, ...options.set };
  const baseline = await baselineAt(spec, at, baselines, options);
  const known = { name, about, at, survives, blind: baseline.violated };
  if (baseline.stoppedBy !== undefined) {
    const why = `without it: ${baseline.stoppedBy}`;
    return { ...known, fate: 'stopped', kills: [], why, distinct: undefined };
  }
  const configuration = configure(only(spec, baseline.holding), { set: at, changes: [name] });
  try {
    const result = await breadthFirst(new Space(configuration), options);
    const kills = result.violations.map(({ property, path }) => ({ property, steps: path?.steps.length }));
    return { ...known, ...fateOf(result), kills, distinct: result.distinct };
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    return { ...known, fate: 'faulty', kills: [], why: error.message, distinct: undefined };
  }
}

function fateOf({ verdict, stoppedBy }: SearchResult): Pick<Mutated, 'fate' | 'why'> {
  const fates = { violated: 'killed', holds: 'survived', stopped: 'stopped', passed: 'stopped' } as const;
  return { fate: fates[verdict], why: stoppedBy };
}

/** One complete search for all mutants with the same parameters. */
async function baselineAt(
  spec: Spec,
  at: AnyParams,
  baselines: Map<string, Baseline>,
  options: MutateOptions,
): Promise<Baseline> {
  const configuration = configure(spec, { set: at });
  const key = JSON.stringify(configuration.params);
  const known = baselines.get(key);
  if (known !== undefined) return known;
  const { properties, stoppedBy } = await breadthFirst(new Space(configuration), { ...options, all: true });
  const isBad = (result: string): boolean => result === 'violated' || result === 'unreached';
  const baseline = {
    holding: properties.filter(({ result }) => !isBad(result)).map(({ name }) => name),
    violated: properties.filter(({ result }) => isBad(result)).map(({ name }) => name),
    stoppedBy,
  };
  baselines.set(key, baseline);
  return baseline;
}
