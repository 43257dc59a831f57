import type { Components } from './components.ts';
import type { Instance } from './model.ts';
import type { StateView } from './views.ts';

/** What is so in a state. */
export type Predicate<P, R, C extends Components, I> = (
  s: StateView<C>,
  instance: I,
  params: P,
  rules: R,
) => boolean;

/** A step of an action, of any instance or of those for which `of` is true, that changes the state: TLA+'s <<A>>_vars. */
export interface StepTaken<P, I> {
  readonly taken: string;
  readonly of?: (taken: Instance | undefined, instance: I, params: P) => boolean;
}

/**
 * A claim on a run. An object of several of these claims them all.
 * - `eventually`: sooner or later it is so;
 * - `always`: it is so from beginning to end;
 * - `alwaysEventually`: whatever happens, sooner or later it is so (again), or such a step is taken (again);
 * - `eventuallyAlways`: from some point on it stays so;
 * - `from`, `leadsTo`: whenever the one is so, the other is so then or later;
 * - `and`, `or`, `not`: of such claims.
 */
export type Formula<P, R, C extends Components, I> =
  | { readonly eventually: Predicate<P, R, C, I> }
  | { readonly always: Predicate<P, R, C, I> }
  | { readonly alwaysEventually: Predicate<P, R, C, I> | StepTaken<P, I> }
  | { readonly eventuallyAlways: Predicate<P, R, C, I> }
  | { readonly from: Predicate<P, R, C, I>; readonly leadsTo: Predicate<P, R, C, I> }
  | { readonly and: readonly Formula<P, R, C, I>[] }
  | { readonly or: readonly Formula<P, R, C, I>[] }
  | { readonly not: Formula<P, R, C, I> };

/** A formula as the engine reads it: some of its keys. */
// biome-ignore lint/suspicious/noExplicitAny: the engine runs formulas of any model
type Any = any;
export interface AnyFormula {
  readonly eventually?: Predicate<Any, Any, Any, Any>;
  readonly always?: Predicate<Any, Any, Any, Any>;
  readonly alwaysEventually?: Predicate<Any, Any, Any, Any> | StepTaken<Any, Any>;
  readonly eventuallyAlways?: Predicate<Any, Any, Any, Any>;
  readonly from?: Predicate<Any, Any, Any, Any>;
  readonly leadsTo?: Predicate<Any, Any, Any, Any>;
  readonly and?: readonly AnyFormula[];
  readonly or?: readonly AnyFormula[];
  readonly not?: AnyFormula;
}
