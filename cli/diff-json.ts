import { conclusion } from '../checker/diff/conclusion.ts';
import type { DesignDiff, PropertyDiff, Side } from '../checker/diff/result.ts';
import { type Trace, traceOf } from '../checker/trace/trace.ts';
import type { DiffJson } from './json.ts';

/** The runs of a comparison, each told in full. */
export interface DiffTraces {
  readonly gained: Trace | undefined;
  readonly lost: Trace | undefined;
  readonly lostThoughLegal: Trace | undefined;
  readonly parting: { readonly before: Trace; readonly after: Trace } | undefined;
}

export function diffTraces(diff: DesignDiff): DiffTraces {
  const { before, after, gained, lost, lostThoughLegal, parting } = diff;
  const kind = 'behaviour';
  const cannot = (side: string, otherwise: string | undefined): string =>
    `the design ${side} cannot make it${otherwise === undefined ? '' : `, since ${otherwise}`}`;
  const loss = (one: typeof lost, property: string): Trace | undefined =>
    one &&
    traceOf(before.space, { property, kind, path: one.path, sentence: cannot('after', one.otherwise) });
  const apart = 'from here on the designs are in different states';
  return {
    gained:
      gained &&
      traceOf(after.space, {
        property: 'gained',
        kind,
        path: gained.path,
        sentence: cannot('before', gained.otherwise),
      }),
    lost: loss(lost, 'lost'),
    lostThoughLegal: loss(lostThoughLegal, 'lost though legal'),
    parting: parting && {
      before: traceOf(before.space, { property: 'in common', kind, path: parting.before, sentence: apart }),
      after: traceOf(after.space, { property: 'in common', kind, path: parting.after, sentence: apart }),
    },
  };
}

/** A comparison as `--json` shows it. */
export function diffJson(diff: DesignDiff): DiffJson {
  const traces = diffTraces(diff);
  return {
    conclusion: [...conclusion(diff)],
    designs: { before: sideJson(diff.before), after: sideJson(diff.after) },
    properties: diff.properties.map((property) => ({
      name: property.name,
      kind: property.kind,
      before: propertySide(property, 'before', diff),
      after: propertySide(property, 'after', diff),
    })),
    observed: diff.observed === undefined ? null : [...diff.observed],
    gained: traces.gained ?? null,
    lost: traces.lost ?? null,
    lostThoughLegal: traces.lostThoughLegal ?? null,
    parting: traces.parting ?? null,
    stoppedBy: diff.stoppedBy ?? null,
  };
}

function sideJson({ space, result }: Side): DiffJson['designs']['before'] {
  const { spec, changes, params } = space.configuration;
  const { complete, distinct = 0, generated, depth, taken } = result;
  return {
    model: spec.model.name,
    changes: [...changes],
    params: { ...params },
    ...{ complete, distinct, generated, depth },
    taken: Object.fromEntries(taken),
  };
}

function propertySide(
  property: PropertyDiff,
  side: 'before' | 'after',
  diff: DesignDiff,
): DiffJson['properties'][number]['before'] {
  const report = property[side];
  if (report === undefined) return null;
  const { space, result } = diff[side];
  const violation = result.violations.find((one) => one.property === property.name);
  const trace = violation?.path === undefined ? null : traceOf(space, violation);
  return { result: report.result, steps: report.steps ?? null, trace };
}
