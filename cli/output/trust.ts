import { mutantList } from '../../checker/language/mutants.ts';
import type { Spec } from '../../checker/language/properties.ts';
import type { ActionCoverage, Coverage } from '../../checker/search/coverage.ts';
import type { SearchResult } from '../../checker/search/result.ts';
import type { Outcome } from './verdict.ts';
import { count, many } from './words.ts';

/** A part of the long report: a title, and lines under it. */
export type Part = readonly [title: string, lines: readonly string[]];

/** What a verdict is worth: what happened how often and what kept it from happening, what could break each property, what is assumed. */
export function trustReport({ configuration, result }: Outcome, found: Coverage, model: string): Part[] {
  const { spec } = configuration;
  return [
    [
      `Actions (what they waited for, in ${many(found.states, 'state')} of random runs)`,
      actions(found, result),
    ],
    ['Budgets and bounds', exhausted(found, result)],
    ['What would break each property', suspects(spec, model)],
    ['Fairness', fairness(spec)],
  ];
}

const percent = (part: number, whole: number): string =>
  whole === 0 ? '0 %' : part === whole ? '100 %' : `${Math.min(99, Math.round((100 * part) / whole))} %`;

function actions({ actions: list }: Coverage, { taken }: SearchResult): string[] {
  const longest = Math.max(0, ...list.map(({ action }) => action.length));
  return list.map((one) => {
    const times = taken.get(one.action) ?? 0;
    const possible = `${many(times, 'step')}; possible in ${percent(one.enabled, one.looked)}, else`;
    return `${one.action.padEnd(longest)}  ${times === 0 ? 'never taken:' : possible} ${waited(one)}`;
  });
}

function waited({ disabledBy, looked, enabled }: ActionCoverage): string {
  const [first, second] = disabledBy;
  if (first === undefined) return 'nothing';
  const rest = looked - enabled;
  if (first.times === rest) return `always ${first.read}`;
  const more = second === undefined ? '' : `, ${second.read} (${percent(second.times, rest)})`;
  return `${first.read} (${percent(first.times, rest)})${more}`;
}

/** A component that was read as 0 is a budget that was spent, or never given; the constraint and limits are bounds too. */
function exhausted({ actions: list }: Coverage, { cut, stoppedBy }: SearchResult): string[] {
  const spent = list.flatMap(({ action, disabledBy, looked }) =>
    disabledBy
      .filter(({ read }) => /^[^.]* = 0$/.test(read))
      .map(({ read, times }) => ({ read, action, share: percent(times, looked) })),
  );
  return [
    ...spent.map(({ read, action, share }) => `${read} kept ${action} from happening in ${share}`),
    ...(cut === 0 ? [] : [`the constraint (within) cut ${many(cut, 'generated state')}`]),
    ...(stoppedBy === undefined ? [] : [`the search stopped early: ${stoppedBy}`]),
  ];
}

/** The changes that are declared to break a property; seeded faults are not run for a report. */
function suspects(spec: Spec, model: string): string[] {
  const { changes, mutants, deadlock } = spec.model.definition;
  const names = [...spec.properties.map(({ name }) => name), ...(deadlock === 'allowed' ? [] : ['deadlock'])];
  const longest = Math.max(0, ...names.map((name) => name.length));
  const lines = names.map((name) => {
    const by = Object.entries(changes)
      .filter(([, { breaks = [], repairs = [] }]) => breaks.includes(name) || repairs.includes(name))
      .map(([change]) => change);
    return `${name.padEnd(longest)}  ${by.length === 0 ? 'no change of the catalogue' : by.join(', ')}`;
  });
  const seeded = mutantList(mutants).length;
  const more =
    seeded === 0
      ? 'there are no seeded faults'
      : `${count(seeded)} seeded faults, not run here: npx fencepost mutate ${model}`;
  return [...lines, more];
}

function fairness(spec: Spec): string[] {
  const fair = spec.model.definition.actions.filter(({ fairness: given = 'none' }) => given !== 'none');
  return fair.map(({ name, fairness: given }) => {
    if (typeof given === 'string') return `${name}: ${given}`;
    return `${name}: ${Object.entries(given ?? {})
      .map(([kind, shared]) => `${kind}, together as ${shared}`)
      .join()}`;
  });
}
