import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineModel, family, single } from '../../../checker/language/index.ts';
import { coverage } from '../../../checker/search/coverage.ts';
import { spaceOf } from '../tiny.ts';

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

test('how often each action was possible, and the read that kept it from happening', () => {
  expect(coverage(spaceOf(lamps))).toEqual({
    states: 8,
    actions: [
      { action: 'light', looked: 16, enabled: 8, disabledBy: [{ read: 'on(*) = true', times: 8 }] },
      { action: 'replace', looked: 8, enabled: 4, disabledBy: [{ read: 'spare(bulbs) = 0', times: 4 }] },
      { action: 'never', looked: 8, enabled: 0, disabledBy: [{ read: 'nothing that it reads', times: 8 }] },
    ],
  });
});

test('a sample is no larger than asked for, and the same every time', () => {
  const [first, second] = [coverage(spaceOf(lamps), 3), coverage(spaceOf(lamps), 3)];
  expect(first.states).toBe(3);
  expect(second).toEqual(first);
});

test('states out of the bounds are not looked at', () => {
  const bounded = lamps.within((s) => !s.on(0).value);
  expect(coverage(spaceOf(bounded)).states).toBe(4);
});

test('a model of one state', () => {
  const still = defineModel('still', { about: '', params: z.strictObject({}) })
    .components(() => ({ x: single(z.int()) }))
    .init(() => ({ x: 0 }))
    .action('go', { next: (s) => (s.x.value === 0 ? undefined : []) })
    .deadlock('allowed');
  expect(coverage(spaceOf(still))).toMatchObject({
    states: 1,
    actions: [{ disabledBy: [{ read: 'x = 0' }] }],
  });
});
