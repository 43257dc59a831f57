import { configure } from '../../checker/language/configure.ts';
import { bitstateSearch } from '../../checker/search/bitstate.ts';
import { only } from '../../checker/search/only.ts';
import { drawSeed } from '../../checker/search/simulate.ts';
import { Space } from '../../checker/space/space.ts';
import { UserError } from '../errors.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { loadModel } from '../models.ts';
import { requestOf } from '../options.ts';
import { progressLine, searchingWords } from '../output/progress.ts';
import { present } from '../present.ts';
import { checkTraceOptions } from '../traces.ts';
import type { CheckOptions } from './check.ts';

export interface BitstateOptions extends CheckOptions {
  /** Bytes for the bits of visited states. */
  readonly bitstate: number;
  readonly swarm?: number;
  readonly seed?: number;
}

const EXACT = ['all', 'symmetry', 'reduce', 'workers', 'checkpoint', 'resume'] as const;

/** `fencepost check <model> --bitstate <size>`: depth-first searches that keep only bits of what they visit. */
export async function checkBitstate(argument: string, options: BitstateOptions, io: Io): Promise<ExitCode> {
  const exact = EXACT.find((name) => Reflect.get(options, name) !== undefined);
  if (exact !== undefined) throw new UserError(`--bitstate and --${exact} are not combined`);
  const { spec } = await loadModel(argument);
  const request = requestOf(options);
  const configuration = configure(
    options.property === undefined ? spec : only(spec, options.property),
    request,
  );
  checkTraceOptions(options, spec);
  const space = new Space(configuration);
  const progress = progressLine(io, searchingWords);
  const { states, depth, seconds, bitstate: bytes, swarm: searches = 1, seed = drawSeed() } = options;
  const result = await bitstateSearch(space, {
    bytes,
    searches,
    seed,
    states,
    depth,
    seconds,
    signal: io.signal,
    onProgress: progress.show,
  }).finally(progress.end);
  const limits = Object.entries({ states, depth, seconds, swarm: options.swarm });
  const again = [
    ...(options.property ?? []).flatMap((name) => ['--property', name]),
    ...['--bitstate', `${bytes / 2 ** 20}MiB`, '--seed', `${seed}`],
    ...limits.flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, `${value}`])),
  ];
  return present({ configuration, result, space, search: 'bitstate', argument, request, again }, options, io);
}
