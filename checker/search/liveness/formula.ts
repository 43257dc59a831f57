import { ModelError } from '../../language/errors.ts';
import type { AnyFormula } from '../../language/temporal.ts';

type Predicate = NonNullable<AnyFormula['eventually']>;
type StepTaken = Exclude<NonNullable<AnyFormula['alwaysEventually']>, Predicate>;

/** A claim that is not made of others; predicates by number. `always` and `taken` are as in the language. */
export type Atom =
  | {
      readonly form: 'eventually' | 'always' | 'alwaysEventually' | 'eventuallyAlways';
      readonly goal: number;
    }
  | { readonly form: 'leadsTo'; readonly from: number; readonly goal: number }
  | { readonly form: 'taken'; readonly action: string; readonly instances: Uint8Array };

/** A claim on a run, made of atoms. */
export type Logic =
  | Atom
  | { readonly form: 'and'; readonly of: readonly Logic[] }
  | { readonly form: 'or'; readonly of: readonly Logic[] }
  | { readonly form: 'not'; readonly of: Logic };

/** An atom, or its contrary. */
export interface Literal {
  readonly atom: Atom;
  readonly is: boolean;
}

/** A formula of the language with its predicates numbered by `add` and its steps by `steps`. @throws ModelError for an empty one */
export function logicOf(
  formula: AnyFormula,
  add: (test: Predicate) => number,
  steps: (taken: StepTaken) => Uint8Array,
): Logic {
  const parts: Logic[] = [];
  for (const form of ['eventually', 'always', 'eventuallyAlways'] as const) {
    const test = formula[form];
    if (test !== undefined) parts.push({ form, goal: add(test) });
  }
  const again = formula.alwaysEventually;
  if (typeof again === 'function') parts.push({ form: 'alwaysEventually', goal: add(again) });
  else if (again) parts.push({ form: 'taken', action: again.taken, instances: steps(again) });
  if (formula.from && formula.leadsTo)
    parts.push({ form: 'leadsTo', from: add(formula.from), goal: add(formula.leadsTo) });
  for (const form of ['and', 'or'] as const) {
    const list = formula[form];
    if (list?.length === 0) throw new ModelError(`\`${form}\` combines no claims`);
    if (list !== undefined) parts.push({ form, of: list.map((one) => logicOf(one, add, steps)) });
  }
  if (formula.not !== undefined) parts.push({ form: 'not', of: logicOf(formula.not, add, steps) });
  const [only] = parts;
  if (only === undefined) throw new ModelError('the claim is empty');
  return parts.length === 1 ? only : { form: 'and', of: parts };
}

/** The ways in which a claim can be true (`is`) or false: in each of them all literals are so. Disjunctive normal form. */
export function waysFor(logic: Logic, is: boolean): readonly (readonly Literal[])[] {
  if (logic.form === 'not') return waysFor(logic.of, !is);
  if (logic.form !== 'and' && logic.form !== 'or') return [[{ atom: logic, is }]];
  const parts = logic.of.map((part) => waysFor(part, is));
  if ((logic.form === 'or') === is) return parts.flat();
  return parts.reduce((ways, more) => ways.flatMap((way) => more.map((rest) => [...way, ...rest])));
}

/** What makes a run break the claim, in words. */
export function wordsOf({ atom, is }: Literal): string {
  switch (atom.form) {
    case 'eventually':
      return is ? 'it comes once' : 'what must come never comes';
    case 'always':
      return is ? 'it is always so' : 'it is not always so';
    case 'alwaysEventually':
      return is ? 'it happens again and again' : 'from some point on it never happens again';
    case 'eventuallyAlways':
      return is ? 'from some point on it stays so' : 'there is no point from which it stays so';
    case 'leadsTo':
      return is ? 'what must follow always comes' : 'what must follow never comes';
    case 'taken':
      return is
        ? `${atom.action} is taken again and again`
        : `from some point on ${atom.action} is never taken again`;
  }
}

/** Whether a claim is true of the run that is in `states` and then goes round for ever from number `loop` on by `steps`. */
export function isTrueOf(
  logic: Logic,
  run: {
    readonly states: readonly Int32Array[];
    readonly loop: number;
    /** The action instances that are taken again and again, with an effect. */
    readonly repeated: ReadonlySet<number>;
    readonly is: (predicate: number, state: Int32Array) => boolean;
  },
): boolean {
  const { states, loop, repeated, is } = run;
  const round = states.slice(loop);
  switch (logic.form) {
    case 'and':
      return logic.of.every((part) => isTrueOf(part, run));
    case 'or':
      return logic.of.some((part) => isTrueOf(part, run));
    case 'not':
      return !isTrueOf(logic.of, run);
    case 'eventually':
      return states.some((state) => is(logic.goal, state));
    case 'always':
      return states.every((state) => is(logic.goal, state));
    case 'alwaysEventually':
      return round.some((state) => is(logic.goal, state));
    case 'eventuallyAlways':
      return round.every((state) => is(logic.goal, state));
    case 'leadsTo': // from a state on comes the rest of the run, and all of the loop
      return states.every(
        (state, i) =>
          !is(logic.from, state) || states.slice(Math.min(i, loop)).some((later) => is(logic.goal, later)),
      );
    case 'taken':
      return [...repeated].some((instance) => logic.instances[instance] === 1);
  }
}
