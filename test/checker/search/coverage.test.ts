import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineModel, family, single } from '../../../checker/language/index.ts';
import { breadthFirst } from '../../../checker/search/breadth-first.ts';
import { type Coverage, coverage } from '../../../checker/search/coverage.ts';
import { spaceOf } from '../tiny.ts';

/** After a whole search. */
async function covered(model: Parameters<typeof spaceOf>[0], most?: number): Promise<Coverage | undefined> {
  const space = spaceOf(model);
  let found: Coverage | undefined;
  await breadthFirst(space, { onEnd: (seen) => (found = coverage(space, seen, most)) });
  return found;
}

const lamps = defineModel('lamps', { about: '', params: z.strictObject({}) })
  .components(() => ({
    on: family([0, 1], z.boolean()),
    spare: family(['bulbs'], z.int().min(0)),
  }))
  .init(() => ({ on: false, spare: 1 }))
  .action('light', {
    each: () => [0, 1],
    next: (s, i) => (s.on(i).value ? undefined : [s.on(i).set(true)]),
  })
  .action('replace', {
    next: (s) => (s.spare('bulbs').value === 0 ? undefined : [s.spare('bulbs').set(0)]),
  })
  .action('never', { next: () => undefined })
  .deadlock('allowed');

test('how often each action was possible, and the read that kept it from happening', async () => {
  expect(await covered(lamps)).toEqual({
    states: 8,
    actions: [
      { action: 'light', looked: 16, enabled: 8, disabledBy: [{ read: 'on(*) = true', times: 8 }] },
      { action: 'replace', looked: 8, enabled: 4, disabledBy: [{ read: 'spare(bulbs) = 0', times: 4 }] },
      { action: 'never', looked: 8, enabled: 0, disabledBy: [{ read: 'nothing that it reads', times: 8 }] },
    ],
  });
});

test('a sample is spread over all that was visited', async () => {
  const found = await covered(lamps, 2); // the initial state, and the one with both lamps on
  expect(found).toMatchObject({ states: 2, actions: [{ looked: 4, enabled: 2 }, {}, {}] });
});

test('states out of the bounds are not looked at', async () => {
  const bounded = lamps.within((s) => !s.on(0).value);
  expect((await covered(bounded))?.states).toBe(4);
});

test('a model of one state', async () => {
  const still = defineModel('still', { about: '', params: z.strictObject({}) })
    .components(() => ({ x: single(z.int()) }))
    .init(() => ({ x: 0 }))
    .action('go', { next: (s) => (s.x.value === 0 ? undefined : []) })
    .deadlock('allowed');
  expect(await covered(still)).toMatchObject({
    states: 1,
    actions: [{ disabledBy: [{ read: 'x = 0' }] }],
  });
});
