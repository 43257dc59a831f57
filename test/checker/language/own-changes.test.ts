import { expect, test } from 'vitest';
import { z } from 'zod';
import { configure } from '../../../checker/language/configure.ts';
import { defineModel, ModelError, properties, range, single } from '../../../checker/language/index.ts';
import { breadthFirst } from '../../../checker/search/breadth-first.ts';
import { Space } from '../../../checker/space/space.ts';
import { findTrace } from '../trace/find.ts';

const counter = defineModel('test/counter', {
  about: 'Somebody counts to three',
  params: z.strictObject({ end: z.int().default(3) }),
})
  .rules({ step: 1 })
  .changes({ twos: { about: 'in twos', source: 'seeded', rules: { step: 2 } } })
  .components(() => ({ n: single(z.int()) }))
  .init(() => ({ n: 0 }))
  .action('count', {
    each: () => range(1),
    next: (s, _, p, rules) => (s.n.value >= p.end ? undefined : [s.n.set(s.n.value + rules.step)]),
    says: () => 'counts on',
  })
  .action('reset', { next: (s, _, p) => (s.n.value === p.end ? [s.n.set(0)] : undefined) })
  .deadlock('allowed');
const house = properties(counter).always('small', { holds: (s, _, p) => s.n.value <= p.end });

const own = house.changes({
  byRule: { about: 'a larger step', source: 'own', rules: { step: 5 }, breaks: ['small'] },
  byAction: {
    about: 'goes on for ever, up to 7',
    source: 'own',
    actions: { count: { next: (s) => (s.n.value < 7 ? [s.n.set(s.n.value + 1)] : undefined) } },
  },
  saidOtherwise: {
    about: 'other words',
    source: 'own',
    actions: { count: { says: () => 'counts, slowly' } },
  },
});

const states = async (...changes: string[]) =>
  (await breadthFirst(new Space(configure(own, { changes })), { all: true })).distinct;

test("a user's change replaces rules and actions of a model of the house", async () => {
  expect(await Promise.all([states(), states('twos'), states('byRule'), states('byAction')])).toEqual([
    4, 3, 2, 8,
  ]);
  const { steps } = await findTrace(own, 'small', { changes: ['byAction'] });
  expect(steps).toHaveLength(4);
});

test('what an override leaves out stays as it is', async () => {
  const { steps } = await findTrace(own, 'small', { changes: ['byAction', 'saidOtherwise'] });
  expect(steps[0]).toMatchObject({ action: 'count', instance: 0, says: 'counts, slowly' });
});

test('the model of the house stays what it was', () => {
  expect(Object.keys(house.model.definition.changes)).toEqual(['twos']);
  expect(configure(own).spec).toBe(own);
});

test('two changes of one name, and an action that is not there, are refused', () => {
  const again = { twos: { about: '', source: 'own' } };
  expect(() => house.changes(again)).toThrow(
    new ModelError("the change 'twos' is declared twice", { model: 'test/counter' }),
  );
  const stray = house.changes({ stray: { about: '', source: 'own', actions: { counts: {} } } });
  expect(() => configure(stray, { changes: ['stray'] })).toThrow(
    "test/counter: a change replaces the action 'counts', but the actions are count, reset",
  );
});

test('rules of the wrong type do not compile', () => {
  // @ts-expect-error: a step is a number
  house.changes({ wrong: { about: '', source: 'own', rules: { step: 'one' } } });
  // @ts-expect-error: there is no component m
  house.changes({ wrong: { about: '', source: 'own', actions: { count: { next: (s) => [s.m.set(1)] } } } });
});
