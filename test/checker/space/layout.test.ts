import { expect, test } from 'vitest';
import { z } from 'zod';
import { channels, family, queues, single, table } from '../../../checker/language/index.ts';
import { formatInstance, Layout } from '../../../checker/space/layout.ts';
import { ListDomain } from '../../../checker/space/list-domain.ts';

const layout = new Layout({
  epoch: single(z.int()),
  server: family([1, 2], z.int()),
  link: table(['a', 'b'], [0, 1], z.boolean()),
  inbox: queues(['a', 'b'], z.int()),
  net: channels([1, 2], z.int()),
});

test('components stand in the order of declaration, their members in the order of their keys', () => {
  expect(layout.slots.map(({ name }) => name)).toEqual([
    'epoch',
    'server(1)',
    'server(2)',
    'link(a, 0)',
    'link(a, 1)',
    'link(b, 0)',
    'link(b, 1)',
    'inbox(a)',
    'inbox(b)',
    'net(1, 1)',
    'net(1, 2)',
    'net(2, 1)',
    'net(2, 2)',
  ]);
  expect(layout.slots.map(({ index }) => index)).toEqual([...layout.slots.keys()]);
  expect(layout.slots.map(({ component, keys }) => [component, ...keys]).slice(3, 5)).toEqual([
    ['link', 'a', 0],
    ['link', 'a', 1],
  ]);
  for (const { index, component, keys } of layout.slots)
    expect(layout.slotOf(component, ...keys)).toBe(index);
});

test('the members of a family share their values', () => {
  const [, one, two] = layout.slots;
  expect(one?.domain).toBe(two?.domain);
  expect(one?.domain).not.toBe(layout.slots[0]?.domain);
});

test('a key that is none is an error', () => {
  expect(() => layout.slotOf('server', 0)).toThrow(
    'component server: server(0) does not exist; its keys are 1, 2',
  );
  expect(() => layout.slotOf('server', '1')).toThrow('server("1") does not exist');
  expect(() => layout.slotOf('link', 'a', 2)).toThrow(
    'link("a", 2) does not exist; its keys are a, b x 0, 1',
  );
  expect(() => layout.slotOf('link', 'a')).toThrow('does not exist');
});

test('how an instance is written', () => {
  expect([undefined, 1, 'a', [0, 2], [1]].map(formatInstance)).toEqual(['', '(1)', '(a)', '(0, 2)', '(1)']);
});

test('what a channel holds is known by its messages, unless its schema asks more of the list', () => {
  const asks = { ...queues(['a'], z.int()), schema: z.array(z.int()).refine((list) => list.length !== 2) };
  const { domains } = new Layout({ inbox: queues(['a', 'b'], z.int()), asks, log: single(z.array(z.int())) });
  expect(domains.map(({ component }) => component)).toEqual(['inbox[]', 'inbox', 'asks', 'log']);
  expect(domains.map((domain) => domain instanceof ListDomain)).toEqual([false, true, false, false]);
  expect(() => domains[2]?.intern([1, 2])).toThrow('asks: Invalid input');
});
