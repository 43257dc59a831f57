import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { UsageError } from '../../../checker/language/errors.ts';
import { defineModel, properties, single } from '../../../checker/language/index.ts';
import { minimize } from '../../../checker/search/minimize.ts';

/** Two servers lose what was written when both crash, or one crashes while a message is on its way. */
const spec = properties(
  defineModel('loss', {
    about: '',
    params: z
      .strictObject({
        servers: z.int().min(1).max(5).default(3),
        crashes: z.int().min(0).default(0),
        delayed: z.int().min(0).default(0),
        unbounded: z.int().default(7),
        spare: z.int().min(0).default(0),
      })
      .refine(({ servers, spare }) => spare < servers, 'more spare servers than servers'),
  })
    .rules({ most: 9 })
    .changes({ three: { about: '', source: 'seeded', set: { crashes: 3 } } })
    .components((p) => ({ up: single(z.int().min(0).max(p.servers)), late: single(z.int()) }))
    .init((p) => ({ up: p.servers, late: 0 }))
    .action('crash', {
      next: (s, _, p) =>
        p.servers - s.up.value < p.crashes && s.up.value > 0 ? [s.up.set(s.up.value - 1)] : undefined,
    })
    .action('delay', {
      next: (s, _, p) => (s.late.value < p.delayed ? [s.late.set(s.late.value + 1)] : undefined),
    })
    .deadlock('allowed'),
)
  .always('kept', { holds: (s, _, p) => p.servers === 1 || p.servers - s.up.value < 2 || s.late.value < 1 })
  .always('large', { applies: (p) => p.servers > 2, holds: (s) => s.late.value < 2 });

describe('the smallest bounds', () => {
  test('each parameter as far down as it goes, and what becomes of it with less', async () => {
    const found = await minimize(spec, { set: { servers: 4, crashes: 4, delayed: 3 } }, 'kept');
    expect(found).toMatchObject({
      property: 'kept',
      request: { set: { servers: 2, crashes: 2, delayed: 1 }, changes: [] },
      steps: 3,
      notNeeded: [],
    });
    expect(found?.needed.map(({ parameter, value, fewer }) => [parameter, value, [...fewer]])).toEqual([
      ['servers', 2, [[1, 'holds']]],
      [
        'crashes',
        2,
        [
          [0, 'holds'],
          [1, 'holds'],
        ],
      ],
      ['delayed', 1, [[0, 'holds']]],
    ]);
  });

  test('a property that is not promised below, and a design that there is not', async () => {
    const found = await minimize(spec, { set: { servers: 4, crashes: 1, delayed: 2, spare: 3 } }, 'large');
    expect(found?.request.set).toEqual({ servers: 3, crashes: 0, delayed: 2, spare: 0 });
    expect(found?.needed.map(({ parameter, fewer }) => [parameter, [...fewer.values()]])).toEqual([
      ['servers', ['unchecked', 'unchecked']],
      ['delayed', ['holds', 'holds']],
    ]);
  });

  test('what a change sets stays as it is', async () => {
    const found = await minimize(spec, { set: { delayed: 1 }, changes: ['three'] }, 'kept');
    expect(found?.needed.map(({ parameter, fewer }) => [parameter, [...fewer.values()]])).toEqual([
      ['servers', ['holds']],
      ['crashes', ['not possible', 'not possible', 'not possible']],
      ['delayed', ['holds']],
    ]);
  });

  test('a limit before the violation leaves it open', async () => {
    expect(await minimize(spec, { set: { crashes: 2, delayed: 1 } }, 'kept', { states: 3 })).toBeUndefined();
  });

  test('nothing to do for what is not violated; a stranger is refused', async () => {
    expect(await minimize(spec, {}, 'kept')).toBeUndefined();
    await expect(minimize(spec, {}, 'keep')).rejects.toThrow(UsageError);
  });
});
