import type { TraceOptions } from '../traces.ts';
import { commandLine, designOptions } from './command-line.ts';
import { hints } from './hints.ts';
import type { Presented } from './presented.ts';
import type { Paint } from './style.ts';

interface Written {
  readonly property: string;
  readonly file: string;
}

/** What to copy into a shell after a search: the same again, its run as a file, the replay of the file. */
export function nextCommands(
  found: Presented,
  options: TraceOptions,
  written: readonly Written[] | undefined,
  paint: Paint,
): string[] {
  const { argument, request, again, result, search } = found;
  const command = search === 'random' ? 'simulate' : 'check';
  const witness = options.witness === undefined ? [] : ['--witness', options.witness];
  const same = [command, argument, ...designOptions(request), ...again, ...witness];
  const say = (what: string, words: readonly string[]): string =>
    `${`${what}:`.padEnd('as a file: '.length)}${paint('strong', commandLine(words))}`;
  const lines: string[] = [];
  if (result.verdict === 'violated' || witness.length > 0 || search === 'random')
    lines.push(say('again', same));
  if (result.stoppedBy !== undefined && found.kept !== undefined)
    lines.push(say('go on', [command, argument, ...designOptions(request), '--resume', found.kept]));
  if (written === undefined && result.violations.some(({ path }) => path !== undefined)) {
    lines.push(say('as a file', [...same, '--trace', 'trace.json']));
  }
  for (const { property, file } of written ?? []) {
    lines.push(`The run for ${property} is in ${file}.`);
    if ((options.format ?? 'json') === 'json') lines.push(say('replay', ['replay', file, ...ownFile(found)]));
  }
  if (written?.length === 0) lines.push(`There is no run to show: ${options.trace} was not written.`);
  lines.push(...hints(found, [command, argument]));
  return lines.length === 0 ? [] : [...lines, ''];
}

/** A trace names its model; a model of the user's own is found by its file. */
function ownFile({ argument, configuration }: Presented): string[] {
  return argument === configuration.spec.model.name ? [] : [argument];
}
