import type { z } from 'zod';
import { z as zod } from 'zod';
import type { DeepReadonly } from './deep-readonly.ts';

/** The key of one member of a family: a server id, a broker id, a znode's name. */
export type Key = number | string;

export interface ComponentOptions {
  /** Names the lane kind in diagrams, such as 'server'; by default the component's own name. */
  readonly lane?: string;
}

export interface ChannelOptions<M> extends ComponentOptions {
  /** How many messages fit; more of them, however they got there, are an error of the model. Unbounded by default. */
  readonly capacity?: number;
  /** A message in a few words, for traces and diagrams; by default its fields. */
  readonly says?: (message: DeepReadonly<M>) => string;
}

/**
 * What a model declares for one component or one family of them. `Axes` are the types of the keys that pick a member
 * ([] for a single component), `V` is the type of a cell's value or of a channel's message.
 */
export interface Component<
  Kind extends 'cell' | 'channel' = 'cell' | 'channel',
  Axes extends readonly Key[] = readonly Key[],
  V = unknown,
  Ghost extends boolean = boolean,
> {
  readonly kind: Kind;
  readonly axes: { readonly [I in keyof Axes]: readonly Axes[I][] };
  /** The schema of the whole value: for a channel the array of its messages, oldest first. */
  readonly schema: z.ZodType;
  readonly ghost: Ghost;
  readonly capacity: number;
  readonly lane: string | undefined;
  /** Of channels between two kinds of nodes: the lane kinds of senders and receivers. */
  readonly lanes?: readonly [string, string] | undefined;
  /** Of a channel: a message in words. */
  readonly says?: ((message: unknown) => string) | undefined;
  /** Never present: carries the value type. */
  readonly value?: V;
}

type Value<S extends z.ZodType> = z.output<S>;

function cell<Axes extends readonly Key[], S extends z.ZodType>(
  axes: { readonly [I in keyof Axes]: readonly Axes[I][] },
  schema: S,
  options: ComponentOptions = {},
): Component<'cell', Axes, Value<S>, false> {
  return { kind: 'cell', axes, schema, ghost: false, capacity: Number.POSITIVE_INFINITY, lane: options.lane };
}

/** One component: `s.controllerNode.value`. */
export function single<S extends z.ZodType>(schema: S): Component<'cell', [], Value<S>, false> {
  return cell<[], S>([], schema);
}

/** One component for each key: `s.server(i).value`. */
export function family<K extends Key, S extends z.ZodType>(
  keys: readonly K[],
  schema: S,
  options?: ComponentOptions,
): Component<'cell', [K], Value<S>, false> {
  return cell<[K], S>([keys], schema, options);
}

/** One component for each pair of keys: `s.link(i, j).value`. */
export function table<A extends Key, B extends Key, S extends z.ZodType>(
  rows: readonly A[],
  columns: readonly B[],
  schema: S,
  options?: ComponentOptions,
): Component<'cell', [A, B], Value<S>, false> {
  return cell<[A, B], S>([rows, columns], schema, options);
}

function fifo<Axes extends readonly Key[], S extends z.ZodType>(
  axes: { readonly [I in keyof Axes]: readonly Axes[I][] },
  message: S,
  options: ChannelOptions<z.output<S>> = {},
): Component<'channel', Axes, Value<S>, false> {
  const capacity = options.capacity ?? Number.POSITIVE_INFINITY;
  const schema = Number.isFinite(capacity) ? zod.array(message).max(capacity) : zod.array(message);
  const says = options.says as Component['says']; // called with messages of this channel only
  return { kind: 'channel', axes, schema, ghost: false, capacity, lane: options.lane, says };
}

/** One FIFO queue: `s.queue.head`, `s.queue.send(m)`, `s.queue.receive()`. */
export function queue<S extends z.ZodType>(
  message: S,
  options?: ChannelOptions<z.output<S>>,
): Component<'channel', [], Value<S>, false> {
  return fifo<[], S>([], message, options);
}

/** One FIFO queue for each key: `s.inbox(i).head`. */
export function queues<K extends Key, S extends z.ZodType>(
  keys: readonly K[],
  message: S,
  options?: ChannelOptions<z.output<S>>,
): Component<'channel', [K], Value<S>, false> {
  return fifo<[K], S>([keys], message, options);
}

/** One FIFO channel for each ordered pair of nodes: `s.net(from, to).send(m)`. */
export function channels<K extends Key, S extends z.ZodType>(
  nodes: readonly K[],
  message: S,
  options?: ChannelOptions<z.output<S>>,
): Component<'channel', [K, K], Value<S>, false> {
  return fifo<[K, K], S>([nodes, nodes], message, options);
}

/** One FIFO channel from each node of one kind to each of another: `s.request(controller, broker).send(m)`. */
export function links<A extends Key, B extends Key, S extends z.ZodType>(
  senders: readonly A[],
  receivers: readonly B[],
  message: S,
  options: Omit<ChannelOptions<z.output<S>>, 'lane'> & { readonly lanes: readonly [string, string] },
): Component<'channel', [A, B], Value<S>, false> {
  return { ...fifo<[A, B], S>([senders, receivers], message, options), lanes: options.lanes };
}

/** History for properties: actions may operate on it, only properties may read it. */
export function ghost<Kind extends 'cell' | 'channel', Axes extends readonly Key[], V>(
  component: Component<Kind, Axes, V, false>,
): Component<Kind, Axes, V, true> {
  return { ...component, ghost: true };
}

export type Components = Readonly<Record<string, Component>>;
