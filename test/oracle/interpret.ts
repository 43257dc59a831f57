import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import {
  anyOf,
  type Component,
  channels,
  choose,
  defineModel,
  family,
  ghost,
  pairs,
  properties,
  queue,
  queues,
  type Spec,
  single,
  table,
} from '../../checker/language/index.ts';
import type { Body, ComponentTree, Each, Effect, Expression, ModelTree, Place, Test } from './ast.ts';
import { type Any, channelOperations, type Kind, kinds } from './kinds.ts';

const keys = [0, 1];
const names = ['p', 'q'];
const modulus = 3;

/** What an expression may look at, besides the tree itself. */
interface Scope {
  readonly s: Any;
  /** The state after a step, for step properties. */
  readonly after?: Any;
  readonly mayReadGhosts: boolean;
  readonly instance: Any;
  readonly item: number;
  readonly rules: Any;
}

/** The random model in the public language, with its properties. */
export function specOfTree(tree: ModelTree): Spec {
  const interpreter = new Interpreter(tree.components);
  let model: Any = defineModel('random', {
    about: 'a random model',
    params: z.strictObject({ shift: z.int().default(0) }),
  })
    .rules((p) => ({ mix: (a: number, b: number) => (a * 2 + b + p.shift) % modulus }))
    .changes({
      other: {
        about: '',
        source: 'seeded',
        set: { shift: 1 },
        rules: { mix: (a, b) => (a + b * 2) % modulus },
      },
    })
    .components(() =>
      Object.fromEntries(tree.components.map((component, i) => [`c${i}`, declare(component)])),
    )
    .init(() => tree.initial.map((state) => interpreter.initial(state)) as Any)
    .deadlock(
      typeof tree.deadlock === 'string'
        ? tree.deadlock
        : (s, _p) =>
            interpreter.test(tree.deadlock as Test, scope(s, { mix: (a: number, b: number) => a + b })),
    );
  for (const [i, action] of tree.actions.entries()) {
    model = model.action(`a${i}`, {
      ...instances(action.each),
      next(s: Any, instance: Any, _p: Any, rules: Any) {
        const at: Scope = { s, mayReadGhosts: false, instance, item: 0, rules };
        if (!interpreter.test(tree.gate, at) || !interpreter.test(action.guard, at)) return undefined;
        return interpreter.outcome(action.body, at);
      },
    });
  }
  for (const test of tree.within) {
    model = model.within((s: Any, _p: Any, rules: Any) => interpreter.test(test, scope(s, rules)));
  }
  let chain: Any = properties(model);
  for (const [i, property] of tree.properties.entries()) {
    if (property.is === 'never') {
      const holds = (s: Any): boolean =>
        property.state.some(([name, value]) => !isDeepStrictEqual(valueNamed(s, name), value));
      chain = chain.always(`p${i}`, { holds });
      continue;
    }
    const applies = property.applies ? {} : { applies: () => false };
    const premiseOf = (test: Test | undefined, at: (...given: Any[]) => Scope): object =>
      test ? { premise: (...given: Any[]) => interpreter.test(test, at(...given)) } : {};
    if (property.is === 'reachable') {
      chain = chain.reachable(`p${i}`, {
        ...applies,
        when: (s: Any, _p: Any, rules: Any) => interpreter.test(property.when, scope(s, rules)),
      });
      continue;
    }
    const verdict = (at: Scope): boolean | string =>
      interpreter.test(property.holds, at) ||
      (property.says ? `because of ${interpreter.number(property.says, at)}` : false);
    if (property.is === 'always') {
      const at = (s: Any, instance: Any, _p: Any, rules: Any): Scope => scope(s, rules, { instance });
      chain = chain.always(`p${i}`, {
        ...applies,
        ...instances(property.each),
        ...premiseOf(property.premise, at),
        holds: (...given: Parameters<typeof at>) => verdict(at(...given)),
      });
    } else {
      const at = (s: Any, after: Any, taken: Any, _p: Any, rules: Any): Scope => ({
        s,
        rules,
        after,
        mayReadGhosts: true,
        // A property that does not ask which step it looks at is asked of fewer steps.
        get instance() {
          return taken.instance;
        },
        get item() {
          return Number(taken.label.at(-1) ?? 0);
        },
      });
      const on = property.on?.map((action) => `a${action % tree.actions.length}`);
      chain = chain.step(`p${i}`, {
        ...applies,
        ...(on ? { on } : {}),
        ...premiseOf(property.premise, at),
        holds: (...given: Parameters<typeof at>) => verdict(at(...given)),
      });
    }
  }
  return chain;
}

