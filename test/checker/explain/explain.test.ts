import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { explain } from '../../../checker/explain/explain.ts';
import { summary } from '../../../checker/explain/summary.ts';
import { configure } from '../../../checker/language/configure.ts';
import { all, defineModel, properties, single } from '../../../checker/language/index.ts';
import { breadthFirst } from '../../../checker/search/breadth-first.ts';
import { only } from '../../../checker/search/only.ts';
import { Space } from '../../../checker/space/space.ts';
import { traceOf } from '../../../checker/trace/trace.ts';

const fuse = properties(
  defineModel('fuse', { about: 'A fuse that may be cut until it is lit', params: z.strictObject({}) })
    .components(() => ({
      fuse: single(z.enum(['whole', 'cut'])),
      lit: single(z.boolean()),
      burnt: single(z.int()),
    }))
    .init(() => ({ fuse: 'whole', lit: false, burnt: 0 }))
    .action('cut', {
      next: (s) => (s.lit.value || s.fuse.value === 'cut' ? undefined : [s.fuse.set('cut')]),
    })
    .action('light', { next: (s) => (s.lit.value ? undefined : [s.lit.set(true)]) })
    .action('burn', {
      next: (s) =>
        s.lit.value && s.fuse.value === 'whole' && s.burnt.value < 2
          ? [s.burnt.set(s.burnt.value + 1)]
          : undefined,
    })
    .deadlock('allowed'),
)
  .always('safe', { holds: (s) => all({ 'less than two burnt': s.burnt.value < 2, lit: true }) })
  .always('dark', { holds: (s) => !s.lit.value })
  .always('stays', { holds: (s) => s.fuse.value === 'whole' })
  .always('begins', { holds: (s) => s.burnt.value > 5 })
  .step('slowly', { on: ['burn'], holds: (before, after) => after.burnt.value < 2 || !before.lit.value })
  .reachable('three', { when: (s) => s.burnt.value === 3 });

async function explained(property: string, limit?: number) {
  const space = new Space(configure(only(fuse, [property])));
  const { violations } = await breadthFirst(space);
  const [violation] = violations;
  if (violation === undefined) throw new Error(`${property} holds`);
  const found = explain(space, violation, limit);
  return { found, text: summary(space, traceOf(space, violation), found) };
}

describe('an explanation', () => {
  test('names the step that made it unavoidable, what would have avoided it, and the read that disabled that', async () => {
    const { found, text } = await explained('safe');
    expect(found.looked).toEqual([{ name: 'burnt', value: 2 }]);
    expect(found.noReturn).toMatchObject({
      step: 1,
      instead: { tooLate: 'cut is not enabled: the last that it read is lit = true' },
    });
    expect(text).toBe(
      'It was judged by burnt = 2. Step 1 (light) made it unavoidable: every run that goes on from there comes to it. ' +
        'Instead of that step, cut would have avoided it; after it, cut is not enabled: the last that it read is lit = true.',
    );
  });

  test('says that it could be avoided until the end', async () => {
    const { text } = await explained('stays');
    expect(text).toContain('Until its last step (cut) it could be avoided: light was possible instead.');
  });

  test('of a step, names what was looked at before it and afterwards', async () => {
    const { found, text } = await explained('slowly');
    expect(found.looked).toEqual([
      { name: 'afterwards burnt', value: 2 },
      { name: 'lit', value: true },
    ]);
    expect(found.noReturn?.step).toBe(1);
    expect(text).toContain('It was judged by burnt = 2 afterwards, lit = true.');
    expect(text).toContain('Step 1 (light) made it unavoidable');
  });

  test('says that it was unavoidable from the beginning', async () => {
    expect((await explained('begins')).found.noReturn).toEqual({ step: 0, instead: undefined });
    const { found, text } = await explained('dark');
    expect(found.noReturn?.step).toBe(0);
    expect(text).toContain('every run that goes on as long as it can comes to it, from the beginning');
  });

  test('a witness that no run reaches has no run to explain', async () => {
    const { found } = await explained('three');
    expect(found).toEqual({
      looked: [],
      noReturn: undefined,
      unknown: 'it is not about a state or a step that could be avoided',
    });
  });

  test('gives up where there are too many states, and says so', async () => {
    const { found, text } = await explained('safe', 2);
    expect(found.noReturn).toBeUndefined();
    expect(text).toContain('was not worked out: more than 2 states to look at.');
  });
});

test('a conjunction names the parts that fail', () => {
  expect(all({ a: true, b: true })).toBe(true);
  expect(all({ a: true, b: false })).toBe('not b');
  expect(all({ 'the same epoch': '1 and 2', voted: false, other: true })).toBe(
    'not the same epoch (1 and 2), not voted',
  );
});
