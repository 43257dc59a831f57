import type { Spec } from '../checker/language/properties.ts';
import { unviolated } from '../checker/search/mutate.ts';
import type { Trace } from '../checker/trace/trace.ts';
import type { SearchJson } from './json.ts';
import { boundsOf } from './output/bounds.ts';
import type { Outcome } from './output/verdict.ts';
import { warningsOf } from './output/warnings.ts';
import type { Trust } from './trust.ts';

/** What was asked for beside the result. */
interface MoreJson {
  /** By property, why its violation could not be avoided. */
  readonly explained?: ReadonlyMap<string, string>;
  readonly trust?: Trust | undefined;
}

function trustJson(spec: Spec, { coverage, budgets, seeded }: Trust): SearchJson['report'] {
  const { states, actions } = coverage;
  return {
    states,
    actions: actions.map((one) => ({ ...one, disabledBy: [...one.disabledBy] })),
    budgets: [...budgets],
    seeded: {
      faults: seeded.of,
      limit: seeded.limit,
      killed: seeded.rows.filter(({ fate }) => fate === 'killed').length,
      survived: seeded.rows.filter(({ fate }) => fate === 'survived').length,
    },
    unviolated: [...unviolated(spec, seeded.rows)],
  };
}

/** The result of a search as `--json` shows it. */
export function searchJson(
  { configuration, result }: Outcome,
  search: SearchJson['search'],
  traces: readonly Trace[] = [],
  { explained = new Map(), trust }: MoreJson = {},
): SearchJson {
  const { spec, params, changes } = configuration;
  const { verdict, complete, distinct, generated, depth, seconds, seed } = result;
  return {
    model: spec.model.name,
    params,
    changes: [...changes],
    search,
    verdict,
    complete,
    distinct: distinct ?? null,
    generated,
    depth,
    seconds,
    seed: seed ?? null,
    omission: result.bitstate?.omission ?? null,
    symmetry: result.symmetry ?? null,
    properties: [...result.properties],
    violations: result.violations.map(({ property, kind, path }) => ({
      property,
      kind,
      steps: path?.steps.length ?? null,
      trace: traces.find((trace) => trace.property === property) ?? null,
      explained: explained.get(property) ?? null,
    })),
    bounds: boundsOf(configuration, result),
    warnings: warningsOf(spec, result),
    report: trust === undefined ? null : trustJson(spec, trust),
    message: null,
  };
}

/** The same for a search that could not be made. */
export function searchError(message: string, model: string | null, search: SearchJson['search']): SearchJson {
  return {
    model,
    params: null,
    changes: null,
    search,
    verdict: 'error',
    complete: null,
    distinct: null,
    generated: null,
    depth: null,
    seconds: null,
    seed: null,
    omission: null,
    symmetry: null,
    properties: null,
    violations: null,
    bounds: null,
    warnings: null,
    report: null,
    message,
  };
}
