import { diffDesigns } from '../../checker/diff/diff.ts';
import { broken, type DesignDiff } from '../../checker/diff/result.ts';
import { type Configuration, configure } from '../../checker/language/configure.ts';
import { UsageError } from '../../checker/language/errors.ts';
import type { Progress } from '../../checker/search/result.ts';
import { design, headline } from '../../checker/trace/headline.ts';
import { type Trace, traceOf } from '../../checker/trace/trace.ts';
import { diffJson, diffTraces } from '../diff-json.ts';
import { Exit, type ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { loadModel } from '../models.ts';
import { type DesignOptions, type LimitOptions, requestOf } from '../options.ts';
import { diffReport } from '../output/diff-report.ts';
import { hints } from '../output/hints.ts';
import { progressLine, searchingWords } from '../output/progress.ts';
import { painter } from '../output/style.ts';
import { traceText } from '../output/trace-text.ts';
import { designOf } from '../output/verdict.ts';
import { count } from '../output/words.ts';

export interface DiffOptions extends DesignOptions, Pick<LimitOptions, 'states' | 'seconds'> {
  /** Changes of the design before. */
  readonly from?: readonly string[];
  readonly observe?: readonly string[];
  /** Tells every run in full. */
  readonly all?: boolean;
  readonly json?: boolean;
  readonly format?: 'text' | 'html';
}

/** `fencepost diff <model> --with change` or `fencepost diff <a> <b>`: what one design does and the other does not. */
export async function diffCommand(
  first: string,
  second: string | undefined,
  options: DiffOptions,
  io: Io,
): Promise<ExitCode> {
  if (options.json && options.format !== undefined) {
    throw new UsageError('--json and --format both say what standard output holds: leave one out.');
  }
  const [before, after] = await designs(first, second, options);
  const words = (now: Progress, earlier: Progress | undefined): string => searchingWords(now, earlier);
  const progress = progressLine(io, words);
  const { states, seconds, observe } = options;
  const diff = await diffDesigns(before, after, {
    ...{ states, seconds, observe },
    signal: io.signal,
    onProgress: progress.show,
    onPairs: io.progress
      ? (pairs) => io.err(`\r\x1b[Kcomparing: ${count(pairs)} pairs of states`)
      : undefined,
  }).finally(() => {
    progress.end();
    if (io.progress) io.err('\r\x1b[K');
  });
  if (options.json) io.out(`${JSON.stringify(diffJson(diff))}\n`);
  else if (options.format === 'html') await page(diff, io);
  else await tell(diff, [first, ...(second === undefined ? [] : [second])], options.all, io);
  if (broken(diff).length > 0) return Exit.violated;
  const complete = diff.before.result.complete && diff.after.result.complete;
  return complete && diff.stoppedBy === undefined ? Exit.ok : Exit.stopped;
}

/** The two configurations, with equal parameters. @throws UsageError */
async function designs(
  first: string,
  second: string | undefined,
  options: DiffOptions,
): Promise<readonly [Configuration, Configuration]> {
  const { set = {}, changes = [] } = requestOf(options);
  const { from = [] } = options;
  const { spec } = await loadModel(first);
  if (second === undefined) {
    if (changes.length === 0 && from.length === 0)
      throw new UsageError('name the change: fencepost diff <model> --with <change>, or two models.');
    return [configure(spec, { set, changes: from }), configure(spec, { set, changes })];
  }
  const other = await loadModel(second);
  return [configure(spec, { set, changes: from }), configure(other.spec, { set, changes })];
}

/** The runs to show: what breaks or, where nothing does, what is gained; what is lost, the most telling first. */
function runsOf(diff: DesignDiff): readonly Trace[] {
  const { gained, lost, lostThoughLegal, parting } = diffTraces(diff);
  const [first] = broken(diff);
  const violation = diff.after.result.violations.find(({ property }) => property === first?.name);
  const counterexample = violation?.path === undefined ? undefined : traceOf(diff.after.space, violation);
  const sameLoss = JSON.stringify(lost?.steps) === JSON.stringify(lostThoughLegal?.steps);
  const runs: readonly (Trace | undefined)[] = [
    counterexample,
    lostThoughLegal,
    counterexample === undefined ? gained : undefined,
    sameLoss ? undefined : lost,
  ];
  const shown = runs.filter((run) => run !== undefined);
  if (shown.length === 0 && parting !== undefined) shown.push(parting.after);
  return shown;
}

async function page(diff: DesignDiff, io: Io): Promise<void> {
  const { renderPage } = await import('../../checker/trace/html/page.ts');
  const [before, after] = [diff.before, diff.after].map(({ space }) => designOf(space.configuration));
  const runs = runsOf(diff).map((trace) => ({
    heading: headline(trace),
    paragraphs: [design(trace)],
    trace,
  }));
  const report = diffReport(diff, painter(false)).join('\n');
  const summary = { heading: 'What the change really changes', paragraphs: [], report };
  io.out(renderPage(`${before} and ${after}`, [summary, ...runs]));
}

/** The report, then the first run in full, and with `all` the others too. */
async function tell(
  diff: DesignDiff,
  models: readonly string[],
  all: boolean | undefined,
  io: Io,
): Promise<void> {
  io.out(`${diffReport(diff, painter(io.color)).join('\n')}\n`);
  for (const [i, run] of runsOf(diff).entries()) {
    const inFull = i === 0 || all;
    io.out(
      inFull
        ? `\n${await traceText(run, 'text', io)}`
        : `\n${run.model}: ${headline(run)} (another run; --all tells it)\n`,
    );
  }
  const { space, result } = diff.after;
  const elsewhere = hints({ configuration: space.configuration, result }, ['diff', ...models]);
  for (const hint of elsewhere) io.out(`\n${hint}\n`);
}
