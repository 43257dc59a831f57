import type { Coverage } from '../checker/search/coverage.ts';
import type { Trace } from '../checker/trace/trace.ts';
import type { SearchJson } from './json.ts';
import { boundsOf } from './output/bounds.ts';
import type { Outcome } from './output/verdict.ts';
import { warningsOf } from './output/warnings.ts';

/** What was asked for beside the result. */
interface MoreJson {
  /** For each trace, why its violation could not be avoided. */
  readonly explained?: readonly string[];
  readonly coverage?: Coverage | undefined;
}

const coverageJson = ({ states, actions }: Coverage): SearchJson['coverage'] => ({
  states,
  actions: actions.map((one) => ({ ...one, disabledBy: [...one.disabledBy] })),
});

/** The result of a search as `--json` shows it. */
export function searchJson(
  { configuration, result }: Outcome,
  search: SearchJson['search'],
  traces: readonly Trace[] = [],
  { explained = [], coverage }: MoreJson = {},
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
      explained: explained[traces.findIndex((trace) => trace.property === property)] ?? null,
    })),
    bounds: boundsOf(configuration, result),
    warnings: warningsOf(spec, result),
    coverage: coverage === undefined ? null : coverageJson(coverage),
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
    coverage: null,
    message,
  };
}
