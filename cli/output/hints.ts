import type { Request } from '../../checker/language/configure.ts';
import { commandLine, designOptions } from './command-line.ts';
import type { Outcome } from './verdict.ts';

/** Where a change shows that did not show here: its own bounds, when they are not those of this run. */
export function hints({ configuration, result }: Outcome, command: readonly string[]): string[] {
  if (result.verdict === 'violated') return [];
  const { spec, params, changes } = configuration;
  return changes.flatMap((name) => {
    const { at, breaks = [] } = spec.model.definition.changes[name] ?? {};
    const elsewhere = Object.entries(at ?? {}).some(
      ([key, value]) => JSON.stringify(params[key]) !== JSON.stringify(value),
    );
    if (at === undefined || breaks.length === 0 || !elsewhere) return [];
    const request: Request = { set: at, changes };
    return `${name} is declared to break ${breaks.join(', ')} at other bounds: ${commandLine([...command, ...designOptions(request)])}`;
  });
}
