import { z } from 'zod';
import type { Configuration } from '../../checker/language/configure.ts';
import { AnyOf, Choice, type Component } from '../../checker/language/index.ts';
import { isSet } from '../../checker/language/schema.ts';
import type { Any } from './kinds.ts';

/** A state: the values of all components by name, such as `server(1)`. */
export type State = Readonly<Record<string, unknown>>;
type Write = (state: State) => State;

export interface NaiveStep {
  readonly action: string;
  readonly instance: unknown;
  /** recv(0, 1) */
  readonly by: string;
  readonly label: string;
  readonly to: State;
}

/** A fault of the model: what action and component the checker must name. */
export class Fault extends Error {
  action: string | undefined;
  readonly component: string;

  constructor(message: string, component: string) {
    super(message);
    this.component = component;
  }
}

export interface NaiveResult {
  distinct: number;
  generated: number;
  depth: number;
  cut: number;
  deadlocks: number;
  complete: boolean;
  readonly taken: Map<string, number>;
  /** Violated properties with the number of steps of the shortest run; undefined for a witness that was not reached. */
  readonly violated: Map<string, number | undefined>;
  readonly reached: Map<string, number>;
  readonly armed: Map<string, number>;
}

const named = (name: string, keys: readonly unknown[]): string =>
  keys.length === 0 ? name : `${name}(${keys.join(', ')})`;
const keysOf = (instance: unknown): unknown[] =>
  instance === undefined ? [] : Array.isArray(instance) ? instance : [instance];
export const text = (state: unknown): string =>
  JSON.stringify(state, (_, v) =>
    v && typeof v === 'object' && !Array.isArray(v)
      ? Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1)))
      : v,
  );

/** What model code holds of one component. An update is a function of the state. */
class Handle {
  readonly name: string;
  readonly component: Component;
  readonly state: State;
  readonly acts: boolean;

  constructor(name: string, component: Component, state: State, acts: boolean) {
    this.name = name;
    this.component = component;
    this.state = state;
    this.acts = acts;
  }

  get value(): Any {
    if (this.acts && this.component.ghost) throw new Fault('reads a ghost', this.name);
    return this.state[this.name];
  }
  get head(): unknown {
    return this.value[0];
  }
  get length(): number {
    return this.value.length;
  }
  get(field: string): unknown {
    return this.value[field];
  }
  read(projection: Any): unknown {
    return projection.of(this.value);
  }

  private write(change: (v: Any) => unknown): Write {
    const { name, component } = this;
    return (now) => ({ ...now, [name]: only(component, change(now[name])) });
  }
  set(v: unknown): Write {
    return this.write(() => v);
  }
  patch(fields: object): Write {
    return this.write((v) => ({ ...v, ...fields }));
  }
  apply(operation: Any, argument: unknown): Write {
    return this.write((v) => operation.apply(v, argument));
  }
  put(message: unknown): Write {
    return this.write(() => [message]);
  }
  clear(): Write {
    return this.write(() => []);
  }
  send(message: unknown): Write {
    return this.write((v) => {
      if (v.length >= this.component.capacity) throw new Fault('send into a full channel', this.name);
      return [...v, message];
    });
  }
  receive(): Write {
    return this.write((v) => {
      if (v.length === 0) throw new Fault('receive from an empty channel', this.name);
      return v.slice(1);
    });
  }
}

/** The checker as one would first write it: a Map of JSON strings and a queue. No memo, no ids, no hash of its own. */
export class Naive {
  private readonly cells = new Map<string, Component>();
  private readonly components: Readonly<Record<string, Component>>;
  private readonly configuration: Configuration;

  constructor(configuration: Configuration) {
    this.configuration = configuration;
    const { definition } = configuration.spec.model;
    this.components = definition.components(configuration.params, configuration.rules);
    for (const [name, component] of Object.entries(this.components)) {
      let members: unknown[][] = [[]];
      for (const axis of component.axes)
        members = members.flatMap((keys) => axis.map((key) => [...keys, key]));
      for (const keys of members) this.cells.set(named(name, keys), component);
    }
  }

