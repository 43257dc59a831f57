import type { Components } from './components.ts';
import { ModelError } from './errors.ts';
import type { Action, AnyAction, AnyParams, AnyRules } from './model.ts';

/**
 * A design change as a value: what it sets, which properties it breaks, repairs or keeps, and the smallest parameters
 * at which that shows.
 */
export interface Change<P = AnyParams, R = AnyRules, C extends Components = Components> {
  readonly about: string;
  /** JIRA, KIP, paper, or 'seeded'. */
  readonly source: string;
  /** Parameters that the change fixes. */
  readonly set?: Partial<P>;
  /** Rules that the change replaces. */
  readonly rules?: Partial<R> | ((rules: R, params: P) => Partial<R>);
  /** Actions that the change does otherwise: by name, what differs; the rest stays as it is. */
  // biome-ignore lint/suspicious/noExplicitAny: the instances are those of the action, which is named by a string
  readonly actions?: Readonly<Record<string, Partial<Action<P, R, C, any>>>>;
  /** Properties that hold without the change and are violated with it. */
  readonly breaks?: readonly string[];
  /** Properties that are violated without the change and hold with it. */
  readonly repairs?: readonly string[];
  /** Properties that hold with and without the change. */
  readonly keeps?: readonly string[];
  /** Another change that makes what this one breaks hold again. */
  readonly fixedBy?: string;
  /** The smallest parameters at which it shows; the defaults for the rest. */
  readonly at?: Partial<P>;
}

// biome-ignore lint/suspicious/noExplicitAny: the engine runs changes of any model
export type Changes = Readonly<Record<string, Change<AnyParams, AnyRules, any>>>;

/** The rules of a run: the model's own, with those that the changes replace, in the order of the changes. */
export function changedRules(rules: AnyRules, changes: readonly Change[], params: AnyParams): AnyRules {
  let current = rules;
  for (const change of changes) {
    const replaced =
      typeof change.rules === 'function' ? change.rules(current, params) : (change.rules ?? {});
    for (const name of Object.keys(replaced)) {
      if (!Object.hasOwn(current, name)) {
        throw new ModelError(
          `a change replaces the rule '${name}', but the rules are ${Object.keys(current).join(', ')}`,
        );
      }
    }
    current = { ...current, ...replaced };
  }
  return current;
}

/** The actions of a run: the model's own, with what the changes do otherwise, in the order of the model. */
export function changedActions(
  actions: readonly AnyAction[],
  changes: readonly Changes[string][],
): readonly AnyAction[] {
  const overrides = changes.flatMap((change) => Object.entries(change.actions ?? {}));
  const stranger = overrides.find(([name]) => !actions.some((action) => action.name === name))?.[0];
  if (stranger !== undefined) {
    const known = actions.map(({ name }) => name).join(', ');
    throw new ModelError(`a change replaces the action '${stranger}', but the actions are ${known}`);
  }
  return actions.map((action) => {
    const own = overrides.filter(([name]) => name === action.name);
    return Object.assign({}, action, ...own.map(([, override]) => override), { name: action.name });
  });
}
