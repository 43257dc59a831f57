import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineModel, family, single } from '../../../checker/language/index.ts';
import { breadthFirst } from '../../../checker/search/breadth-first.ts';
import { type Budget, budgets } from '../../../checker/search/budgets.ts';
import { spaceOf } from '../tiny.ts';

const walks = defineModel('walks', { about: '', params: z.strictObject({}) })
  .components(() => ({
    budget: family(['steps', 'jumps', 'falls'], z.int()),
    place: single(z.int()),
    below: single(z.int()),
    word: single(z.string()),
  }))
  .init(() => ({
    budget: (name) => ['falls', 'jumps', 'steps'].indexOf(name),
    place: 0,
    below: 0,
    word: '',
  }))
  .action('step', {
    next: (s) => {
      const left = s.budget('steps').value;
      if (left > 0) return [s.budget('steps').set(left - 1), s.place.set(1), s.below.set(-left)];
    },
  })
  .action('jump', { next: (s) => (s.budget('jumps').value > 0 ? [s.budget('jumps').set(0)] : undefined) })
  .deadlock('allowed');

test('numbers that only come down to 0: what each was, and in how many states it is spent', async () => {
  const space = spaceOf(walks);
  let found: readonly Budget[] = [];
  const { distinct } = await breadthFirst(space, { onEnd: (seen) => (found = budgets(space, seen)) });
  expect(distinct).toBe(6);
  expect(found).toEqual([
    { name: 'budget(steps)', given: 2, spent: 2 },
    { name: 'budget(jumps)', given: 1, spent: 3 },
    { name: 'budget(falls)', given: 0, spent: 6 },
  ]);
});
