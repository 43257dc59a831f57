import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { configure } from '../../../checker/language/configure.ts';
import { UsageError } from '../../../checker/language/errors.ts';
import { defineModel, ModelError, properties, single } from '../../../checker/language/index.ts';
import type { Any } from '../tiny.ts';

const any = { about: 'One is a quorum', rule: (n: number) => n > 0, at: { servers: 2 } };
const bare = defineModel('quorum', { about: '', params: z.strictObject({ servers: z.int().default(3) }) })
  .rules((p) => ({ majority: (n: number) => n > p.servers / 2, most: 9 }))
  .changes({ strict: { about: '', source: 'seeded', rules: { most: 1 } } });
const model = bare.mutants({ majority: { any } });

const configured = (of: Any, changes: string[]): Any => configure(properties(of), { changes });

describe('a mutant', () => {
  test('is made like a change, beside others, and its parameters are for whoever runs it to set', () => {
    const { rules, params, changes } = configured(model, ['majority/any', 'strict']);
    expect([rules.majority(1), rules.most, params, changes]).toEqual([
      true,
      1,
      { servers: 3 },
      ['majority/any', 'strict'],
    ]);
    expect(configured(model, []).rules.majority(1)).toBe(false);
  });

  test('is no change of the catalogue', () => {
    expect(Object.keys(model.definition.changes)).toEqual(['strict']);
  });

  test('has one declaration; more of them may be added', () => {
    const more = model.mutants({ majority: { all: { about: '', rule: () => true } } });
    expect(configured(more, ['majority/all']).rules.majority(0)).toBe(true);
    expect(configured(more, ['majority/any']).rules.majority(0)).toBe(false);
    expect(() => model.mutants({ majority: { any: { about: '', rule: () => true } } })).toThrow(
      "model quorum: the mutant 'majority/any' is declared twice",
    );
  });

  test('comes along with an included model, once', () => {
    const whole = defineModel('whole', { about: '', params: z.strictObject({ servers: z.int().default(3) }) })
      .rules({ majority: (n: number) => n > 1, most: 3 })
      .components(() => ({ x: single(z.int()) }));
    const part = model.components(() => ({ y: single(z.int()) }));
    expect(configured(whole.include(part), ['majority/any']).rules.majority(1)).toBe(true);
    expect(Object.keys(whole.mutants({ majority: { any } }).include(part).definition.mutants)).toEqual([
      'majority',
    ]);
  });
});

test.each<[name: string, mutants: Any, says: string]>([
  [
    'of no rule',
    { minority: { any } },
    "model quorum: the mutant 'minority/any' replaces no rule: the rules are majority, most",
  ],
  [
    'of another kind than its rule',
    { majority: { any: { about: '', rule: 3 } } },
    "model quorum: the mutant 'majority/any' is a number, but the rule that it replaces is a function",
  ],
])('a mutant %s is a fault of the model', (_, mutants, says) => {
  const wrong = () => configured(bare.mutants(mutants), []);
  expect(wrong).toThrow(ModelError);
  expect(wrong).toThrow(says);
});

test('a mutant that there is not is the fault of who asks', () => {
  expect(() => configured(model, ['majority/an'])).toThrow(UsageError);
  expect(() => configured(model, ['majority/an'])).toThrow(
    "quorum has no mutant 'majority/an'. Did you mean 'majority/any'?",
  );
  expect(() => configured(bare, ['majority/any'])).toThrow("no mutant 'majority/any'. There are none.");
});