  get initial(): State[] {
    const { definition } = this.configuration.spec.model;
    const declared = definition.init?.(this.configuration.params, this.configuration.rules);
    return (Array.isArray(declared) ? declared : [declared]).flatMap((one) => {
      let states: State[] = [{}];
      for (const [name, component] of Object.entries(this.components)) {
        let members: unknown[][] = [[]];
        for (const axis of component.axes) members = members.flatMap((keys) => axis.map((k) => [...keys, k]));
        for (const keys of members) {
          const declared = component.kind === 'channel' && one[name] === undefined ? [] : one[name];
          const given = typeof declared === 'function' ? declared(...keys) : declared;
          const values = given instanceof AnyOf ? given.values : [given];
          states = states.flatMap((state) =>
            values.map((v) => ({ ...state, [named(name, keys)]: only(component, v) })),
          );
        }
      }
      return states;
    });
  }

  private view(state: State, acts: boolean): Any {
    const handle = (name: string): Handle => new Handle(name, this.cells.get(name) as Component, state, acts);
    return Object.fromEntries(
      Object.entries(this.components).map(([name, { axes }]) => [
        name,
        axes.length === 0 ? handle(name) : (...keys: unknown[]) => handle(named(name, keys)),
      ]),
    );
  }

  successors(state: State): NaiveStep[] {
    const { params, rules, spec } = this.configuration;
    return spec.model.definition.actions.flatMap((action) =>
      (action.each ? action.each(params, rules) : [undefined]).flatMap((instance: unknown) => {
        const by = named(action.name, keysOf(instance));
        try {
          const outcome: Any = action.next(this.view(state, true), instance, params, rules);
          const ways = outcome instanceof Choice ? outcome.alternatives : [{ label: '', updates: outcome }];
          return outcome === undefined
            ? []
            : ways.map(({ label, updates }) => {
                const to = (updates as Any[]).reduce((now: State, write: Write) => write(now), state);
                return { action: action.name, instance, by, label, to };
              });
        } catch (error) {
          if (error instanceof Fault) error.action = by;
          throw error;
        }
      }),
    );
  }

  within(state: State): boolean {
    const { params, rules, spec } = this.configuration;
    return spec.model.definition.within.every((test) => test(this.view(state, false), params, rules));
  }

  mayEndIn(state: State): boolean {
    const { params, spec } = this.configuration;
    const { deadlock } = spec.model.definition;
    return typeof deadlock === 'function'
      ? deadlock(this.view(state, false), params)
      : deadlock === 'allowed';
  }

  /** Invariants of one state, or with `step` the step properties of a transition: name, instance and what is said. */
  judge(state: State, step?: NaiveStep, armed?: Map<string, number>): [string, string, unknown][] {
    const { params, rules, spec } = this.configuration;
    return spec.properties.flatMap((property): [string, string, unknown][] => {
      if (property.applies && !property.applies(params)) return [];
      const asked = (instance: unknown, given: unknown[]): [string, string, unknown][] => {
        const { premise, holds } = property as Any;
        if (premise && !premise(...given)) return [];
        armed?.set(property.name, (armed.get(property.name) ?? 0) + 1);
        const verdict = holds(...given);
        return verdict === true
          ? []
          : [[property.name, instance === undefined ? '' : named('', keysOf(instance)), verdict || '']];
      };
      const before = this.view(state, false);
      if (step && property.kind === 'step') {
        if (property.on && !property.on.includes(step.action)) return [];
        return asked(undefined, [before, this.view(step.to, false), step, params, rules]);
      }
      if (step || property.kind !== 'always') return [];
      const instances = property.each ? property.each(params, rules) : [undefined];
      return instances.flatMap((instance: unknown) => asked(instance, [before, instance, params, rules]));
    });
  }

  /** One of the later states in breadth-first order. */
  far(n: number, limit: number): State {
    const states: State[] = [];
    this.explore(true, limit, (state) => states.push(state));
    return states[states.length - 1 - (n % Math.ceil(states.length / 2))] ?? {};
  }

