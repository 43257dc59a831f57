import type { z } from 'zod';
import type { Change, Changes } from './changes.ts';
import type { Components } from './components.ts';
import type { DeepReadonly } from './deep-readonly.ts';
import { ModelError } from './errors.ts';
import type { Initial } from './initial.ts';
import type { Action, AnyAction, DeadlockExpectation, Definition, Instance, Model } from './model.ts';
import { type AnyMutants, type Mutants, mergedMutants } from './mutants.ts';
import type { AnySymmetric, Symmetric } from './symmetry.ts';
import type { StateView } from './views.ts';

// biome-ignore lint/complexity/noBannedTypes: "no rules yet" and "no components yet"
type None = {};

/**
 * Starts a model. The rest follows as a chain, in this order: rules, changes, components, init, actions, constraints;
 * TypeScript infers every type from it.
 */
export function defineModel<S extends z.ZodObject>(
  name: string,
  head: { readonly about: string; readonly params: S },
): ModelChain<DeepReadonly<z.output<S>>, None, None> {
  return new ModelChain(name, head.about, {
    params: head.params,
    rules: () => ({}),
    changes: {},
    mutants: {},
    components: () => ({}),
    init: undefined,
    actions: [],
    within: [],
    deadlock: 'forbidden',
  });
}

/** A model under construction, and the model itself: each call returns a new one. */
export class ModelChain<P, R, C extends Components> implements Model<P, R, C> {
  readonly name: string;
  readonly about: string;
  readonly definition: Definition;
  declare readonly types?: { readonly params: P; readonly rules: R; readonly components: C };

  constructor(name: string, about: string, definition: Definition) {
    this.name = name;
    this.about = about;
    this.definition = definition;
  }

  private with<P2, R2, C2 extends Components>(part: Partial<Definition>): ModelChain<P2, R2, C2> {
    return new ModelChain(this.name, this.about, { ...this.definition, ...part });
  }

  /** The protocol's rules: pure functions and constants that actions call by name, so that a change can replace one. */
  rules<R2 extends object>(rules: (params: P) => R2): ModelChain<P, R2, C>;
  rules<R2 extends object>(rules: R2): ModelChain<P, R2, C>;
  rules<R2 extends object>(rules: R2 | ((params: P) => R2)): ModelChain<P, R2, C> {
    const made = typeof rules === 'function' ? rules : () => rules;
    return this.with({ rules: made as Definition['rules'] }); // the engine looks rules up by name
  }

  /** The design changes of the catalogue. Names of properties are resolved when properties attach. */
  changes(changes: Readonly<Record<string, Change<P, R>>>): ModelChain<P, R, C> {
    const added = changes as Changes; // the engine runs changes of any model
    return this.with({ changes: { ...this.definition.changes, ...added } });
  }

  /** Seeded faults, by rule and by name, to see whether the properties notice them. */
  mutants(mutants: Mutants<P, R>): ModelChain<P, R, C> {
    const added = mutants as AnyMutants; // the engine runs mutants of any model
    return this.with({ mutants: mergedMutants(this.definition.mutants, added, this.name) });
  }

  components<C2 extends Components>(components: (params: P, rules: R) => C2): ModelChain<P, R, C2> {
    return this.with({ components });
  }

  /** The initial state, or several. */
  init(init: (params: P, rules: R) => Initial<C> | readonly Initial<C>[]): ModelChain<P, R, C> {
    return this.with({ init });
  }

  action<I extends Instance = never>(name: string, action: Action<P, R, C, I>): ModelChain<P, R, C> {
    this.refuseTwice(name);
    const added: AnyAction = { ...action, name };
    return this.with({ actions: [...this.definition.actions, added] });
  }

  private refuseTwice(name: string): void {
    if (this.definition.actions.some((other) => other.name === name)) {
      throw new ModelError(`the action '${name}' is declared twice`, { model: this.name });
    }
  }

  /** Bounds the space: a state for which it is false is checked but not counted and not explored further. */
  within(constraint: (s: StateView<C>, params: P, rules: R) => boolean): ModelChain<P, R, C> {
    return this.with({ within: [...this.definition.within, constraint] });
  }

  /** Whether a state without a step is a violation: 'forbidden' (the default), 'allowed', or a test for a proper end. */
  deadlock(expectation: DeadlockExpectation<P, C>): ModelChain<P, R, C> {
    return this.with({ deadlock: expectation });
  }

  /**
   * Declares that the members of a family are interchangeable, so that `check --symmetry` may keep one state for all that
   * differ in nothing but who is who. `family` is what `ref(family)` names: those ids change places within values.
   */
  symmetric(family: string, symmetric: Symmetric<P, keyof C & string>): ModelChain<P, R, C> {
    if (this.definition.symmetric !== undefined) {
      throw new ModelError('declares a second symmetric family; one is all that a search can use', {
        model: this.name,
      });
    }
    const added: AnySymmetric = { ...symmetric, family };
    return this.with({ symmetric: added });
  }

  /**
   * Takes over the components, actions, constraints and mutants of another model, which may then be combined with more of
   * one's own. Its parameters and rules must be among this model's.
   */
  include<P2, R2, C2 extends Components>(
    this: ModelChain<P & P2, R & R2, C>,
    other: Model<P2, R2, C2>,
  ): ModelChain<P & P2, R & R2, C & C2> {
    const own = this.definition.components;
    const theirs = other.definition.components;
    for (const { name } of other.definition.actions) this.refuseTwice(name);
    return this.with({
      components: (params, rules) => ({ ...theirs(params, rules), ...own(params, rules) }),
      actions: [...this.definition.actions, ...other.definition.actions],
      within: [...this.definition.within, ...other.definition.within],
      mutants: mergedMutants(this.definition.mutants, other.definition.mutants, this.name),
    });
  }
}
