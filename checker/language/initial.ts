import type { Component, Components } from './components.ts';
import type { ComponentValue } from './views.ts';

/** One of several initial values of a component; several of them make the product of all their choices. */
export class AnyOf<V> {
  readonly values: readonly V[];

  constructor(values: readonly V[]) {
    this.values = values;
  }
}

/** By name, not by class: a model may come from another copy of the language. */
export function isAnyOf(value: unknown): value is AnyOf<unknown> {
  return (
    typeof value === 'object' && value !== null && value.constructor?.name === 'AnyOf' && 'values' in value
  );
}

export function anyOf<V>(values: readonly V[]): AnyOf<V> {
  return new AnyOf(values);
}

type InitialOf<C> =
  C extends Component<'cell' | 'channel', infer Axes, unknown, boolean>
    ?
        | ComponentValue<C>
        | AnyOf<ComponentValue<C>>
        | ((...keys: Axes) => ComponentValue<C> | AnyOf<ComponentValue<C>>)
    : never;

type Channels<C extends Components> = { [N in keyof C]: C[N]['kind'] extends 'channel' ? N : never }[keyof C];

/** An initial state: a value, a function of the member's keys, or `anyOf` for each component; channels start empty. */
export type Initial<C extends Components> = {
  readonly [N in Exclude<keyof C, Channels<C>>]: InitialOf<C[N]>;
} & { readonly [N in Channels<C>]?: InitialOf<C[N]> };
