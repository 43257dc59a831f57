/**
 * A pure function from a component's value and an argument to its next value. Writing by an operation does not force
 * reading: the checker remembers results per (value, argument).
 */
export interface Operation<V, A> {
  readonly name: string;
  apply(value: V, argument: A): V;
}

/** A custom operation, such as appending to a log: `s.log(i).apply(append, entry)`. Define it once, outside the action. */
export function operation<V, A>(name: string, apply: (value: V, argument: A) => V): Operation<V, A> {
  return { name, apply };
}

/**
 * A part of a component's value that an action reads instead of the whole: `s.log(i).read(lastZxid)`. What it does not
 * show cannot influence the action, so the checker runs the action's code less often. Define it once, outside the action.
 */
export interface Projection<V, R> {
  readonly name: string;
  of(value: V): R;
}

export function projection<V, R>(name: string, of: (value: V) => R): Projection<V, R> {
  return { name, of };
}

/** One write of an action: an operation with its argument on one component. Made by `set`, `patch`, `send`, ... */
export class Update {
  /** The component, as its run knows it: an update of another run would write elsewhere. */
  readonly owner: object;
  readonly slot: number;
  readonly operation: Operation<unknown, unknown>;
  readonly argument: unknown;

  constructor(owner: object, slot: number, operation: Operation<unknown, unknown>, argument: unknown) {
    this.owner = owner;
    this.slot = slot;
    this.operation = operation;
    this.argument = argument;
  }
}

/** What an action does: `undefined` (disabled), a list of updates, or a choice between several labelled lists. */
export type Outcome = readonly Update[] | Choice | undefined | undefined;

export interface Alternative {
  /** Unique within the action instance, so that (action, instance, label) names a transition. */
  readonly label: string;
  readonly updates: readonly Update[];
}

export class Choice {
  readonly alternatives: readonly Alternative[];

  constructor(alternatives: readonly Alternative[]) {
    this.alternatives = alternatives;
  }
}

/**
 * Several possible outcomes of one action instance: by name, `choose({ lost: [...], delivered: [...] })`, or one for each
 * item, `choose(items, (item) => [...])`, labelled by the item's text or by `label`. An outcome that is `undefined` is
 * not possible; no possible outcome means that the action is disabled.
 */
export function choose(outcomes: Readonly<Record<string, readonly Update[] | undefined>>): Choice;
export function choose<T>(
  items: readonly T[],
  outcome: (item: T) => readonly Update[] | undefined,
  label?: (item: T) => string,
): Choice;
export function choose<T>(
  first: Readonly<Record<string, readonly Update[] | undefined>> | readonly T[],
  outcome?: (item: T) => readonly Update[] | undefined,
  label: (item: T) => string = (item) => (typeof item === 'string' ? item : JSON.stringify(item)),
): Choice {
  const all: (readonly [string, readonly Update[] | undefined])[] = isList(first)
    ? first.map((item) => [label(item), outcome?.(item)] as const)
    : Object.entries(first);
  return new Choice(
    all.flatMap(([name, updates]) => (updates === undefined ? [] : [{ label: name, updates }])),
  );
}

function isList<T>(value: object | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}
