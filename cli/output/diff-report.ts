import { conclusion } from '../../checker/diff/conclusion.ts';
import type { DesignDiff, PropertyDiff, Side } from '../../checker/diff/result.ts';
import type { Paint } from './style.ts';
import { table } from './table.ts';
import { designOf, telling } from './verdict.ts';
import { count, many, settings } from './words.ts';

/** The comparison of two designs up to its runs: what it comes to, then counts, properties, actions, behaviours. */
export function diffReport(diff: DesignDiff, paint: Paint): string[] {
  const { before, after } = diff;
  const title = (side: Side): string => paint('strong', designOf(side.space.configuration));
  return [
    `before: ${title(before)}`,
    `after:  ${title(after)}`,
    ...bounds(diff),
    '',
    ...conclusion(diff).map((sentence) => paint('strong', sentence)),
    '',
    ...counts(diff),
    ...section('Properties', properties(diff.properties, paint), paint),
    ...section('Behaviours', behaviours(diff), paint),
  ];
}

function section(title: string, lines: readonly string[], paint: Paint): string[] {
  return lines.length === 0 ? [] : ['', paint('strong', title), ...lines.map((line) => `  ${line}`)];
}

/** The parameters, and those that a change has set. */
function bounds({ before, after }: DesignDiff): string[] {
  const [a, b] = [before.space.configuration.params, after.space.configuration.params];
  const same = (key: string): boolean => JSON.stringify(a[key]) === JSON.stringify(b[key]);
  const common = Object.entries(telling(after.space.configuration)).filter(([key]) => same(key));
  const others = Object.keys(b).filter((key) => !same(key));
  return [
    ...(common.length === 0 ? [] : [`for ${settings(Object.fromEntries(common))}`]),
    ...others.map((key) => `${settings({ [key]: a[key] })} before, ${settings({ [key]: b[key] })} after`),
  ];
}

/** Distinct states, transitions, depth, and steps of each action where they differ. */
function counts({ before, after }: DesignDiff): string[] {
  const [a, b] = [before.result, after.result];
  const actions = [...new Set([...a.taken.keys(), ...b.taken.keys()])].filter(
    (name) => a.taken.get(name) !== b.taken.get(name),
  );
  const row = (what: string, x: number | undefined, y: number | undefined): string[] => [
    what,
    x === undefined ? 'none' : count(x),
    y === undefined ? 'none' : count(y),
    change(x, y),
  ];
  const lines = table(
    [{ title: '' }, { title: 'before', align: 'right' }, { title: 'after', align: 'right' }, { title: '' }],
    [
      row('distinct states', a.distinct, b.distinct),
      row('transitions', a.generated - a.initial, b.generated - b.initial),
      row('depth', a.depth, b.depth),
      ...actions.map((name) => row(`  ${name}`, a.taken.get(name), b.taken.get(name))),
    ],
  );
  return [
    ...lines,
    ...(a.complete ? [] : [`before: ${a.stoppedBy}`]),
    ...(b.complete ? [] : [`after: ${b.stoppedBy}`]),
  ];
}

function change(before: number | undefined, after: number | undefined): string {
  if (before === after) return '';
  if (!before) return 'never taken before';
  if (!after) return 'never taken any more';
  const more = after - before;
  return more > 0 ? `+${count(more)}` : `-${count(-more)}`;
}

function properties(list: readonly PropertyDiff[], paint: Paint): string[] {
  const told = list.map(({ name, before, after }) => ({ name, was: words(before), is: words(after) }));
  const same = new Map<string, string[]>();
  for (const { name, was, is } of told) if (was === is) same.set(is, [...(same.get(is) ?? []), name]);
  return [
    ...told
      .filter(({ was, is }) => was !== is)
      .map(({ name, was, is }) => `${paint('strong', name)}: ${was} -> ${paint('strong', is)}`),
    ...[...same].map(([result, names]) => `${result} on both sides: ${names.join(', ')}`),
  ];
}

function words(side: PropertyDiff['before']): string {
  if (side === undefined) return 'not declared';
  const { result, steps } = side;
  if (steps === undefined) return result;
  return steps === 0 ? `${result} in an initial state` : `${result} after ${many(steps, 'step')}`;
}

function behaviours({
  gained,
  lost,
  lostThoughLegal,
  parting,
  stoppedBy,
  pairs,
  observed,
}: DesignDiff): string[] {
  const shown = (one: typeof gained): string =>
    one !== undefined
      ? `a run of ${many(one.path.steps.length, 'step')}`
      : stoppedBy === undefined
        ? 'none within these bounds'
        : `none in ${many(pairs, 'pair')} of states, then stopped: ${stoppedBy}`;
  const of = observed === undefined ? '' : ` (changes of ${observed.join(', ')})`;
  return [
    `gained: ${shown(gained)}${of}`,
    `lost:   ${shown(lost)}${of}`,
    ...(lostThoughLegal === undefined ? [] : [`lost though legal: ${shown(lostThoughLegal)}`]),
    ...(parting === undefined
      ? []
      : [
          `after the same ${many(parting.before.steps.length, 'step')} other values of ${some(parting.components)}`,
        ]),
  ];
}

/** The first few of a list. */
function some(names: readonly string[]): string {
  const [shown, rest] = [names.slice(0, 4), names.length - 4];
  return `${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