/** `c1(0, q)` of a view. */
function valueNamed(s: Any, name: string): unknown {
  const [component = '', ...given] = name.split(/[(), ]+/).filter((part) => part !== '');
  const member = s[component];
  return (given.length === 0 ? member : member(...given.map((k) => (names.includes(k) ? k : Number(k)))))
    .value;
}

function scope(s: Any, rules: Any, more: Partial<Scope> = {}): Scope {
  return { s, mayReadGhosts: true, instance: undefined, item: 0, rules, ...more };
}

function instances(each: Each): object {
  return each === 'none' ? {} : { each: () => (each === 'keys' ? keys : pairs(keys)) };
}

function kindOf(component: ComponentTree): Kind {
  return kinds[component.kind % kinds.length] as Kind;
}

function isChannel({ shape }: ComponentTree): boolean {
  return shape === 'queue' || shape === 'queues' || shape === 'channels';
}

function declare(component: ComponentTree): Component {
  const { schema } = kindOf(component);
  const options = component.capacity === undefined ? {} : { capacity: component.capacity };
  const declared: Component = {
    single: () => single(schema),
    family: () => family(keys, schema),
    table: () => table(keys, names, schema),
    queue: () => queue(schema, options),
    queues: () => queues(names, schema, options),
    channels: () => channels(keys, schema, options),
  }[component.shape]() as Component;
  return component.ghost ? (ghost(declared as Component<'cell', [], unknown, false>) as Component) : declared;
}

class Interpreter {
  private readonly components: readonly ComponentTree[];

  constructor(components: readonly ComponentTree[]) {
    this.components = components;
  }

  initial(state: ModelTree['initial'][number]): Record<string, unknown> {
    return Object.fromEntries(
      this.components.flatMap((component, i): [string, unknown][] => {
        const { values, how } = state[i % state.length] as (typeof state)[number];
        const { make } = kindOf(component);
        const channel = isChannel(component);
        if (channel && how === 'one' && values.length === 1) return []; // starts empty
        const value = (n: number): unknown => (channel ? [make(n), make(n + 1)].slice(0, n % 2) : make(n));
        const first = values[0] ?? 0;
        const given = {
          one: () => value(first),
          anyOf: () => anyOf(values.map(value)),
          byKey: () => (a: Any, b: Any) =>
            a === 1 || b === 'q' ? anyOf(values.map(value)) : value(first + (a === 'q' ? 1 : 0)),
        }[how]();
        return [[`c${i}`, given]];
      }),
    );
  }

  test(test: Test, at: Scope): boolean {
    switch (test.is) {
      case 'yes':
        return true;
      case 'less':
        return this.number(test.a, at) < this.number(test.b, at);
      case 'equal':
        return this.number(test.a, at) === this.number(test.b, at);
      case 'and':
        return this.test(test.a, at) && this.test(test.b, at);
      case 'or':
        return this.test(test.a, at) || this.test(test.b, at);
      case 'not':
        return !this.test(test.a, at);
    }
  }

  number(expression: Expression, at: Scope): number {
    switch (expression.is) {
      case 'number':
        return expression.n;
      case 'key': {
        const key = Array.isArray(at.instance) ? at.instance[expression.at % 2] : at.instance;
        return key ?? 0;
      }
      case 'item':
        return at.item;
      case 'look':
        return this.look(expression.at, expression.how, expression.after, at);
      case 'plus':
        return this.number(expression.a, at) + this.number(expression.b, at);
      case 'rule':
        return at.rules.mix(this.number(expression.a, at), this.number(expression.b, at));
      case 'if':
        return this.number(this.test(expression.test, at) ? expression.a : expression.b, at);
    }
  }

