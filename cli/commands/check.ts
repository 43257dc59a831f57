import { configure } from '../../checker/language/configure.ts';
import type { Spec } from '../../checker/language/properties.ts';
import { breadthFirst } from '../../checker/search/breadth-first.ts';
import { only } from '../../checker/search/only.ts';
import { reducedSearch } from '../../checker/search/reduced.ts';
import { symmetricSearch } from '../../checker/search/symmetric.ts';
import type { Seen } from '../../checker/search/visited.ts';
import { Space } from '../../checker/space/space.ts';
import { type CheckpointFlags, checkpointOf } from '../checkpoint.ts';
import { UserError } from '../errors.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { mostMemory } from '../memory.ts';
import { loadModel } from '../models.ts';
import { type DesignOptions, type LimitOptions, requestOf } from '../options.ts';
import { progressLine, searchingWords } from '../output/progress.ts';
import { present } from '../present.ts';
import { checkTraceOptions, type TraceOptions } from '../traces.ts';
import { workersFor } from '../workers.ts';

export interface CheckOptions extends DesignOptions, LimitOptions, TraceOptions, CheckpointFlags {
  readonly all?: boolean;
  readonly explain?: boolean;
  readonly report?: boolean;
  readonly property?: readonly string[];
  readonly symmetry?: boolean;
  readonly reduce?: boolean;
  readonly workers?: number;
}

/** `fencepost check <model>`: the exhaustive search of one design. */
export async function check(argument: string, options: CheckOptions, io: Io): Promise<ExitCode> {
  const model = await loadModel(argument);
  const properties = asked(model.spec, options);
  const spec = properties === undefined ? model.spec : only(model.spec, properties);
  const request = requestOf(options);
  const configuration = configure(spec, request);
  checkTraceOptions(options, spec);
  const space = new Space(configuration);
  const progress = progressLine(io, searchingWords);
  const { states, depth, seconds, all, memory = mostMemory() } = options;
  const checkpoint = checkpointOf(model, options);
  const fewer = options.symmetry ? 'symmetry' : options.reduce ? 'reduce' : undefined;
  const other = checkpoint === undefined ? 'symmetry' : 'checkpoint';
  if (fewer !== undefined && (checkpoint !== undefined || (options.symmetry && options.reduce)))
    throw new UserError(`--${options.reduce ? 'reduce' : fewer} and --${other} are not combined`);
  const search = options.symmetry ? symmetricSearch : options.reduce ? reducedSearch : breadthFirst;
  const ended: { seen?: Seen } = {};
  const result = await search(space, {
    states,
    depth,
    seconds,
    memory,
    all,
    checkpoint,
    workers: workersFor(model, properties, request, options.workers),
    signal: io.signal,
    onProgress: progress.show,
    onEnd: (seen) => {
      if (options.report) ended.seen = seen;
    },
  }).finally(progress.end);
  return present(
    {
      configuration,
      result,
      space,
      search: 'breadth-first',
      argument,
      request,
      again: againOf(options),
      kept: checkpoint?.folder,
      ...ended,
    },
    options,
    io,
  );
}

/** What the search looks at: everything (undefined), or the properties that are named, and the witness that is. */
function asked(spec: Spec, { property, witness }: CheckOptions): readonly string[] | undefined {
  if (property === undefined) return undefined;
  const isWitness = spec.properties.some(({ name }) => name === witness);
  return [...property, ...(witness !== undefined && isWitness ? [witness] : [])];
}

function againOf({ all, symmetry, reduce, states, depth, seconds, property = [] }: CheckOptions): string[] {
  const limits = Object.entries({ states, depth, seconds });
  return [
    ...property.flatMap((name) => ['--property', name]),
    ...(all ? ['--all'] : []),
    ...(symmetry ? ['--symmetry'] : []),
    ...(reduce ? ['--reduce'] : []),
    ...limits.flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, `${value}`])),
  ];
}
