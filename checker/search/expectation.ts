import { configure } from '../language/configure.ts';
import { UsageError } from '../language/errors.ts';
import type { AnyModel, AnyParams } from '../language/model.ts';
import { type Spec, specOf } from '../language/properties.ts';
import { Space } from '../space/space.ts';
import { renderTrace } from '../trace/text.ts';
import { traceOf } from '../trace/trace.ts';
import { breadthFirst } from './breadth-first.ts';
import type { Limits } from './limits.ts';
import { only } from './only.ts';
import type { SearchResult } from './result.ts';

/** The design and the bounds that a test expects something of. */
export interface Expectation extends Pick<Limits, 'states' | 'depth' | 'seconds'> {
  readonly set?: AnyParams;
  readonly with?: readonly string[];
  /** Looks at these properties alone. */
  readonly properties?: readonly string[];
}

export interface Judgement {
  readonly pass: boolean;
  /** What speaks against it or, where it passed, what was found. */
  readonly message: string;
}

/** Whether a complete search finds nothing. @throws UsageError for what is no model, and as `configure` does */
export async function expectHolds(received: unknown, expectation: Expectation = {}): Promise<Judgement> {
  const { space, result, found } = await searched(received, expectation, expectation.properties);
  const [violation] = result.violations;
  if (violation === undefined) return { pass: result.verdict === 'holds', message: found };
  return { pass: false, message: `${found}\n\n${renderTrace(traceOf(space, violation))}` };
}

/** Whether the property is violated within so many steps. @throws UsageError as above, and for an unknown property */
export async function expectViolation(
  received: unknown,
  property: string,
  expectation: Expectation & { readonly within?: number } = {},
): Promise<Judgement> {
  const { within = Number.POSITIVE_INFINITY, ...bounds } = expectation;
  const { space, result, found } = await searched(received, bounds, [property]);
  const [violation] = result.violations;
  if (violation === undefined) return { pass: false, message: found };
  const steps = violation.path?.steps.length ?? 0;
  const late = steps > within ? `${found}; expected within ${within}\n\n` : `${found}\n\n`;
  return { pass: steps <= within, message: late + renderTrace(traceOf(space, violation)) };
}

async function searched(
  received: unknown,
  { set, with: changes, properties, ...limits }: Expectation,
  names = properties,
): Promise<{ space: Space; result: SearchResult; found: string }> {
  const spec = theSpec(received);
  const asked = names === undefined ? spec : only(spec, names);
  const space = new Space(configure(asked, { ...(set && { set }), ...(changes && { changes }) }));
  const result = await breadthFirst(space, limits);
  return { space, result, found: told(space, result) };
}

function told({ configuration }: Space, { verdict, violations, stoppedBy, distinct }: SearchResult): string {
  const { spec, changes } = configuration;
  const design = [spec.model.name, ...changes].join(' with ');
  const [first] = violations;
  const steps = first?.path?.steps.length;
  if (first !== undefined)
    return `${design} violates ${first.property}${steps === undefined ? '' : ` after ${steps} steps`}`;
  return verdict === 'holds'
    ? `${design} holds: ${distinct} states`
    : `${design} was not searched to the end: ${stoppedBy}`;
}

function theSpec(received: unknown): Spec {
  const is = (value: unknown, ...fields: string[]): boolean =>
    typeof value === 'object' && value !== null && fields.every((field) => field in value);
  if (!is(received, 'model', 'properties') && !is(received, 'name', 'definition')) {
    throw new UsageError('what is expected to hold is what defineModel(...) or properties(...) begins.');
  }
  return specOf(received as Spec | AnyModel);
}
