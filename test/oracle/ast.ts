/** A random model as a small syntax tree: numbers select, modulo what there is, so that every tree means something. */
export interface ModelTree {
  readonly components: readonly ComponentTree[];
  /** Several initial states; each gives every component the numbers of its initial values. */
  readonly initial: readonly (readonly InitialTree[])[];
  readonly actions: readonly ActionTree[];
  /** What all actions need. */
  readonly gate: Test;
  readonly within: readonly Test[];
  readonly deadlock: 'forbidden' | 'allowed' | Test;
  readonly properties: readonly PropertyTree[];
  /** Adds the invariant that one far state, selected by this number, is never reached. */
  readonly avoid: number | undefined;
  /** Runs with a design change that replaces a rule and sets a parameter. */
  readonly changed: boolean;
}

export interface ComponentTree {
  readonly shape: 'single' | 'family' | 'table' | 'queue' | 'queues' | 'channels';
  readonly kind: number;
  readonly ghost: boolean;
  /** Of a channel. */
  readonly capacity: number | undefined;
}

/** For a channel: how many messages it holds, and which. */
export interface InitialTree {
  readonly values: readonly number[];
  readonly how: 'one' | 'anyOf' | 'byKey';
}

export type Expression =
  | { readonly is: 'number'; readonly n: number }
  /** A part of the action's or property's instance. */
  | { readonly is: 'key'; readonly at: number }
  /** The item that `choose` is at. */
  | { readonly is: 'item' }
  | { readonly is: 'look'; readonly at: Place; readonly how: number; readonly after: boolean }
  | { readonly is: 'plus' | 'rule'; readonly a: Expression; readonly b: Expression }
  | { readonly is: 'if'; readonly test: Test; readonly a: Expression; readonly b: Expression };

export interface Place {
  readonly component: number;
  readonly keys: readonly [Expression, Expression];
}

export type Test =
  | { readonly is: 'yes' }
  | { readonly is: 'less' | 'equal'; readonly a: Expression; readonly b: Expression }
  | { readonly is: 'and' | 'or'; readonly a: Test; readonly b: Test }
  | { readonly is: 'not'; readonly a: Test };

export interface Effect {
  readonly at: Place;
  readonly how: number;
  readonly value: Expression;
  /** Sends and receives only where it is possible; otherwise the model is faulty and both checkers must say so. */
  readonly careful: boolean;
}

export type Body =
  | { readonly is: 'updates'; readonly effects: readonly Effect[] }
  | {
      readonly is: 'items';
      readonly count: number;
      readonly when: Test;
      readonly effects: readonly Effect[];
    }
  | {
      readonly is: 'named';
      readonly alternatives: readonly { readonly when: Test; readonly effects: readonly Effect[] }[];
    };

export type Each = 'none' | 'keys' | 'pairs';

export interface ActionTree {
  readonly each: Each;
  readonly guard: Test;
  readonly body: Body;
}

export type PropertyTree =
  | {
      readonly is: 'always';
      readonly each: Each;
      readonly premise: Test | undefined;
      readonly holds: Test;
      readonly says: Expression | undefined;
      readonly applies: boolean;
    }
  | {
      readonly is: 'step';
      readonly on: readonly number[] | undefined;
      readonly premise: Test | undefined;
      readonly holds: Test;
      readonly says: Expression | undefined;
      readonly applies: boolean;
    }
  | { readonly is: 'reachable'; readonly when: Test; readonly applies: boolean }
  /** An invariant: the state with these values, by component and keys, is never reached. */
  | { readonly is: 'never'; readonly state: readonly (readonly [string, unknown])[] };
