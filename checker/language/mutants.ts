import type { Change } from './changes.ts';
import { ModelError } from './errors.ts';
import type { AnyParams, AnyRules } from './model.ts';

/**
 * A seeded fault: a wrong replacement of one rule, to see whether the properties notice. It is no design that anybody
 * proposes, so it is not among the catalogue's changes, but it can be made like one, as `rule/mutant`.
 */
export interface Mutant<Rule = unknown, P = object> {
  readonly about: string;
  /** What stands in the rule's place. */
  readonly rule: Rule;
  /** The parameters to run it at; the defaults for the rest. */
  readonly at?: Partial<P>;
  /** Why no property can see it. */
  readonly survives?: string;
}

/** The mutants of one rule by name: the type of a constant that stands beside the rule. */
export type MutantsOf<Rule, P = object> = Readonly<Record<string, Mutant<Rule, P>>>;

/** The mutants of a model, by rule and by name. */
export type Mutants<P = AnyParams, R = AnyRules> = {
  readonly [N in keyof R]?: MutantsOf<R[N], P>;
};

export type AnyMutants = Readonly<Record<string, MutantsOf<unknown, AnyParams>>>;

/** Where one mutant stands. */
export interface NamedMutant {
  /** `rule/mutant`: its name as a change. */
  readonly name: string;
  readonly rule: string;
  readonly mutant: string;
  readonly declared: Mutant<unknown, AnyParams>;
}

/** All mutants in the order of their declaration. */
export function mutantList(mutants: AnyMutants): readonly NamedMutant[] {
  return Object.entries(mutants).flatMap(([rule, ofRule]) =>
    Object.entries(ofRule).map(([mutant, declared]) => ({
      name: `${rule}/${mutant}`,
      rule,
      mutant,
      declared,
    })),
  );
}

/** The mutant as the change that makes it; undefined for a name that is none. */
export function mutantChange(mutants: AnyMutants, name: string): Change | undefined {
  const found = mutantList(mutants).find((one) => one.name === name);
  if (found === undefined) return undefined;
  const { about, rule, at = {} } = found.declared;
  return { about, source: 'seeded', rules: { [found.rule]: rule }, at };
}

/** Both together. The same constant may stand on both sides; @throws ModelError for two mutants of one name */
export function mergedMutants(ours: AnyMutants, more: AnyMutants, model: string): AnyMutants {
  const merged: Record<string, MutantsOf<unknown, AnyParams>> = { ...ours };
  for (const { name, rule, mutant, declared } of mutantList(more)) {
    const known = merged[rule]?.[mutant];
    if (known !== undefined && known !== declared) {
      throw new ModelError(`the mutant '${name}' is declared twice`, { model });
    }
    merged[rule] = { ...merged[rule], [mutant]: declared };
  }
  return merged;
}

/** @throws ModelError for a mutant of no rule, or of another kind than its rule */
export function checkMutants(mutants: AnyMutants, rules: AnyRules): void {
  for (const { name, rule, declared } of mutantList(mutants)) {
    if (!Object.hasOwn(rules, rule)) {
      const known = Object.keys(rules).join(', ');
      throw new ModelError(`the mutant '${name}' replaces no rule: the rules are ${known}`);
    }
    if (typeof declared.rule !== typeof rules[rule]) {
      const [is, must] = [typeof declared.rule, typeof rules[rule]];
      throw new ModelError(`the mutant '${name}' is a ${is}, but the rule that it replaces is a ${must}`);
    }
  }
}
