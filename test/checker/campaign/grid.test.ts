import { expect, test } from 'vitest';
import { Campaign, type Cell, campaign, cellsOf } from '../../../checker/campaign/grid.ts';

const cells: (...grids: Parameters<typeof campaign>) => readonly Cell[] = (...grids) =>
  cellsOf(Campaign.parse(campaign(...grids)));

test('a grid is the product of its parameters, designs and searches', () => {
  const found = cells({
    model: 'm',
    set: { a: [1, 2], b: ['x', 'y', 'z'] },
    with: [[], ['fix']],
    searches: [{ check: {} }, { simulate: { seed: 1 } }],
  });
  expect(found).toHaveLength(2 * 3 * 2 * 2);
  expect(found.slice(0, 3)).toEqual([
    { model: 'm', set: { a: 1, b: 'x' }, changes: [], search: { check: {} }, expect: 'holds' },
    { model: 'm', set: { a: 1, b: 'x' }, changes: [], search: { simulate: { seed: 1 } }, expect: 'holds' },
    { model: 'm', set: { a: 1, b: 'y' }, changes: [], search: { check: {} }, expect: 'holds' },
  ]);
});

test('a grid of nothing is the model as it is; what stands twice is run once', () => {
  expect(cells({ model: 'm' }, { model: 'm', expect: 'holds' })).toEqual([
    { model: 'm', set: {}, changes: [], search: { check: {} }, expect: 'holds' },
  ]);
  expect(cells({ model: 'm' }, { model: 'm', expect: 'violated' })).toHaveLength(2);
});

test.each([
  ['no grid', { campaign: [] }],
  ['a parameter without values', { campaign: [{ model: 'm', set: { a: [] } }] }],
  ['random runs that nobody could make again', { campaign: [{ model: 'm', searches: [{ simulate: {} }] }] }],
  ['a stray field', { campaign: [{ model: 'm', sets: {} }] }],
])('%s is refused', (_what, value) => {
  expect(Campaign.safeParse(value).success).toBe(false);
});
