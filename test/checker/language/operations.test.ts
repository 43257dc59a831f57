import { expect, test } from 'vitest';
import { choose, operation, projection } from '../../../checker/language/index.ts';
import { Update } from '../../../checker/language/operations.ts';

const update = new Update(
  {},
  0,
  operation('set', (_, n) => n),
  1,
);
const labels = ({ alternatives }: ReturnType<typeof choose>): string[] =>
  alternatives.map(({ label }) => label);

test('choose by name leaves out what is not possible', () => {
  const choice = choose({ lost: [], delivered: [update], never: undefined });
  expect(choice.alternatives).toEqual([
    { label: 'lost', updates: [] },
    { label: 'delivered', updates: [update] },
  ]);
});

test('choose by item: labelled by its text, or by a function', () => {
  expect(labels(choose([1, 'a', [0, 1], { b: null }], () => []))).toEqual(['1', 'a', '[0,1]', '{"b":null}']);
  expect(
    labels(
      choose(
        [1, 2],
        (n) => (n > 1 ? [update] : undefined),
        (n) => `n is ${n}`,
      ),
    ),
  ).toEqual(['n is 2']);
  expect(labels(choose([], () => []))).toEqual([]);
});

test('operations and projections carry their names', () => {
  expect(operation('add', (n: number, by: number) => n + by).apply(1, 2)).toBe(3);
  expect(projection('last', (list: readonly number[]) => list.at(-1)).of([1, 2])).toBe(2);
  expect([operation('add', (n: number) => n).name, projection('last', (n: number) => n).name]).toEqual([
    'add',
    'last',
  ]);
});
