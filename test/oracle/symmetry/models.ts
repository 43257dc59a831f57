import fc from 'fast-check';
import { z } from 'zod';
import {
  defineModel,
  family,
  pairs,
  properties,
  range,
  ref,
  type Spec,
  setOf,
  single,
  table,
} from '../../../checker/language/index.ts';

/** What is asked of a pair of members: their values, what holds between them, and whom the shared components mention. */
interface Pattern {
  readonly a: number | undefined;
  readonly b: number | undefined;
  readonly link: boolean | undefined;
  readonly holder: 'a' | 'b' | 'nobody' | undefined;
  readonly inCrowd: boolean | undefined;
}

/** A random model whose members are interchangeable, since all that it says of them it says by such patterns. */
export interface SymmetricTree {
  readonly members: number;
  readonly actions: readonly { readonly when: Pattern; readonly effect: Pattern }[];
  readonly never: readonly Pattern[];
  readonly sometimes: readonly Pattern[];
  readonly mayStop: boolean;
}

/** A pattern that says something of each with this probability, in percent. */
const pattern = (percent: number): fc.Arbitrary<Pattern> => {
  const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
    fc.oneof({ weight: percent, arbitrary }, { weight: 100 - percent, arbitrary: fc.constant(undefined) });
  return fc.record({
    a: maybe(fc.nat({ max: 2 })),
    b: maybe(fc.nat({ max: 2 })),
    link: maybe(fc.boolean()),
    holder: maybe(fc.constantFrom('a', 'b', 'nobody')),
    inCrowd: maybe(fc.boolean()),
  });
};

export const symmetricTree: fc.Arbitrary<SymmetricTree> = fc.record({
  members: fc.integer({ min: 2, max: 3 }),
  actions: fc.array(fc.record({ when: pattern(25), effect: pattern(45) }), {
    minLength: 2,
    maxLength: 6,
    size: 'max',
  }),
  never: fc.array(pattern(60), { maxLength: 2 }),
  sometimes: fc.array(pattern(60), { maxLength: 2 }),
  mayStop: fc.boolean(),
});

export function symmetricSpec({ members, actions, never, sometimes, mayStop }: SymmetricTree): Spec {
  const keys = range(members);
  const Member = ref('member', { min: 0 });
  let model = defineModel('symmetric', { about: 'a random symmetric model', params: z.strictObject({}) })
    .components(() => ({
      value: family(keys, z.int().min(0).max(2)),
      link: table(keys, keys, z.boolean()),
      holder: single(Member.nullable()),
      crowd: single(setOf(Member)),
    }))
    .init(() => ({ value: 0, link: false, holder: null, crowd: [] }))
    .symmetric('member', { keys: () => keys, components: ['value', 'link'] })
    .deadlock(mayStop ? 'allowed' : 'forbidden');
  type View = Parameters<NonNullable<Parameters<typeof model.within>[0]>>[0];
  const fits = (s: View, p: Pattern, a: number, b: number): boolean =>
    (p.a === undefined || s.value(a).value === p.a) &&
    (p.b === undefined || s.value(b).value === p.b) &&
    (p.link === undefined || s.link(a, b).value === p.link) &&
    (p.holder === undefined || s.holder.value === { a, b, nobody: null }[p.holder]) &&
    (p.inCrowd === undefined || s.crowd.value.includes(a) === p.inCrowd);
  for (const [i, { when, effect }] of actions.entries()) {
    model = model.action(`action${i}`, {
      each: () => pairs(keys),
      next(s, [a, b]) {
        if (!fits(s, when, a, b)) return;
        const crowd = s.crowd.value.filter((one) => one !== a);
        return [
          ...(effect.a === undefined ? [] : [s.value(a).set(effect.a)]),
          ...(effect.b === undefined ? [] : [s.value(b).set(effect.b)]),
          ...(effect.link === undefined ? [] : [s.link(a, b).set(effect.link)]),
          ...(effect.holder === undefined ? [] : [s.holder.set({ a, b, nobody: null }[effect.holder])]),
          ...(effect.inCrowd === undefined ? [] : [s.crowd.set(effect.inCrowd ? [...crowd, a] : crowd)]),
        ];
      },
    });
  }
  let spec = properties(model);
  for (const [i, one] of never.entries()) {
    spec = spec.always(`never${i}`, {
      source: 'seeded',
      each: () => pairs(keys),
      holds: (s, [a, b]) => !fits(s, one, a, b),
    });
  }
  for (const [i, one] of sometimes.entries()) {
    spec = spec.reachable(`sometimes${i}`, { when: (s) => pairs(keys).some(([a, b]) => fits(s, one, a, b)) });
  }
  return spec;
}
