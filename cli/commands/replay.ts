import { readFileSync } from 'node:fs';
import { configure } from '../../checker/language/configure.ts';
import { UsageError } from '../../checker/language/errors.ts';
import { type ReplayResult, replay } from '../../checker/search/replay.ts';
import { Space } from '../../checker/space/space.ts';
import { parseTrace } from '../../checker/trace/parse.ts';
import type { Trace } from '../../checker/trace/trace.ts';
import { UserError } from '../errors.ts';
import { Exit, type ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { type LoadedModel, loadModel } from '../models.ts';
import { type Paint, painter } from '../output/style.ts';
import { type Format, traceText } from '../output/trace-text.ts';

export interface ReplayOptions {
  readonly format?: Format;
}

/** `fencepost replay <file> [model]`: takes the steps of a trace once more, in the model as it is today. */
export async function replayCommand(
  file: string,
  argument: string | undefined,
  options: ReplayOptions,
  io: Io,
): Promise<ExitCode> {
  const trace = readTrace(file);
  const { spec } = await modelOf(trace, argument, file);
  if (spec.model.name !== trace.model)
    throw new UserError(`${file} is a trace of ${trace.model}, not of ${spec.model.name}.`);
  const { params, changes } = trace;
  const space = new Space(ofFile(file, () => configure(spec, { set: params, changes })));
  const result = replay(space, trace);
  const fits = result.verdict === 'replayed';
  const { format = 'text' } = options;
  if (format !== 'text') {
    if (fits) io.out(await traceText(trace, format, { color: false, width: io.width }));
  } else {
    const paint = painter(io.color);
    const told = fits ? await traceText(trace, 'text', io) : stepsThatFit(trace, result, paint);
    io.out(`${told}\n${verdict(result, paint)}\n`);
  }
  if (fits) return trace.verdict === 'violated' ? Exit.violated : Exit.ok;
  io.err(`fencepost: ${file}: ${result.sentence}\n`);
  return Exit.badInput;
}

/** The file, as far as it is a trace at all. @throws UserError, UsageError */
function readTrace(file: string): Trace {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const known: Readonly<Record<string, string>> = {
      ENOENT: 'there is no such file',
      EISDIR: 'it is a folder',
    };
    throw new UserError(`${file} cannot be read: ${known[code ?? ''] ?? String(code)}.`, { cause: error });
  }
  return ofFile(file, () => parseTrace(text));
}

/** What is wrong with a trace is told with the name of its file. */
function ofFile<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof UsageError ? new UsageError(`${file}: ${error.message}`) : error;
  }
}

async function modelOf({ model }: Trace, argument: string | undefined, file: string): Promise<LoadedModel> {
  if (argument !== undefined) return await loadModel(argument);
  const house = await loadModel(model).catch((error: unknown) => {
    if (error instanceof UsageError || error instanceof UserError) return undefined;
    throw error;
  });
  if (house !== undefined) return house;
  throw new UserError(
    `${file} is a trace of ${model}, which is no model of the house: name its file too, as in fencepost replay ${file} ./my-model.ts.`,
  );
}

/** Each step in words, up to the one that does not fit. */
function stepsThatFit(
  { model, steps }: Trace,
  { steps: fitting, misfit }: ReplayResult,
  paint: Paint,
): string {
  const shown = steps.slice(0, misfit ?? steps.length);
  const lines = shown.map(({ says }, i) => {
    const mark = i < fitting ? paint('good', 'fits') : paint('bad', 'DIFFERS');
    return `  ${String(i + 1).padStart(3)}  ${says}  ${mark}`;
  });
  return [`${model}: ${fitting} of ${steps.length} steps fit`, ...lines, ''].join('\n');
}

function verdict({ verdict: outcome, sentence }: ReplayResult, paint: Paint): string {
  const told = sentence.endsWith('.') ? sentence : `${sentence}.`;
  return outcome === 'replayed'
    ? `${paint('good', 'REPLAYED')}: ${told}`
    : `${paint('bad', outcome === 'misfit' ? 'DOES NOT FIT' : 'GONE')}: ${told}`;
}
