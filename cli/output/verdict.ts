import type { Configuration } from '../../checker/language/configure.ts';
import type { SearchResult, Violation } from '../../checker/search/result.ts';
import type { Paint } from './style.ts';
import { count, many, settings } from './words.ts';

/** What was asked, and what came of it: all that a report is made of. */
export interface Outcome {
  readonly configuration: Configuration;
  readonly result: SearchResult;
}

/** The design in words: the model, and the changes made to it. */
export function designOf({ spec, changes }: Configuration): string {
  return changes.length === 0 ? spec.model.name : `${spec.model.name} with ${changes.join(', ')}`;
}

/** The verdict in one line, with the bounds for which it was found. */
export function verdictLine({ configuration, result }: Outcome, paint: Paint): string {
  const params = settings(telling(configuration));
  const bounds = params === '' ? '' : ` for ${params}`;
  return `${paint('strong', designOf(configuration))} ${words(result, bounds, paint)}`;
}

function words(result: SearchResult, bounds: string, paint: Paint): string {
  const states = covered(result);
  switch (result.verdict) {
    case 'holds': {
      const open = result.properties.filter((property) => property.result === 'unchecked').length;
      const but = open === 0 ? '' : `; ${many(open, 'property', 'properties')} unchecked`;
      return `${paint('good', 'HOLDS')}${bounds} (complete: ${states}${but})`;
    }
    case 'violated':
      return `${paint('bad', 'VIOLATES')} ${result.violations.map(shortly).join(', ')}${bounds}`;
    case 'stopped':
      return `${paint('warn', 'STOPPED')} (${result.stoppedBy ?? 'before its end'})${bounds}: no violation in ${states}, which proves nothing`;
    case 'passed':
      return `${paint('good', 'PASSED')}${bounds}: no violation in ${states}, which proves nothing`;
  }
}

/** How far a search came. */
function covered({ distinct, symmetry, reduced, bitstate, runs = 0, seed }: SearchResult): string {
  if (bitstate !== undefined) {
    const each = `a new one taken for a known one with a probability of at most ${bitstate.omission.toPrecision(2)}`;
    const swarm = bitstate.searches === 1 ? '' : `the largest of ${bitstate.searches} searches, `;
    return `${many(distinct ?? 0, 'state')} (${swarm}${each}; seed ${seed})`;
  }
  const alike =
    symmetry === undefined
      ? ''
      : `, counting those once that differ in nothing but which ${symmetry} is which`;
  const fewer = reduced === undefined ? '' : `, from ${count(reduced)} of which some steps were left out`;
  if (distinct !== undefined) return many(distinct, 'state') + alike + fewer;
  return `${many(runs, 'random run')} (seed ${seed})`;
}

/** The parameters that say something in a line: those that are not the defaults, and numbers that are not 0. */
export function telling({ spec, params }: Configuration): Readonly<Record<string, unknown>> {
  const defaults = spec.model.definition.params.safeParse({}).data ?? {};
  const same = (name: string, value: unknown): boolean =>
    JSON.stringify(value) === JSON.stringify(defaults[name]);
  return Object.fromEntries(
    Object.entries(params).filter(
      ([name, value]) => (typeof value === 'number' ? value !== 0 : false) || !same(name, value),
    ),
  );
}

function shortly(violation: Violation): string {
  return `${violation.property} (${stepsOf(violation)})`;
}

/** How long the shortest run is that shows it. */
export function stepsOf({ path }: Pick<Violation, 'path'>): string {
  if (path === undefined) return 'in no run';
  return path.steps.length === 0 ? 'initial state' : `after ${many(path.steps.length, 'step')}`;
}
