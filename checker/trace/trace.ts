import type { PropertyKind } from '../language/properties.ts';
import type { Space } from '../space/space.ts';
import { type Json, SCHEMA_VERSION, TRACE_FORMAT, type Trace, type TraceStep } from './format.ts';
import { placesOf } from './places.ts';
import { Teller } from './teller.ts';

export type { Trace } from './format.ts';

/** A run as searches keep it: states.length = steps.length + 1. */
interface Run {
  readonly states: readonly Int32Array[];
  readonly steps: readonly { readonly instance: number; readonly label: string }[];
}

/** What was found: a violation, a behaviour or, without the optional fields, a run to a witness. */
export interface Shown {
  readonly property: string;
  readonly kind?: PropertyKind | 'deadlock' | 'behaviour';
  readonly instance?: string;
  readonly sentence?: string;
  /** Absent for a witness that no run reaches. */
  readonly path: Run | undefined;
  /** Of a temporal property: the number of the state that the run comes back to. */
  readonly loop?: number | undefined;
}

/** The whole story of a finding, as plain JSON. @throws ModelError when the run cannot be told again (an impure action). */
export function traceOf(space: Space, shown: Shown): Trace {
  const { spec, params, changes } = space.configuration;
  const { property, path, kind = 'reachable', instance = '', sentence = '' } = shown;
  const teller = new Teller(space);
  return {
    format: TRACE_FORMAT,
    schemaVersion: SCHEMA_VERSION,
    model: spec.model.name,
    params: params as Record<string, Json>, // parsed by a schema of plain values
    changes: [...changes],
    property,
    kind,
    verdict: kind === 'behaviour' || (kind === 'reachable' && path !== undefined) ? 'reached' : 'violated',
    instance,
    sentence,
    components: Object.entries(space.layout.components).map(([name, declared]) => ({
      name,
      kind: declared.kind,
      axes: declared.axes.map((axis) => [...axis]),
      ghost: declared.ghost,
      places: placesOf(declared.schema),
    })),
    lanes: [...teller.lanes.names],
    initial: path?.states[0] ? (space.valuesOf(path.states[0]) as Record<string, Json>) : null, // plain values
    steps: path === undefined ? [] : stepsOf(path, teller),
    loop: shown.loop ?? null,
  };
}

function stepsOf({ states, steps }: Run, teller: Teller): TraceStep[] {
  return steps.map(({ instance, label }, i) => {
    const [before, after] = [states[i], states[i + 1]];
    if (before === undefined || after === undefined)
      throw new RangeError('a run has one state more than steps');
    return teller.tell(instance, label, before, after);
  });
}
