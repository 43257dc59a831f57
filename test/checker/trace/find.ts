import { configure, type Request } from '../../../checker/language/configure.ts';
import { type Spec, specOf } from '../../../checker/language/index.ts';
import type { AnyModel } from '../../../checker/language/model.ts';
import { breadthFirst } from '../../../checker/search/breadth-first.ts';
import { Space } from '../../../checker/space/space.ts';
import { type Trace, traceOf } from '../../../checker/trace/trace.ts';

export function spaceOf(spec: Spec | AnyModel, request: Request = {}): Space {
  return new Space(configure(specOf(spec), request));
}

/** The trace of the shortest violation of a property, or of the shortest run to a witness. */
export async function findTrace(
  spec: Spec | AnyModel,
  property: string,
  request: Request = {},
): Promise<Trace> {
  const space = spaceOf(spec, request);
  const { violations, witnesses } = await breadthFirst(space, { all: true });
  const found = [...violations, ...witnesses].find((one) => one.property === property);
  if (found === undefined) throw new Error(`nothing found for ${property}`);
  return traceOf(space, found);
}
