import type { Fewer, Minimized, Needed } from '../../checker/search/minimize.ts';
import type { Paint } from './style.ts';
import { many, settings } from './words.ts';

/** `2 process crashes`, `1 give up`: a parameter as what it counts. */
export function unit(parameter: string, value: number): string {
  const words = parameter.replaceAll(/([A-Z])/g, ' $1').toLowerCase();
  return `${value} ${value === 1 ? singular(words) : words}`;
}

function singular(words: string): string {
  if (/[^aeiou]ies$/.test(words)) return words.replace(/ies$/, 'y');
  if (/(sh|ch|ss|x)es$/.test(words)) return words.replace(/es$/, '');
  return words.replace(/([^s])s$/, '$1');
}

/** What a violation needs at least, and what becomes of it with less. */
export function minimizeReport(design: string, found: Minimized, paint: Paint): string[] {
  const { property, request, steps, needed, notNeeded, searches } = found;
  const needs = needed.map(({ parameter, value }) => unit(parameter, value));
  const so = needs.length === 0 ? 'needs nothing beyond the least bounds' : `needs ${list(needs)}`;
  return [
    `${paint('strong', design)} violates ${property}: it ${so}${steps === undefined ? '' : `, and ${many(steps, 'step')}`}.`,
    ...needed.flatMap(fewerLines).map((line) => `  ${line}`),
    ...(notNeeded.length === 0 ? [] : [`  at their least: ${notNeeded.join(', ')}`]),
    `  at ${settings(request.set ?? {})}; none of these can be lowered alone (${many(searches, 'search', 'searches')})`,
  ];
}

const words: Readonly<Record<Fewer, string>> = {
  holds: 'it holds',
  stopped: 'the search was stopped, which leaves it open',
  unchecked: 'it is not promised',
  'not possible': 'there is no such design',
};

/** A line for each outcome, over the values that have it. */
function fewerLines({ parameter, fewer }: Needed): string[] {
  return [...new Set(fewer.values())].map((outcome) => {
    const values = [...fewer].filter(([, one]) => one === outcome).map(([value]) => value);
    const last = values.at(-1) ?? 0;
    const rest = values.slice(0, -1);
    const which =
      rest.length === 0 ? unit(parameter, last) : `${rest.join(', ')} or ${unit(parameter, last)}`;
    return `with ${which} ${words[outcome]}`;
  });
}

function list(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join() : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
