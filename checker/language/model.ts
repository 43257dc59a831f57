import type { z } from 'zod';
import type { Changes } from './changes.ts';
import type { Components, Key } from './components.ts';
import type { Footprint } from './footprint.ts';
import type { AnyMutants } from './mutants.ts';
import type { Outcome } from './operations.ts';
import type { AnySymmetric } from './symmetry.ts';
import type { ActionView, StateView } from './views.ts';

/** What picks an action instance: one key or several, such as a server or a pair of servers. */
export type Instance = Key | readonly Key[];

/**
 * What liveness may assume of an action. 'weak': an instance that stays enabled is taken again and again; 'strong': also one
 * that is enabled only again and again. Each instance stands for itself (\A i : WF(A(i))). With a name, all instances that
 * share it stand together, also those of several actions, and any of them will do: { weak: 'System' } is WF(A \/ B).
 */
export type Fairness = 'weak' | 'strong' | 'none' | { readonly weak: string } | { readonly strong: string };

/** What a sentence about a step may look at. */
export interface StepView<C extends Components, P> {
  readonly before: StateView<C>;
  readonly after: StateView<C>;
  readonly label: string;
  readonly params: P;
}

export interface Action<P, R, C extends Components, I> {
  /** The instances; without it there is one, whose `instance` is undefined. */
  readonly each?: (params: P, rules: R) => readonly I[];
  /** 'none' by default: it may happen, but nobody relies on it. */
  readonly fairness?: Fairness;
  /** Pure: what it does may depend on nothing but what it reads from `s`, the instance, the parameters and the rules. */
  readonly next: (s: ActionView<C>, instance: I, params: P, rules: R) => Outcome;
  /** What it may ever read and write, for `check --reduce`; without it, everything. */
  readonly touches?: (instance: I, params: P) => Footprint<keyof C & string>;
  /** The step in words; it may name what was received: `(i, { before }) => ...`. */
  readonly says?: (instance: I, step: StepView<C, P>) => string;
}

export type DeadlockExpectation<P, C extends Components> =
  | 'forbidden'
  | 'allowed'
  | ((s: StateView<C>, params: P) => boolean);

/** A model: what a system does. `Model<any, any, any>` is any of them. */
export interface Model<P, R, C extends Components> {
  readonly name: string;
  readonly about: string;
  readonly definition: Definition;
  /** Never present: carry the types. */
  readonly types?: { readonly params: P; readonly rules: R; readonly components: C };
}

// biome-ignore lint/suspicious/noExplicitAny: the engine runs models of any type; their own files are fully typed
type Any = any;
export type AnyModel = Model<Any, Any, Any>;
export type AnyAction = Action<Any, Any, Any, Any> & { readonly name: string };
export type AnyParams = Readonly<Record<string, unknown>>;
export type AnyRules = Readonly<Record<string, unknown>>;

/** A model without its types: what the engine reads. */
export interface Definition {
  readonly params: z.ZodObject;
  readonly rules: (params: Any) => AnyRules;
  readonly changes: Changes;
  readonly mutants: AnyMutants;
  readonly components: (params: Any, rules: Any) => Components;
  readonly init: ((params: Any, rules: Any) => Any) | undefined;
  readonly actions: readonly AnyAction[];
  readonly within: readonly ((s: Any, params: Any, rules: Any) => boolean)[];
  readonly deadlock: DeadlockExpectation<Any, Any>;
  readonly symmetric?: AnySymmetric | undefined;
}

type TypesOf<M> = M extends Model<infer P, infer R, infer C> ? { params: P; rules: R; components: C } : never;

/** What a property of the model sees: for helpers that several properties share, `(s: StateOf<typeof election>) => ...`. */
export type StateOf<M> = StateView<TypesOf<M>['components']>;
export type ParamsOf<M> = TypesOf<M>['params'];
