import type { Spec } from '../../checker/language/properties.ts';
import type { Budget } from '../../checker/search/budgets.ts';
import type { ActionCoverage, Coverage } from '../../checker/search/coverage.ts';
import { asDeclared, unviolated } from '../../checker/search/mutate.ts';
import type { SearchResult } from '../../checker/search/result.ts';
import type { Seeded, Trust } from '../trust.ts';
import type { Outcome } from './verdict.ts';
import { count, many } from './words.ts';

/** A part of the long report: a title, and lines under it. */
export type Part = readonly [title: string, lines: readonly string[]];

/** What a verdict is worth: what happened how often and what kept it from happening, what could break each property, what is assumed. */
export function trustReport(
  { configuration, result }: Outcome,
  { coverage, budgets, seeded }: Trust,
  model: string,
): Part[] {
  const { spec } = configuration;
  const { states } = coverage;
  const looked = states === result.distinct ? 'all' : `${count(states)} of the`;
  return [
    [
      `Actions (how often each was taken; what it waited for in ${looked} ${many(result.distinct ?? 0, 'state')})`,
      [...actions(coverage, result), ...absent(spec, coverage)],
    ],
    ['Budgets and bounds', [...spent(budgets, coverage, result), ...cuts(result)]],
    ['What would break each property', [...suspects(spec, seeded), ...mutantLines(spec, seeded, model)]],
    ['Fairness', fairness(spec)],
  ];
}

/** Nothing and all are told apart from little and much. */
function percent(part: number, whole: number): string {
  if (part === 0 || part === whole) return part === 0 ? '0 %' : '100 %';
  const rounded = Math.round((100 * part) / whole);
  return rounded === 0 ? '< 1 %' : `${Math.min(99, rounded)} %`;
}

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

/** Actions without a single instance under these parameters. */
function absent({ model }: Spec, { actions: list }: Coverage): string[] {
  const names = model.definition.actions.map(({ name }) => name);
  const missing = names.filter((name) => !list.some(({ action }) => action === name));
  return missing.length === 0 ? [] : [`without an instance under these parameters: ${missing.join(', ')}`];
}

/** What each budget bounds is what was seen to wait for it; one that nothing waits for is a number like any other. */
function spent(
  budgets: readonly Budget[],
  { actions: list }: Coverage,
  { distinct = 0 }: SearchResult,
): string[] {
  return budgets.flatMap(({ name, given, spent: states }) => {
    const waiting = list.filter(({ disabledBy }) => disabledBy.some(({ read }) => read === `${name} = 0`));
    if (waiting.length === 0) return [];
    const without = waiting.map(({ action }) => action).join(', ');
    if (given === 0) return [`${name}: 0 from the beginning, so never ${without}`];
    const share = `${count(states)} of ${many(distinct, 'state')} (${percent(states, distinct)})`;
    return [`${name}: ${given}, spent in ${share}; then no ${without}`];
  });
}

function cuts({ cut, stoppedBy }: SearchResult): string[] {
  return [
    ...(cut === 0 ? [] : [`the constraint (within) cut ${many(cut, 'generated state')}`]),
    ...(stoppedBy === undefined ? [] : [`the search stopped early: ${stoppedBy}`]),
  ];
}

/** The changes that are declared to break each property, and the seeded faults that were found to. */
function suspects(spec: Spec, { rows }: Seeded): string[] {
  const { changes, deadlock } = spec.model.definition;
  const names = [...spec.properties.map(({ name }) => name), ...(deadlock === 'allowed' ? [] : ['deadlock'])];
  const longest = Math.max(0, ...names.map((name) => name.length));
  return names.map((name) => {
    const by = Object.entries(changes)
      .filter(([, { breaks = [], repairs = [] }]) => breaks.includes(name) || repairs.includes(name))
      .map(([change]) => change);
    const faults = rows.filter(({ kills }) => kills.some(({ property }) => property === name));
    const some = faults.length === 0 ? [] : [`seeded: ${fewOf(faults.map((row) => row.name))}`];
    const all = [...(by.length === 0 ? [] : [by.join(', ')]), ...some];
    return `${name.padEnd(longest)}  ${all.length === 0 ? 'nothing that was tried' : all.join('; ')}`;
  });
}

/** How many seeded faults are named for one property. */
const MOST = 2;

function fewOf(names: readonly string[]): string {
  const rest = names.length - MOST;
  return names.slice(0, MOST).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

function mutantLines(spec: Spec, { of, limit, rows }: Seeded, model: string): string[] {
  if (of === 0) return ['there are no seeded faults'];
  const those = (fate: string): number => rows.filter((row) => row.fate === fate).length;
  const wrong = rows.filter((row) => asDeclared(row) === false).length;
  const open = of - those('killed') - those('survived') - those('faulty');
  const fates = [
    `${those('killed')} violate something`,
    ...(those('survived') === 0 ? [] : [`${those('survived')} violate nothing`]),
    ...(those('faulty') === 0 ? [] : [`${those('faulty')} break the model itself`]),
    ...(wrong === 0 ? [] : [`${wrong} not as declared`]),
    ...(open === 0 ? [] : [`${open} not judged`]),
  ];
  const quiet = unviolated(spec, rows);
  return [
    `${many(of, 'seeded fault')}, each alone at its own bounds and up to ${count(limit)} states: ${fates.join(', ')}; npx fencepost mutate ${model}`,
    ...(quiet.length === 0 ? [] : [`violated by no change and no seeded fault: ${quiet.join(', ')}`]),
  ];
}

/** Actions that are assumed to happen at last, by the kind of the assumption. */
function fairness(spec: Spec): string[] {
  const kinds = new Map<string, string[]>();
  for (const { name, fairness: given = 'none' } of spec.model.definition.actions) {
    const shared = typeof given === 'string' ? [] : Object.entries(given);
    const told =
      typeof given === 'string' ? [given] : shared.map(([kind, by]) => `${kind}, together as ${by}`);
    for (const kind of told) kinds.set(kind, [...(kinds.get(kind) ?? []), name]);
  }
  kinds.delete('none');
  return [...kinds].map(([kind, names]) => `${kind}: ${names.join(', ')}`);
}
