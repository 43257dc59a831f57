import { configure } from '../../checker/language/configure.ts';
import { drawSeed, simulate } from '../../checker/search/simulate.ts';
import { Space } from '../../checker/space/space.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { loadModel } from '../models.ts';
import { type DesignOptions, requestOf } from '../options.ts';
import { progressLine, walkingWords } from '../output/progress.ts';
import { present } from '../present.ts';
import { checkTraceOptions, type TraceOptions } from '../traces.ts';

export interface SimulateOptions extends DesignOptions, TraceOptions {
  readonly runs: number;
  readonly steps: number;
  readonly seed?: number;
  readonly seconds?: number;
  readonly explain?: boolean;
}

/** `fencepost simulate <model>`: random runs, which may find what is too far for an exhaustive search. */
export async function simulateCommand(argument: string, options: SimulateOptions, io: Io): Promise<ExitCode> {
  const { spec } = await loadModel(argument);
  const request = requestOf(options);
  const configuration = configure(spec, request);
  checkTraceOptions(options, spec);
  const space = new Space(configuration);
  const { runs, steps, seconds, seed = drawSeed() } = options;
  const progress = progressLine(io, walkingWords);
  const result = await simulate(space, {
    runs,
    steps,
    seed,
    seconds,
    signal: io.signal,
    onProgress: progress.show,
  }).finally(progress.end);
  const again = ['--runs', `${runs}`, '--steps', `${steps}`, '--seed', `${seed}`];
  return present({ configuration, result, space, search: 'random', argument, request, again }, options, io);
}
