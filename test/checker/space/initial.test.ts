import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  anyOf,
  defineModel,
  family,
  ghost,
  queue,
  queues,
  single,
  table,
} from '../../../checker/language/index.ts';
import { type Any, spaceOf } from '../tiny.ts';

const model = defineModel('start', { about: '', params: z.strictObject({ from: z.int().default(3) }) })
  .rules({ next: (n: number) => n + 1 })
  .components(() => ({
    leader: single(z.int().nullable()),
    server: family([1, 2], z.int()),
    link: table([1, 2], ['x'], z.string()),
    mail: queue(z.int()),
    inbox: queues([1, 2], z.int()),
    sent: ghost(single(z.array(z.int()))),
  }));
const rest = { leader: null, server: 0, link: '', sent: [] };
const states = (init: Any): unknown[] => {
  const space = spaceOf(model.init(init));
  return space.initial.map((vector) => space.valuesOf(vector));
};
const one = {
  leader: null,
  'server(1)': 0,
  'server(2)': 0,
  'link(1, x)': '',
  'link(2, x)': '',
  mail: [],
  'inbox(1)': [],
  'inbox(2)': [],
  sent: [],
};

describe('initial states', () => {
  test('a value for each component; channels start empty', () => {
    expect(states(() => rest)).toEqual([one]);
  });

  test('null is a value, for a component and from a function', () => {
    expect(states(() => ({ ...rest, leader: () => null }))).toEqual([one]);
  });

  test('a function of the keys, of parameters and rules', () => {
    const init = (p: { from: number }, rules: { next: (n: number) => number }): object => ({
      ...rest,
      server: (i: number) => rules.next(p.from * i),
      link: (a: number, b: string) => `${a}${b}`,
      mail: [1],
      inbox: (i: number) => [i],
    });
    expect(states(init)).toEqual([
      {
        ...one,
        'server(1)': 4,
        'server(2)': 7,
        'link(1, x)': '1x',
        'link(2, x)': '2x',
        mail: [1],
        'inbox(1)': [1],
        'inbox(2)': [2],
      },
    ]);
  });

  test('a product of choices, the last component varying fastest', () => {
    const found = states(() => ({
      ...rest,
      leader: anyOf([null, 1]),
      server: (i: number) => (i === 1 ? 5 : anyOf([7, 6])),
    }));
    expect(found.map((state: Any) => [state.leader, state['server(1)'], state['server(2)']])).toEqual([
      [null, 5, 7],
      [null, 5, 6],
      [1, 5, 7],
      [1, 5, 6],
    ]);
    expect(states(() => ({ ...rest, server: anyOf([0, 1]), link: anyOf(['a', 'b']) }))).toHaveLength(16);
  });

  test('a list, each with its own choices, equal ones as often as they are listed', () => {
    const found = states(() => [rest, { ...rest, leader: anyOf([null, 2, 2]) }]);
    expect(found.map((state: Any) => state.leader)).toEqual([null, null, 2, 2]);
  });
});
