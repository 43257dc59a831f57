import type { NamedMutant } from '../../checker/language/mutants.ts';
import { asDeclared, type Mutated } from '../../checker/search/mutate.ts';
import type { Paint } from './style.ts';
import type { Column } from './table.ts';
import { count, many, settings } from './words.ts';

/** The columns of `fencepost mutate`. Widths are fixed: each row is printed when it is known. */
export function mutateColumns(mutants: readonly NamedMutant[]): readonly Column[] {
  const longest = (texts: readonly string[]): number => Math.max(0, ...texts.map((text) => text.length));
  return [
    { title: 'rule', width: longest(mutants.map(({ rule }) => rule)) },
    { title: 'mutant', width: longest(mutants.map(({ mutant }) => mutant)) },
    { title: 'at', width: longest(mutants.map(({ declared }) => settings(declared.at ?? {}))) },
    { title: 'states', align: 'right', width: '1,000,000'.length },
    { title: 'what became of it' },
  ];
}

export function mutateRow(row: Mutated, { rule, mutant }: NamedMutant, paint: Paint): readonly string[] {
  const { distinct } = row;
  return [rule, mutant, settings(row.at), distinct === undefined ? '' : count(distinct), fate(row, paint)];
}

function fate(row: Mutated, paint: Paint): string {
  const { kills, survives, why } = row;
  switch (row.fate) {
    case 'killed': {
      const by = kills.map(({ property, steps }) => `${property} ${howSoon(steps)}`).join(', ');
      return survives === undefined
        ? `${paint('good', 'killed')} by ${by}`
        : `${paint('bad', 'KILLED')} by ${by}, though declared as surviving: ${survives}`;
    }
    case 'survived':
      return survives === undefined
        ? paint('bad', 'SURVIVED')
        : `${paint('good', 'survived')}, as declared: ${survives}`;
    case 'stopped':
      return `${paint('warn', 'stopped')}: ${why}`;
    case 'faulty':
      return `${paint('bad', 'FAULTY')}: ${why}`;
  }
}

const howSoon = (steps: number | undefined): string =>
  steps === undefined
    ? '(no run reaches it)'
    : steps === 0
      ? 'in the initial state'
      : `after ${many(steps, 'step')}`;

/** The score: of the mutants that a property should see, how many one does. */
export function mutateClosing(rows: readonly Mutated[], of: number): string {
  const expected = rows.filter(({ survives }) => survives === undefined);
  const killed = expected.filter((row) => row.fate === 'killed').length;
  const declared = rows.length - expected.length;
  const wrong = rows.filter((row) => asDeclared(row) === false).length;
  const percent = expected.length === 0 ? '' : ` (${Math.floor((100 * killed) / expected.length)} %)`;
  return [
    `Mutation score: ${killed} of ${many(expected.length, 'mutant')} killed${percent}`,
    ...(declared === 0 ? [] : [`${declared} declared as surviving`]),
    ...(wrong === 0 ? [] : [`${wrong} not as declared`]),
    ...(rows.length === of ? [] : [`${of - rows.length} not run`]),
  ].join(', ');
}

/** Properties that are violated without any mutant too: what they say of a mutant says nothing. */
export function blindLine(rows: readonly Mutated[]): string | undefined {
  const blind = [...new Set(rows.flatMap((row) => row.blind))];
  return blind.length === 0 ? undefined : `Violated without any mutant, and left out: ${blind.join(', ')}.`;
}
