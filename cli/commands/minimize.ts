import { configure } from '../../checker/language/configure.ts';
import type { Spec } from '../../checker/language/properties.ts';
import { breadthFirst } from '../../checker/search/breadth-first.ts';
import { type Minimized, minimize } from '../../checker/search/minimize.ts';
import { only } from '../../checker/search/only.ts';
import type { Progress } from '../../checker/search/result.ts';
import { Space } from '../../checker/space/space.ts';
import { Exit, type ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import type { MinimizeJson } from '../json.ts';
import { loadModel } from '../models.ts';
import { type DesignOptions, type LimitOptions, requestOf } from '../options.ts';
import { commandLine, designOptions } from '../output/command-line.ts';
import { minimizeReport } from '../output/minimize-report.ts';
import { progressLine, searchingWords } from '../output/progress.ts';
import { painter } from '../output/style.ts';
import { designOf, verdictLine } from '../output/verdict.ts';
import { exitCodeOf } from '../present.ts';

export interface MinimizeOptions extends DesignOptions, Pick<LimitOptions, 'states'> {
  readonly property?: string;
  readonly json?: boolean;
}

/** `fencepost minimize <model>`: the fewest servers, crashes and the like with which a property is still violated. */
export async function minimizeCommand(argument: string, options: MinimizeOptions, io: Io): Promise<ExitCode> {
  const { spec } = await loadModel(argument);
  const request = requestOf(options);
  const asked = options.property === undefined ? spec : only(spec, [options.property]);
  const configuration = configure(asked, request);
  const progress = progressLine<Progress>(io, searchingWords);
  const search = { states: options.states, signal: io.signal, onProgress: progress.show };
  const paint = painter(io.color);
  let found: Minimized | undefined;
  try {
    const result = await breadthFirst(new Space(configuration), search);
    const [violation] = result.violations;
    if (violation === undefined) {
      progress.end();
      io.out(
        `${options.json ? JSON.stringify(minimizeJson(spec, undefined)) : verdictLine({ configuration, result }, paint)}\n`,
      );
      return exitCodeOf(result.verdict);
    }
    found = await minimize(spec, request, violation.property, search);
  } finally {
    progress.end();
  }
  if (found === undefined) return Exit.stopped;
  if (options.json) {
    io.out(`${JSON.stringify(minimizeJson(spec, found))}\n`);
    return Exit.violated;
  }
  const defaults = spec.model.definition.params.safeParse({}).data ?? {};
  const set = Object.fromEntries(
    Object.entries(found.request.set ?? {}).filter(([name, value]) => defaults[name] !== value),
  );
  const design = designOptions({ ...found.request, set });
  const run = ['check', argument, ...design, '--property', found.property];
  io.out(
    `${[...minimizeReport(designOf(configuration), found, paint), '', `to see it: ${commandLine(run)}`].join('\n')}\n`,
  );
  return Exit.violated;
}

function minimizeJson(spec: Spec, found: Minimized | undefined): MinimizeJson {
  return {
    model: spec.model.name,
    property: found?.property ?? null,
    set: found === undefined ? null : { ...found.request.set },
    changes: [...(found?.request.changes ?? [])],
    steps: found?.steps ?? null,
    needed: (found?.needed ?? []).map(({ parameter, value, fewer }) => ({
      parameter,
      value,
      fewer: Object.fromEntries(fewer),
    })),
    notNeeded: [...(found?.notNeeded ?? [])],
  };
}
