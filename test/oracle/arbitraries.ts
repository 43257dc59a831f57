import fc from 'fast-check';
import type {
  ActionTree,
  Body,
  ComponentTree,
  Each,
  Effect,
  Expression,
  InitialTree,
  ModelTree,
  Place,
  PropertyTree,
  Test,
} from './ast.ts';
import { kinds } from './kinds.ts';

const number = fc.nat({ max: 11 });
const each: fc.Arbitrary<Each> = fc.constantFrom('none', 'keys', 'pairs');

const literal = fc.record({ is: fc.constant('number' as const), n: fc.nat({ max: 4 }) });
const key = fc.record({ is: fc.constant('key' as const), at: fc.nat({ max: 1 }) });
const item = fc.constant({ is: 'item' as const });

const trees = fc.letrec<{
  expression: Expression;
  look: Expression;
  key: Expression;
  place: Place;
  test: Test;
}>((tie) => ({
  key: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 3, arbitrary: literal },
    { weight: 6, arbitrary: key },
    { weight: 1, arbitrary: item },
    { weight: 1, arbitrary: tie('expression') },
  ),
  expression: fc.oneof(
    { maxDepth: 3, depthSize: 'small', withCrossShrink: true },
    { weight: 3, arbitrary: literal },
    { weight: 2, arbitrary: key },
    { weight: 1, arbitrary: item },
    { weight: 6, arbitrary: tie('look') },
    {
      weight: 2,
      arbitrary: fc.record({
        is: fc.constantFrom('plus' as const, 'rule' as const),
        a: tie('expression'),
        b: tie('expression'),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        is: fc.constant('if' as const),
        test: tie('test'),
        a: tie('expression'),
        b: tie('expression'),
      }),
    },
  ),
  look: fc.record({ is: fc.constant('look' as const), at: tie('place'), how: number, after: fc.boolean() }),
  place: fc.record({ component: number, keys: fc.tuple(tie('key'), tie('key')) }),
  test: fc.oneof(
    { maxDepth: 3, depthSize: 'small', withCrossShrink: true },
    { weight: 1, arbitrary: fc.constant({ is: 'yes' as const }) },
    {
      weight: 5,
      arbitrary: fc.record({
        is: fc.constantFrom('less' as const, 'equal' as const),
        a: tie('look'),
        b: tie('expression'),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        is: fc.constantFrom('and' as const, 'or' as const),
        a: tie('test'),
        b: tie('test'),
      }),
    },
    { weight: 2, arbitrary: fc.record({ is: fc.constant('not' as const), a: tie('test') }) },
  ),
}));

const { expression, test, place } = trees;
const sometimes = (arbitrary: fc.Arbitrary<Test>): fc.Arbitrary<Test> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant({ is: 'yes' as const }) }, { weight: 2, arbitrary });

const component: fc.Arbitrary<ComponentTree> = fc.record({
  shape: fc.oneof(
    { weight: 4, arbitrary: fc.constant('single' as const) },
    { weight: 3, arbitrary: fc.constant('family' as const) },
    {
      weight: 3,
      arbitrary: fc.constantFrom('table' as const, 'queue' as const, 'queues' as const, 'channels' as const),
    },
  ),
  kind: fc.nat({ max: kinds.length - 1 }),
  ghost: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  capacity: fc.constantFrom(undefined, 1, 2),
});

const initial: fc.Arbitrary<InitialTree> = fc.record({
  values: fc.oneof(
    { weight: 4, arbitrary: fc.array(number, { minLength: 1, maxLength: 1 }) },
    { weight: 1, arbitrary: fc.array(number, { minLength: 1, maxLength: 2 }) },
  ),
  how: fc.constantFrom('one', 'anyOf', 'byKey'),
});

const effect: fc.Arbitrary<Effect> = fc.record({
  at: place,
  how: number,
  value: expression,
  careful: fc.oneof(
    { weight: 30, arbitrary: fc.constant(true) },
    { weight: 1, arbitrary: fc.constant(false) },
  ),
});
const effects = fc.oneof(
  { weight: 3, arbitrary: fc.array(effect, { minLength: 1, maxLength: 3 }) },
  // Several writes to one component.
  {
    weight: 1,
    arbitrary: fc
      .tuple(place, fc.array(effect, { minLength: 2, maxLength: 3 }))
      .map(([at, list]) => list.map((one) => ({ ...one, at }))),
  },
);

const body: fc.Arbitrary<Body> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ is: fc.constant('updates' as const), effects }) },
  {
    weight: 1,
    arbitrary: fc.record({
      is: fc.constant('items' as const),
      count: fc.integer({ min: 0, max: 3 }),
      when: sometimes(test),
      effects,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      is: fc.constant('named' as const),
      alternatives: fc.array(
        fc.record({ when: sometimes(test), effects: fc.array(effect, { maxLength: 2 }) }),
        {
          minLength: 1,
          maxLength: 3,
        },
      ),
    }),
  },
);

const action: fc.Arbitrary<ActionTree> = fc.record({ each, guard: sometimes(test), body });

const applies = fc.oneof(
  { weight: 9, arbitrary: fc.constant(true) },
  { weight: 1, arbitrary: fc.constant(false) },
);
const equal = fc.record({ is: fc.constant('equal' as const), a: trees.look, b: literal });
/** All but one small corner: mostly true, so that searches go on for a while. */
const corner = fc.tuple(equal, equal, sometimes(test)).map(([a, b, c]): Test => {
  return { is: 'not', a: { is: 'and', a: { is: 'and', a, b }, b: c } };
});
const edge = equal.map((a): Test => ({ is: 'not', a }));
const claim = fc.oneof({ weight: 1, arbitrary: test }, { weight: 4, arbitrary: corner });
const claimed = {
  premise: fc.option(test, { nil: undefined, freq: 2 }),
  holds: claim,
  says: fc.option(expression, { nil: undefined, freq: 2 }),
  applies,
};

const property: fc.Arbitrary<PropertyTree> = fc.oneof(
  fc.record({ is: fc.constant('always' as const), each, ...claimed }),
  fc.record({
    is: fc.constant('step' as const),
    on: fc.option(fc.uniqueArray(fc.nat({ max: 3 }), { maxLength: 2 }), { nil: undefined, freq: 2 }),
    ...claimed,
  }),
  fc.record({ is: fc.constant('reachable' as const), when: fc.oneof(claim, test), applies }),
);

export const modelTree: fc.Arbitrary<ModelTree> = fc.record({
  components: fc.array(component, { minLength: 2, maxLength: 4, size: 'max' }),
  initial: fc.oneof(
    {
      weight: 3,
      arbitrary: fc.array(fc.array(initial, { minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: 1 }),
    },
    {
      weight: 1,
      arbitrary: fc.array(fc.array(initial, { minLength: 4, maxLength: 4 }), { minLength: 2, maxLength: 3 }),
    },
  ),
  actions: fc.array(action, { minLength: 2, maxLength: 6, size: 'max' }),
  gate: fc.oneof(
    { weight: 2, arbitrary: fc.constant({ is: 'yes' as const }) },
    { weight: 1, arbitrary: corner },
    { weight: 1, arbitrary: edge },
  ),
  within: fc.oneof(
    { weight: 1, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(fc.oneof(corner, edge), { minLength: 1, maxLength: 2 }) },
  ),
  deadlock: fc.oneof(fc.constantFrom('forbidden' as const, 'allowed' as const), test),
  properties: fc.array(property, { maxLength: 4 }),
  avoid: fc.option(fc.nat(), { nil: undefined, freq: 2 }),
  changed: fc.boolean(),
});
