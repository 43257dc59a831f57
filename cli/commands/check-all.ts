import { configure } from '../../checker/language/configure.ts';
import { ModelError } from '../../checker/language/errors.ts';
import { breadthFirst } from '../../checker/search/breadth-first.ts';
import { Space } from '../../checker/space/space.ts';
import { Exit, type ExitCode, worst } from '../exit-code.ts';
import type { Io } from '../io.ts';
import type { SearchJson } from '../json.ts';
import { houseModels, type LoadedModel } from '../models.ts';
import type { LimitOptions } from '../options.ts';
import { progressLine } from '../output/progress.ts';
import { type Paint, painter } from '../output/style.ts';
import { type Column, table } from '../output/table.ts';
import { count } from '../output/words.ts';
import { exitCodeOf } from '../present.ts';
import { searchError, searchJson } from '../search-json.ts';

export interface CheckAllOptions extends LimitOptions {
  readonly all?: boolean;
  readonly json?: boolean;
}

/** `fencepost check`: every model of the house at its default bounds, a row of a table each. */
export async function checkAll(options: CheckAllOptions, io: Io): Promise<ExitCode> {
  const models = await houseModels();
  const columns = columnsFor(models);
  const paint = painter(io.color);
  const print = (rows: readonly (readonly string[])[]): readonly string[] => table(columns, rows);
  if (!options.json) io.out(`${paint('strong', print([])[0] ?? '')}\n`);
  const results: SearchJson[] = [];
  const codes: ExitCode[] = [];
  for (const model of models) {
    if (io.signal.aborted) break;
    const { json, code } = await checkOne(model, options, io);
    results.push(json);
    codes.push(code);
    if (!options.json) io.out(`${print([row(model, json, paint)])[1]}\n`);
  }
  if (results.length < models.length) codes.push(Exit.stopped);
  if (options.json) io.out(`${JSON.stringify({ models: results })}\n`);
  else io.out(`\n${closing(results, models.length)}\n`);
  return worst(codes);
}

async function checkOne(
  { spec, argument }: LoadedModel,
  { states, depth, seconds, all }: CheckAllOptions,
  io: Io,
): Promise<{ json: SearchJson; code: ExitCode }> {
  const progress = progressLine(io);
  const limits = { states, depth, seconds, all, signal: io.signal, onProgress: progress.show };
  try {
    const configuration = configure(spec);
    const result = await breadthFirst(new Space(configuration), limits).finally(progress.end);
    return {
      json: searchJson({ configuration, result }, 'breadth-first'),
      code: exitCodeOf(result.verdict),
    };
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    io.err(`fencepost: ${error.message}\n`);
    return { json: searchError(error.message, argument, 'breadth-first'), code: Exit.badInput };
  }
}

function columnsFor(models: readonly LoadedModel[]): readonly Column[] {
  return [
    { title: 'model', width: Math.max(...models.map(({ argument }) => argument.length)) },
    { title: 'verdict', width: 'violated'.length },
    { title: 'distinct', align: 'right', width: '1,000,000'.length },
    { title: 'generated', align: 'right', width: '10,000,000'.length },
    { title: 'depth', align: 'right' },
    { title: 'seconds', align: 'right' },
    { title: 'warnings', align: 'right' },
  ];
}

function row({ argument }: LoadedModel, json: SearchJson, paint: Paint): readonly string[] {
  const tone = { holds: 'good', passed: 'good', violated: 'bad', error: 'bad', stopped: 'warn' } as const;
  const number = (value: number | null): string => (value === null ? '' : count(value));
  return [
    argument,
    paint(tone[json.verdict], json.verdict),
    number(json.distinct),
    number(json.generated),
    number(json.depth),
    json.seconds?.toFixed(2) ?? '',
    number(json.warnings?.length ?? null),
  ];
}

/** How many hold, and what to run to see more. */
function closing(results: readonly SearchJson[], asked: number): string {
  const holds = results.filter(({ verdict }) => verdict === 'holds').length;
  const rest = asked === results.length ? '' : `, ${asked - results.length} not checked`;
  return `${holds} of ${asked} hold${rest}. One in full: npx fencepost check <model>; design changes to try: npx fencepost list.`;
}
