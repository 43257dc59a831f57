import { deliveries } from './deliveries.ts';
import type { Trace } from './format.ts';
import { statesOf } from './states.ts';

/**
 * A run in a few words, from what every trace holds: who takes the steps, what is used up, on what the last step builds; and
 * what else is known of it.
 */
export function paragraph(trace: Trace, explained = ''): string {
  const told = trace.steps.length === 0 ? [] : [...whoTakes(trace), ...usedUp(trace), ...builtOn(trace)];
  return [...told.map((sentence) => `${sentence}.`), ...(explained === '' ? [] : [explained])].join(' ');
}

function whoTakes({ steps, lanes }: Trace): string[] {
  const those = lanes
    .map((lane) => ({ lane, times: steps.filter((step) => step.lane === lane).length }))
    .filter(({ times }) => times > 0)
    .map(({ lane, times }) => `${times} by ${lane}`);
  const others = steps.filter(({ lane }) => lane === null).length;
  const rest = others === 0 ? [] : [`${others} by nobody in particular`];
  const all = `It takes ${steps.length} step${steps.length === 1 ? '' : 's'}`;
  return [those.length === 0 ? all : `${all}: ${listed([...those, ...rest])}`];
}

/** Numbers that only come down, one by one: crashes, expiries, and what else may happen so many times. */
function usedUp(trace: Trace): string[] {
  const states = statesOf(trace);
  const names = Object.keys(trace.initial ?? {});
  return names.flatMap((name) => {
    const values = states.map((state) => state.get(name));
    const [first, last] = [values[0], values.at(-1)];
    if (!values.every((value) => typeof value === 'number') || first === last) return [];
    if (values.some((value, i) => i > 0 && ![0, 1].includes((values[i - 1] as number) - value))) return [];
    const at = trace.steps.flatMap(({ changes }, i) =>
      changes.some(({ component }) => component === name) ? [i + 1] : [],
    );
    return [`${name} goes from ${first} to ${last} in ${stepsInWords(at)}`];
  });
}

/** The steps that last changed what the last one changes, or sent what it takes. */
function builtOn(trace: Trace): string[] {
  const last = trace.steps.at(-1);
  const sent = [...(deliveries(trace).at(-1)?.gone.values() ?? [])].flat().filter((step) => step > 0);
  const cells = trace.components
    .filter(({ kind, ghost }) => kind === 'cell' && !ghost)
    .map(({ name }) => name);
  const before = trace.steps.slice(0, -1);
  const changed = (last?.changes ?? [])
    .filter(({ component }) => cells.includes(component.replace(/\(.*$/, '')))
    .map(({ component }) =>
      before.findLastIndex(({ changes }) => changes.some((change) => change.component === component)),
    )
    .filter((step) => step >= 0)
    .map((step) => step + 1);
  const all = [...new Set([...sent, ...changed])].sort((a, b) => a - b);
  return all.length === 0 ? [] : [`The last step builds on what ${stepsInWords(all)} left`];
}

const stepsInWords = (numbers: readonly number[]): string =>
  `step${numbers.length === 1 ? '' : 's'} ${listed(numbers.map(String))}`;

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