  private look(place: Place, how: number, after: boolean, at: Scope): number {
    const readable = this.components.flatMap((component, i) =>
      at.mayReadGhosts || !component.ghost ? [i] : [],
    );
    if (readable.length === 0) return 0;
    const index = readable[place.component % readable.length] as number;
    const component = this.components[index] as ComponentTree;
    const kind = kindOf(component);
    const handle = this.handle(index, place, at, after && at.after ? at.after : at.s);
    const looks: (() => number)[] = isChannel(component)
      ? [
          () => handle.length,
          () => (handle.head === undefined ? 9 : (kind.looks[0] as (v: Any) => number)(handle.head)),
          () => handle.value.length,
          () => (handle.value.length === 0 ? 9 : (kind.looks[0] as (v: Any) => number)(handle.value.at(-1))),
        ]
      : [
          ...kind.looks.map((look) => () => look(handle.value)),
          ...kind.fields.map((field) => () => handle.get(field) ?? 5),
          ...kind.projections.map((shown) => () => shown.number(handle.read(shown.projection))),
        ];
    return Math.abs((looks[how % looks.length] as () => number)());
  }

  private handle(index: number, place: Place, at: Scope, view: Any): Any {
    const member = view[`c${index}`];
    const { shape } = this.components[index] as ComponentTree;
    const pick = <K>(list: readonly K[], i: 0 | 1): K =>
      list[this.number(place.keys[i], at) % list.length] as K;
    switch (shape) {
      case 'single':
      case 'queue':
        return member;
      case 'family':
        return member(pick(keys, 0));
      case 'queues':
        return member(pick(names, 0));
      case 'table':
        return member(pick(keys, 0), pick(names, 1));
      case 'channels':
        return member(pick(keys, 0), pick(keys, 1));
    }
  }

  outcome(body: Body, at: Scope): Any {
    switch (body.is) {
      case 'updates':
        return this.updates(body.effects, at);
      case 'items': {
        const items = Array.from({ length: body.count }, (_, i) => i);
        return choose(items, (item) =>
          this.test(body.when, { ...at, item }) ? this.updates(body.effects, { ...at, item }) : undefined,
        );
      }
      case 'named':
        return choose(
          Object.fromEntries(
            body.alternatives.map(({ when, effects }, i) => [
              `way ${i}`,
              this.test(when, at) ? this.updates(effects, at) : undefined,
            ]),
          ),
        );
    }
  }

  private updates(effects: readonly Effect[], at: Scope): Any[] {
    return effects.flatMap((effect) => this.update(effect, at) ?? []);
  }

  private update({ at: place, how, value, careful }: Effect, at: Scope): Any {
    const index = place.component % this.components.length;
    const component = this.components[index] as ComponentTree;
    const kind = kindOf(component);
    const handle = this.handle(index, place, at, at.s);
    const n = (): number => this.number(value, at);
    if (isChannel(component)) {
      const { capacity, ghost: unreadable } = component;
      const any = [
        () => handle.put(kind.make(n())),
        () => handle.apply(channelOperations.turn, null),
        () => handle.clear(),
        () => handle.set([kind.make(n())]),
      ];
      const send = (): Any => handle.send(kind.make(n()));
      const ways = unreadable
        ? any
        : [
            () => (handle.length < Math.min(2, capacity ?? 2) ? send() : undefined),
            () => (handle.head === undefined ? undefined : handle.receive()),
            ...any,
          ];
      const careless = [send, () => handle.receive()];
      const chosen = careful || capacity === undefined ? ways : careless;
      return (chosen[how % chosen.length] as () => Any)();
    }
    const updates: (() => Any)[] = [
      () => handle.set(kind.make(n())),
      ...kind.patches.map((patch) => () => handle.patch(patch(n()))),
      ...kind.operations.map(
        ({ operation, argument }) =>
          () =>
            handle.apply(operation, argument(n())),
      ),
    ];
    return (updates[how % updates.length] as () => Any)();
  }
}
