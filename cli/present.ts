import type { SearchVerdict } from '../checker/search/result.ts';
import { headline } from '../checker/trace/headline.ts';
import type { Trace } from '../checker/trace/trace.ts';
import { wrap } from '../checker/trace/wrap.ts';
import { Exit, type ExitCode } from './exit-code.ts';
import type { Io } from './io.ts';
import { nextCommands } from './output/next-commands.ts';
import type { Presented } from './output/presented.ts';
import { report, section } from './output/report.ts';
import { type Paint, painter } from './output/style.ts';
import { traceText } from './output/trace-text.ts';
import { verdictLine } from './output/verdict.ts';
import { searchJson } from './search-json.ts';
import { printsBareTrace, type TraceOptions, violationTraces, witnessTrace, writeTraces } from './traces.ts';
import type { Trust } from './trust.ts';

const codes: Readonly<Record<SearchVerdict, ExitCode>> = {
  holds: Exit.ok,
  passed: Exit.ok,
  violated: Exit.violated,
  stopped: Exit.stopped,
};

export function exitCodeOf(verdict: SearchVerdict): ExitCode {
  return codes[verdict];
}

export interface PresentOptions extends TraceOptions {
  readonly all?: boolean;
  /** Says when each violation became unavoidable, and what would have avoided it. */
  readonly explain?: boolean;
}

/** Shows what a search found, in the way that was asked for, and writes the files that were asked for. */
export async function present(found: Presented, options: PresentOptions, io: Io): Promise<ExitCode> {
  const { space, result } = found;
  const code = exitCodeOf(result.verdict);
  const violations = violationTraces(space, result);
  const witness = options.witness === undefined ? undefined : witnessTrace(space, result, options.witness);
  const wanted = options.witness === undefined ? violations : witness === undefined ? [] : [witness];
  const explained = options.explain ? await explanations(found, violations) : new Map<string, string>();
  const written =
    options.trace === undefined
      ? undefined
      : await writeTraces(wanted, options.trace, options.format ?? 'json', io, explained);
  const trust = await trustIn(found, io);
  if (options.json) {
    io.out(`${JSON.stringify(searchJson(found, found.search, violations, { explained, trust }))}\n`);
    return code;
  }
  if (printsBareTrace(options)) {
    const [first] = wanted;
    const about = { color: false, width: io.width, explained: explained.get(first?.property ?? '') };
    if (first) io.out(await traceText(first, options.format ?? 'text', about));
    io.err(`${verdictLine(found, painter(false))}\n`);
    return code;
  }
  const paint = painter(io.color);
  const shown = [...violations, ...(witness ? [witness] : [])];
  const lines = [
    ...report(found, paint),
    ...(trust === undefined ? [] : await longReport(found, trust, paint)),
    ...(await stories(shown, options.all === true, explained, io)).flatMap((story) => ['', story.trimEnd()]),
    '',
    ...nextCommands(found, options, written, paint),
    verdictLine(found, paint),
  ];
  io.out(`${lines.join('\n')}\n`);
  return code;
}

/** For the long report: what the verdict is worth. */
async function trustIn(found: Presented, io: Io): Promise<Trust | undefined> {
  if (found.seen === undefined) return undefined;
  return (await import('./trust.ts')).trustOf(found, found.seen, io);
}

async function longReport(found: Presented, trust: Trust, paint: Paint): Promise<readonly string[]> {
  const { trustReport } = await import('./output/trust.ts');
  return trustReport(found, trust, found.argument).flatMap(([title, lines]) =>
    section(paint('strong', title), lines),
  );
}

/** A paragraph for each violation that has a run, by property. */
async function explanations(
  { space, result }: Presented,
  traces: readonly Trace[],
): Promise<ReadonlyMap<string, string>> {
  const { explain } = await import('../checker/explain/explain.ts');
  const { summary } = await import('../checker/explain/summary.ts');
  const texts = new Map<string, string>();
  for (const trace of traces) {
    const violation = result.violations.find(({ property }) => property === trace.property);
    if (violation !== undefined) texts.set(trace.property, summary(space, trace, explain(space, violation)));
  }
  return texts;
}

/** The first run in full, and with `all` every other that differs; of the rest what they show. */
async function stories(
  traces: readonly Trace[],
  all: boolean,
  explained: ReadonlyMap<string, string>,
  io: Io,
): Promise<readonly string[]> {
  const told = new Map<string, string>();
  const texts: string[] = [];
  for (const trace of traces) {
    const run = JSON.stringify([trace.initial, trace.steps]);
    const same = told.get(run);
    if (same === undefined && (all || told.size === 0 || trace.verdict === 'reached')) {
      const options = { color: io.color, width: io.width, explained: explained.get(trace.property) };
      texts.push(await traceText(trace, 'text', options));
      told.set(run, trace.property);
    } else {
      const where = same === undefined ? 'another run, which --trace writes too' : 'the same run';
      const words = `${trace.model}: ${headline(trace)} (${where})`;
      const why = explained.get(trace.property);
      texts.push(
        why === undefined
          ? words
          : [words, ...wrap(why.split(' '), ' ', io.width - 2).map((line) => `  ${line}`)].join('\n'),
      );
    }
  }
  return texts;
}
