import { printable } from './compact.ts';
import type { Trace } from './format.ts';

/** What the trace shows, in one sentence: which property, for whom, after how many steps, and its own words. */
export function headline(trace: Trace): string {
  return printable(sentenceOf(trace));
}

function sentenceOf(trace: Trace): string {
  const { property, kind, instance, sentence, steps, initial } = trace;
  const when =
    steps.length === 0 ? 'in an initial state' : `after ${steps.length} step${steps.length === 1 ? '' : 's'}`;
  const why = sentence === '' ? '' : `: ${sentence}`;
  if (kind === 'behaviour') return `behaviour ${property} ${when}${why}`;
  if (kind === 'deadlock') return `deadlock ${when}${why}`;
  if (trace.verdict === 'reached') return `${property} is reached ${when}`;
  if (initial === null) return `${property} is not reached${why}`;
  if (kind === 'temporal')
    return `${property}${instance} is violated by a run that ${ending(trace) ?? 'just ends'}${why}`;
  if (kind === 'step') return `${property} is violated by step ${steps.length}${why}`;
  return `${property}${instance} is violated ${when}${why}`;
}

/** How a run without an end goes on, in words; undefined for one that just ends. */
export function ending({ loop, steps }: Pick<Trace, 'loop' | 'steps'>): string | undefined {
  if (loop === null) return undefined;
  if (loop === steps.length) return `stops for ever after step ${loop}`;
  return loop + 1 === steps.length
    ? `repeats step ${steps.length} for ever`
    : `repeats steps ${loop + 1} to ${steps.length} for ever`;
}

/** The design that was checked: servers=3, crashes=1, with the changes a, b. Lists left empty bound nothing. */
export function design({ params, changes }: Trace): string {
  const bounding = Object.entries(params).filter(
    ([, value]) => !(Array.isArray(value) && value.length === 0),
  );
  const settings = bounding.map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  const changed =
    changes.length === 0 ? [] : [`with the change${changes.length === 1 ? '' : 's'} ${changes.join(', ')}`];
  return [...settings, ...changed].join(', ');
}

/** How an action instance is called: recv(0, 2). */
export function stepName({ action, instance, label }: Trace['steps'][number]): string {
  const name =
    instance === null ? action : `${action}(${Array.isArray(instance) ? instance.join(', ') : instance})`;
  return label === '' ? name : `${name}: ${label}`;
}
