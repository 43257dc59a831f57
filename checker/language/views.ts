import type { Component, Components, Key } from './components.ts';
import type { DeepReadonly } from './deep-readonly.ts';
import type { Operation, Projection, Update } from './operations.ts';

/** Reading one component. Every read is recorded: the checker runs the code again only for other values of what it read. */
export interface ReadCell<V> {
  readonly value: V;
  /** One field of the value; another field's change does not make the action run again. */
  get<F extends keyof V>(field: F): V[F];
  read<R>(projection: Projection<V, R>): R;
}

export interface WriteCell<V> {
  set(value: V): Update;
  /** Replaces some fields. */
  patch(fields: Partial<V>): Update;
  apply<A>(operation: Operation<V, A>, argument: A): Update;
}

export interface ReadChannel<M> extends ReadCell<readonly M[]> {
  /** The oldest message. */
  readonly head: M | undefined;
  readonly length: number;
}

export interface WriteChannel<M> {
  /** Appends a message; an error of the model when the channel is full. */
  send(message: M): Update;
  /** The newest wins: replaces whatever the channel holds by this message. */
  put(message: M): Update;
  /** Removes the oldest message; an error of the model when there is none. */
  receive(): Update;
  clear(): Update;
  set(messages: readonly M[]): Update;
  apply<A>(operation: Operation<readonly M[], A>, argument: A): Update;
}

type Reader<C> =
  C extends Component<infer Kind, infer _Axes, infer V, boolean>
    ? Kind extends 'channel'
      ? ReadChannel<DeepReadonly<V>>
      : ReadCell<DeepReadonly<V>>
    : never;

type Writer<C> =
  C extends Component<infer Kind, infer _Axes, infer V, boolean>
    ? Kind extends 'channel'
      ? WriteChannel<DeepReadonly<V>>
      : WriteCell<DeepReadonly<V>>
    : never;

type Pick<C, Handle> =
  C extends Component<'cell' | 'channel', infer Axes, unknown, boolean>
    ? Axes extends readonly []
      ? Handle
      : (...keys: Axes) => Handle
    : never;

/** What an action sees: every component to read and to write, ghosts to write only. */
export type ActionView<C extends Components> = {
  readonly [N in keyof C]: Pick<
    C[N],
    C[N]['ghost'] extends true ? Writer<C[N]> : Reader<C[N]> & Writer<C[N]>
  >;
};

/** What a property or a constraint sees: every component, ghosts included, to read only. */
export type StateView<C extends Components> = { readonly [N in keyof C]: Pick<C[N], Reader<C[N]>> };

/** The type of the value of component `N` of a model: `ValueOf<typeof model, 'server'>`. */
export type ComponentValue<C> =
  C extends Component<infer Kind, readonly Key[], infer V, boolean>
    ? Kind extends 'channel'
      ? readonly DeepReadonly<V>[]
      : DeepReadonly<V>
    : never;
