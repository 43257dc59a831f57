import type { Change, Changes } from './changes.ts';
import type { Components } from './components.ts';
import { ModelError } from './errors.ts';
import type { AnyModel, Instance, Model } from './model.ts';
import type { Formula } from './temporal.ts';
import type { StateView } from './views.ts';

/** `true`, or what is wrong: a sentence that names the values for which it fails (`false` says nothing more). */
export type Verdict = boolean | string;

interface Described<P> {
  readonly about?: string;
  /** Whether the property is promised under these parameters at all; if not it is reported as unchecked. */
  readonly applies?: (params: P) => boolean;
  /** Where the promise is made: paper section, JIRA, KIP, class. */
  readonly source?: string;
}

export interface Always<P, R, C extends Components, I> extends Described<P> {
  readonly each?: (params: P, rules: R) => readonly I[];
  /** When the property says anything at all. The run reports a premise that was never true. */
  readonly premise?: (s: StateView<C>, instance: I, params: P, rules: R) => boolean;
  readonly holds: (s: StateView<C>, instance: I, params: P, rules: R) => Verdict;
}

/** The transition that a step property looks at. */
export interface Taken {
  readonly action: string;
  /** The action's instance; undefined for an action without `each`. */
  readonly instance: Instance | undefined;
  readonly label: string;
}

export interface Step<P, R, C extends Components> extends Described<P> {
  /** Looks only at steps of these actions; at all of them by default. */
  readonly on?: readonly string[];
  readonly premise?: (
    before: StateView<C>,
    after: StateView<C>,
    taken: Taken,
    params: P,
    rules: R,
  ) => boolean;
  readonly holds: (before: StateView<C>, after: StateView<C>, taken: Taken, params: P, rules: R) => Verdict;
}

export interface Reachable<P, R, C extends Components> extends Described<P> {
  readonly when: (s: StateView<C>, params: P, rules: R) => boolean;
}

/** A temporal claim on the runs that are fair (see `fairness` of actions). */
export type Temporal<P, R, C extends Components, I> = Described<P> & {
  readonly each?: (params: P, rules: R) => readonly I[];
  /** Claims it only of runs of which this is true: TLA+'s `provided => claim`. */
  readonly provided?: Formula<P, R, C, I>;
} & Formula<P, R, C, I>;

export type PropertyKind = 'always' | 'step' | 'reachable' | 'temporal';

// biome-ignore lint/suspicious/noExplicitAny: the engine runs properties of any model
type Any = any;
export type AnyProperty = {
  readonly name: string;
  /** Its stack tells where the property is declared. */
  readonly declared: Error;
} & (
  | ({ readonly kind: 'always' } & Always<Any, Any, Any, Any>)
  | ({ readonly kind: 'step' } & Step<Any, Any, Any>)
  | ({ readonly kind: 'reachable' } & Reachable<Any, Any, Any>)
  | ({ readonly kind: 'temporal' } & Temporal<Any, Any, Any, Any>)
);

type Undeclared<Property> = Property extends unknown ? Omit<Property, 'declared'> : never;

/** A model with what it promises: the default export of a file that the command can check. */
export interface Spec {
  readonly model: AnyModel;
  readonly properties: readonly AnyProperty[];
}

/** Starts the properties of a model. */
export function properties<P, R, C extends Components>(model: Model<P, R, C>): PropertyChain<P, R, C> {
  return new PropertyChain<P, R, C>(model, []);
}

export class PropertyChain<P, R, C extends Components> implements Spec {
  readonly model: AnyModel;
  readonly properties: readonly AnyProperty[];
  declare readonly types?: { readonly params: P; readonly rules: R; readonly components: C };

  constructor(model: AnyModel, list: readonly AnyProperty[]) {
    this.model = model;
    this.properties = list;
  }

  private and(property: Undeclared<AnyProperty>): PropertyChain<P, R, C> {
    if (property.name === 'deadlock' || this.properties.some((other) => other.name === property.name)) {
      throw new ModelError(`the property '${property.name}' is declared twice`, { model: this.model.name });
    }
    const declared = new Error(property.name);
    return new PropertyChain<P, R, C>(this.model, [...this.properties, { ...property, declared }]);
  }

  /**
   * More design changes of the model, such as one's own to a model of the house: rules and actions replaced by name,
   * everything else as it is.
   */
  changes(changes: Readonly<Record<string, Change<P, R, C>>>): PropertyChain<P, R, C> {
    const { name, about, definition } = this.model;
    const twice = Object.keys(changes).find((change) => Object.hasOwn(definition.changes, change));
    if (twice !== undefined) throw new ModelError(`the change '${twice}' is declared twice`, { model: name });
    const added = changes as Changes; // the engine runs changes of any model
    const model = {
      name,
      about,
      definition: { ...definition, changes: { ...definition.changes, ...added } },
    };
    return new PropertyChain<P, R, C>(model, this.properties);
  }

  /** Takes over the properties of a part that the model includes. */
  include<P2, R2, C2 extends Components>(
    this: PropertyChain<P & P2, R & R2, C & C2>,
    part: PropertyChain<P2, R2, C2>,
  ): PropertyChain<P & P2, R & R2, C & C2> {
    return part.properties.reduce((chain, property) => chain.and(property), this);
  }

  /** A safety invariant: holds in every reachable state, for each instance. */
  always<I extends Instance = never>(name: string, property: Always<P, R, C, I>): PropertyChain<P, R, C> {
    return this.and({ kind: 'always', name, ...property });
  }

  /** Holds for every transition, also those into states that are known already. */
  step(name: string, property: Step<P, R, C>): PropertyChain<P, R, C> {
    return this.and({ kind: 'step', name, ...property });
  }

  /** A witness: violated when a complete run reaches no such state. */
  reachable(name: string, property: Reachable<P, R, C>): PropertyChain<P, R, C> {
    return this.and({ kind: 'reachable', name, ...property });
  }

  /** Liveness: what happens sooner or later, on every fair run. */
  temporal<I extends Instance = never>(name: string, property: Temporal<P, R, C, I>): PropertyChain<P, R, C> {
    return this.and({ kind: 'temporal', name, ...property });
  }
}

/**
 * What a file exports as something to check. A bare model is a spec without properties: only deadlock is checked.
 * @throws ModelError when a change names a property or a change that is not declared
 */
export function specOf(value: Spec | AnyModel): Spec {
  if (!('model' in value)) return { model: value, properties: [] };
  const spec = value;
  const known = new Set(['deadlock', ...spec.properties.map((property) => property.name)]);
  for (const [name, change] of Object.entries(spec.model.definition.changes)) {
    for (const property of [...(change.breaks ?? []), ...(change.repairs ?? []), ...(change.keeps ?? [])]) {
      if (!known.has(property)) {
        throw new ModelError(
          `the change '${name}' names the property '${property}', which is not declared; declare it, or extend the properties that do`,
          {
            model: spec.model.name,
          },
        );
      }
    }
    if (change.fixedBy !== undefined && !Object.hasOwn(spec.model.definition.changes, change.fixedBy)) {
      throw new ModelError(`the change '${name}' is fixed by '${change.fixedBy}', which is not declared`, {
        model: spec.model.name,
      });
    }
  }
  return spec;
}
