import { configure } from '../../checker/language/configure.ts';
import { ModelError, UsageError } from '../../checker/language/errors.ts';
import { breadthFirst } from '../../checker/search/breadth-first.ts';
import type { Progress } from '../../checker/search/result.ts';
import { Space } from '../../checker/space/space.ts';
import { Exit, type ExitCode, worst } from '../exit-code.ts';
import type { Io } from '../io.ts';
import type { SearchJson } from '../json.ts';
import { mostMemory } from '../memory.ts';
import { houseModels, type LoadedModel } from '../models.ts';
import type { LimitOptions } from '../options.ts';
import { checkClosing, checkColumns, checkRow } from '../output/check-table.ts';
import { progressLine, searchingWords } from '../output/progress.ts';
import { painter } from '../output/style.ts';
import { table } from '../output/table.ts';
import { exitCodeOf } from '../present.ts';
import { searchError, searchJson } from '../search-json.ts';
import { workersFor } from '../workers.ts';

export interface CheckAllOptions extends LimitOptions {
  readonly all?: boolean;
  readonly json?: boolean;
  readonly workers?: number;
}

/** `fencepost check`: every model of the house at its default bounds, a row of a table each. */
export async function checkAll(options: CheckAllOptions, io: Io): Promise<ExitCode> {
  const models = await houseModels();
  const columns = checkColumns(models.map(({ argument }) => argument));
  const paint = painter(io.color);
  const say = (line: string | undefined): void => {
    if (!options.json) io.out(`${line}\n`);
  };
  say(paint('strong', table(columns, [])[0] ?? ''));
  const results: SearchJson[] = [];
  const codes: ExitCode[] = [];
  for (const model of models) {
    if (io.signal.aborted) break;
    const { json, code } = await checkOne(model, options, io);
    results.push(json);
    codes.push(code);
    say(table(columns, [checkRow(model.argument, json, paint)])[1]);
  }
  if (results.length < models.length) codes.push(Exit.stopped);
  if (options.json) io.out(`${JSON.stringify({ models: results })}\n`);
  else say(['', ...checkClosing(results, models.length, paint)].join('\n'));
  return worst(codes);
}

async function checkOne(
  model: LoadedModel,
  { states, depth, seconds, memory = mostMemory(), all, workers: threads }: CheckAllOptions,
  io: Io,
): Promise<{ json: SearchJson; code: ExitCode }> {
  const { spec, argument } = model;
  const progress = progressLine<Progress>(io, (now, before) => `${argument}: ${searchingWords(now, before)}`);
  const workers = workersFor(model, undefined, {}, threads);
  const limits = {
    workers,
    states,
    depth,
    seconds,
    memory,
    all,
    signal: io.signal,
    onProgress: progress.show,
  };
  try {
    const configuration = configure(spec);
    const result = await breadthFirst(new Space(configuration), limits).finally(progress.end);
    return {
      json: searchJson({ configuration, result }, 'breadth-first'),
      code: exitCodeOf(result.verdict),
    };
  } catch (error) {
    if (!(error instanceof ModelError || error instanceof UsageError)) throw error;
    io.err(`fencepost: ${error.message}\n`);
    return { json: searchError(error.message, argument, 'breadth-first'), code: Exit.badInput };
  }
}
