import { configure } from '../../checker/language/configure.ts';
import { breadthFirst } from '../../checker/search/breadth-first.ts';
import type { SearchVerdict } from '../../checker/search/result.ts';
import { Space } from '../../checker/space/space.ts';
import { Exit, type ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { loadModel } from '../models.ts';
import { type DesignOptions, type LimitOptions, requestOf } from '../options.ts';
import { commandLine, designOptions } from '../output/command-line.ts';
import { progressLine } from '../output/progress.ts';
import { report } from '../output/report.ts';
import { painter } from '../output/style.ts';
import { verdictLine } from '../output/verdict.ts';
import { searchJson } from '../search-json.ts';

export interface CheckOptions extends DesignOptions, LimitOptions {
  readonly all?: boolean;
  readonly json?: boolean;
}

const codes: Readonly<Record<SearchVerdict, ExitCode>> = {
  holds: Exit.ok,
  passed: Exit.ok,
  violated: Exit.violated,
  stopped: Exit.stopped,
};

export function exitCodeOf(verdict: SearchVerdict): ExitCode {
  return codes[verdict];
}

/** `fencepost check <model>`: the exhaustive search of one design. */
export async function check(argument: string, options: CheckOptions, io: Io): Promise<ExitCode> {
  const { spec } = await loadModel(argument);
  const request = requestOf(options);
  const configuration = configure(spec, request);
  const space = new Space(configuration);
  const progress = progressLine(io);
  const { states, depth, seconds, all } = options;
  const result = await breadthFirst(space, {
    states,
    depth,
    seconds,
    all,
    signal: io.signal,
    onProgress: progress.show,
  }).finally(progress.end);
  const outcome = { configuration, result };
  if (options.json) {
    io.out(`${JSON.stringify(searchJson(outcome, 'breadth-first'))}\n`);
    return exitCodeOf(result.verdict);
  }
  const paint = painter(io.color);
  const lines = report(outcome, paint);
  for (const violation of result.violations) {
    lines.push('', `${violation.property}${violation.instance}: ${violation.sentence}`);
    violation.path?.steps.forEach((step, i) => {
      lines.push(`  ${i + 1}. ${space.transitions.instances[step.instance]?.name} ${step.label}`.trimEnd());
    });
  }
  if (result.violations.length > 0)
    lines.push('', `Again: ${commandLine(['check', argument, ...designOptions(request)])}`);
  lines.push('', verdictLine(outcome, paint));
  io.out(`${lines.join('\n')}\n`);
  return exitCodeOf(result.verdict);
}
