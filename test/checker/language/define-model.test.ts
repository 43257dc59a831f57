import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { defineModel, ModelError, properties, single, specOf } from '../../../checker/language/index.ts';
import { search, tiny } from '../tiny.ts';

describe('a chain', () => {
  test('each call makes a new model and leaves the old one as it was', () => {
    const one = tiny.action('one', { next: () => [] });
    const two = one
      .action('two', { next: () => [] })
      .within(() => true)
      .deadlock('allowed');
    expect(tiny.definition.actions).toHaveLength(0);
    expect(one.definition.actions.map(({ name }) => name)).toEqual(['one']);
    expect(one.definition).toMatchObject({ within: [], deadlock: 'forbidden' });
    expect(two.definition.actions.map(({ name }) => name)).toEqual(['one', 'two']);
    expect(two.definition).toMatchObject({ within: [expect.any(Function)], deadlock: 'allowed' });
    expect([two.name, two.about]).toEqual(['tiny', 'a model for tests']);
  });

  test('an action has one declaration', () => {
    const model = tiny.action('go', { next: () => [] });
    expect(() => model.action('go', { next: () => [] })).toThrow(ModelError);
    expect(() => model.action('go', { next: () => [] })).toThrow(
      "model tiny: the action 'go' is declared twice",
    );
  });
});

describe('a model that includes another', () => {
  const light = defineModel('light', { about: '', params: z.strictObject({ lamps: z.int().default(1) }) })
    .components(() => ({ on: single(z.boolean()) }))
    .init(() => ({ on: false }))
    .action('switch', { next: (s) => [s.on.set(!s.on.value)] })
    .within((s, p) => !s.on.value || p.lamps > 0);
  const house = defineModel('house', { about: '', params: z.strictObject({ lamps: z.int().default(1) }) })
    .components(() => ({ door: single(z.enum(['open', 'shut'])) }))
    .include(light)
    .init(() => ({ on: false, door: 'shut' }))
    .action('open', {
      next: (s) => (s.on.value && s.door.value === 'shut' ? [s.door.set('open')] : undefined),
    });

  test('has the components, actions and constraints of both', async () => {
    const result = await search(house);
    expect(result).toMatchObject({ verdict: 'holds', distinct: 4, generated: 6 });
    expect([...result.taken]).toEqual([
      ['switch', 4],
      ['open', 1],
    ]);
    expect(house.definition.within).toHaveLength(1);
  });

  test('may take over what the other one promises', async () => {
    const promises = properties(light).always('dark', { holds: (s) => !s.on.value || 'it is on' });
    const spec = properties(house)
      .include(promises)
      .reachable('opened', { when: (s) => s.door.value === 'open' });
    expect(spec.properties.map(({ name }) => name)).toEqual(['dark', 'opened']);
    expect(spec.model.name).toBe('house');
    expect((await search(spec)).violations[0]).toMatchObject({ property: 'dark' });
    expect(() => spec.include(promises)).toThrow("model house: the property 'dark' is declared twice");
    // @ts-expect-error the lamp is no part of a garden
    properties(tiny).include(promises);
  });

  test('may not declare its actions again', () => {
    const twice = defineModel('house', { about: '', params: z.strictObject({ lamps: z.int() }) }).action(
      'switch',
      { next: () => [] },
    );
    expect(() => twice.include(light)).toThrow("model house: the action 'switch' is declared twice");
  });
});

describe('properties', () => {
  const model = tiny.action('go', { next: () => [] });
  const changing = (change: object): ReturnType<typeof properties> =>
    properties(model.changes({ change: { about: '', source: 'seeded', ...change } })).always('p', {
      holds: () => true,
    }) as never;

  test('have one declaration each; deadlock is one already', () => {
    const chain = properties(model).always('p', { holds: () => true });
    expect(() => chain.step('p', { holds: () => true })).toThrow(
      "model tiny: the property 'p' is declared twice",
    );
    expect(() => chain.reachable('deadlock', { when: () => true })).toThrow(
      "the property 'deadlock' is declared twice",
    );
    expect(chain.properties.map(({ name, kind }) => [name, kind])).toEqual([['p', 'always']]);
  });

  test('a bare model is a spec without properties', () => {
    expect(specOf(model)).toMatchObject({ model: { name: 'tiny' }, properties: [] });
  });

  test('a change names properties and changes that there are', () => {
    const fine = changing({ breaks: ['p'], keeps: ['deadlock'], repairs: [], fixedBy: 'change' });
    expect(specOf(fine)).toBe(fine);
    for (const part of ['breaks', 'keeps', 'repairs']) {
      expect(() => specOf(changing({ [part]: ['q'] }))).toThrow(
        "model tiny: the change 'change' names the property 'q', which is not declared",
      );
    }
    expect(() => specOf(changing({ fixedBy: 'toString' }))).toThrow(
      "model tiny: the change 'change' is fixed by 'toString', which is not declared",
    );
  });
});
