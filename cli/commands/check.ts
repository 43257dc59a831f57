import { configure } from '../../checker/language/configure.ts';
import { breadthFirst } from '../../checker/search/breadth-first.ts';
import { Space } from '../../checker/space/space.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { loadModel } from '../models.ts';
import { type DesignOptions, type LimitOptions, requestOf } from '../options.ts';
import { progressLine, searchingWords } from '../output/progress.ts';
import { present } from '../present.ts';
import { checkTraceOptions, type TraceOptions } from '../traces.ts';

export interface CheckOptions extends DesignOptions, LimitOptions, TraceOptions {
  readonly all?: boolean;
}

/** `fencepost check <model>`: the exhaustive search of one design. */
export async function check(argument: string, options: CheckOptions, io: Io): Promise<ExitCode> {
  const { spec } = await loadModel(argument);
  const request = requestOf(options);
  const configuration = configure(spec, request);
  checkTraceOptions(options, spec);
  const space = new Space(configuration);
  const progress = progressLine(io, searchingWords);
  const { states, depth, seconds, all } = options;
  const result = await breadthFirst(space, {
    states,
    depth,
    seconds,
    all,
    signal: io.signal,
    onProgress: progress.show,
  }).finally(progress.end);
  return present(
    { configuration, result, space, search: 'breadth-first', argument, request, again: againOf(options) },
    options,
    io,
  );
}

function againOf({ all, states, depth, seconds }: CheckOptions): string[] {
  const limits = Object.entries({ states, depth, seconds });
  return [
    ...(all ? ['--all'] : []),
    ...limits.flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, `${value}`])),
  ];
}