  /** Explores all of it, or until the end of the level of the first violation; undefined when that is too much. */
  explore(all: boolean, limit: number, onState?: (state: State) => void): NaiveResult | undefined {
    const { params, rules, spec } = this.configuration;
    const result: NaiveResult = {
      ...{ distinct: 0, generated: 0, depth: 1, cut: 0, deadlocks: 0, complete: false },
      taken: new Map(),
      violated: new Map(),
      reached: new Map(),
      armed: new Map(),
    };
    for (const { name, each } of spec.model.definition.actions) {
      if (each === undefined || each(params, rules).length > 0) result.taken.set(name, 0);
    }
    const seen = new Set<string>();
    let next: State[] = [];
    const violate = (property: string, steps: number): unknown =>
      result.violated.has(property) || result.violated.set(property, steps);
    const visit = (state: State, steps: number): void => {
      result.generated++;
      const cut = !this.within(state);
      if (cut) result.cut++;
      if (!cut && seen.has(text(state))) return;
      for (const [property] of this.judge(state, undefined, result.armed)) violate(property, steps);
      if (cut) return;
      seen.add(text(state));
      next.push(state);
      onState?.(state);
      result.depth = steps + 1;
      for (const property of spec.properties) {
        if (property.kind !== 'reachable' || (property.applies && !property.applies(params))) continue;
        if (!result.reached.has(property.name) && property.when(this.view(state, false), params, rules))
          result.reached.set(property.name, steps);
      }
    };
    for (const state of this.initial) visit(state, 0);
    if (next.length === 0) throw new Fault('every initial state is cut', '');
    for (let steps = 1; next.length > 0 && (all || result.violated.size === 0); steps++) {
      const level = next;
      next = [];
      for (const state of level) {
        const successors = this.successors(state);
        if (successors.length === 0) {
          result.deadlocks++;
          if (!this.mayEndIn(state)) violate('deadlock', steps - 1);
        }
        for (const step of successors) {
          result.taken.set(step.action, (result.taken.get(step.action) ?? 0) + 1);
          for (const [property] of this.judge(state, step, result.armed)) violate(property, steps);
          visit(step.to, steps);
        }
        if (seen.size > limit) return undefined;
      }
    }
    result.distinct = seen.size;
    result.complete = next.length === 0;
    for (const property of result.complete ? spec.properties : []) {
      if (
        property.kind === 'reachable' &&
        (property.applies?.(params) ?? true) &&
        !result.reached.has(property.name)
      )
        result.violated.set(property.name, undefined);
    }
    return result;
  }
}

const known = new WeakMap<Component, Map<string, unknown>>();

/** Equal values of a component are one object, so that properties may compare them with `!==`. @throws ZodError */
function only(component: Component, given: unknown): unknown {
  const value = canonical(component.schema, given);
  const values = known.get(component) ?? new Map<string, unknown>();
  known.set(component, values);
  const key = text(value);
  if (!values.has(key)) values.set(key, value);
  return values.get(key);
}

/** @throws ZodError for a value outside the schema */
function canonical(schema: z.core.$ZodType, value: unknown): unknown {
  return z.parse(schema, sorted(schema, value));
}

/** Sets are sorted and their members unique, wherever they are. */
function sorted(schema: z.core.$ZodType, value: unknown): unknown {
  if (schema instanceof z.ZodNullable) return value === null ? null : sorted(schema.unwrap(), value);
  if (schema instanceof z.ZodReadonly) return sorted(schema.unwrap(), value);
  if (schema instanceof z.ZodUnion) {
    const option = schema.options.find((one) => z.safeParse(one, value).success);
    return sorted(option as z.core.$ZodType, value);
  }
  if (schema instanceof z.ZodTuple) {
    const { items } = schema._zod.def;
    return (value as unknown[]).map((e, i) => sorted(items[i] as z.core.$ZodType, e));
  }
  if (schema instanceof z.ZodObject || schema instanceof z.ZodRecord) {
    const given = value as Readonly<Record<string, unknown>>;
    const inner = (key: string): z.core.$ZodType =>
      schema instanceof z.ZodRecord ? schema.valueType : schema.shape[key];
    const keys = schema instanceof z.ZodRecord ? Object.keys(given).sort() : Object.keys(schema.shape);
    return Object.fromEntries(keys.map((key) => [key, sorted(inner(key), given[key])]));
  }
  if (!(schema instanceof z.ZodArray)) return value;
  const members = (value as unknown[]).map((e) => sorted(schema.element, e));
  if (!isSet(schema)) return members;
  const order = (e: unknown): string =>
    `${typeof e === 'number' ? 'z' : 'a'}${JSON.stringify(e).padStart(5)}`;
  return [...new Map(members.map((e) => [order(e), e]))]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, e]) => e);
}
