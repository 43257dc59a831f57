import { describe, expect, test } from 'vitest';
import zabImplementation from '../../invariants/zookeeper/zab-implementation.ts';
import { ImplementationParams } from '../../model/zookeeper/zab/implementation/params.ts';
import { explore } from '../model/examples/explore.ts';

type Set = Readonly<Record<string, unknown>>;

const OBSERVED_DISCOVERY: Set = {
  discovery: 'byMessage',
  start: 'fresh',
  observers: 1,
  transactions: 0,
  crashes: 1,
  disconnects: 1,
  epochs: 1,
};

/** Bounds within which the baseline holds, everything visited, with the number of states and the depth. */
const BOUNDS: readonly (readonly [set: Set, distinct: number, depth: number])[] = [
  [{ transactions: 1, crashes: 1, disconnects: 1 }, 109_476, 45],
  [{ transactions: 1, crashes: 2, disconnects: 0 }, 140_738, 53],
  [{ transactions: 2, crashes: 1, disconnects: 1 }, 2_340_045, 60],
  [{ transactions: 1, crashes: 2, disconnects: 1 }, 575_560, 55],
  [{ transactions: 2, crashes: 2, disconnects: 0 }, 2_730_157, 66],
  [{ transactions: 1, crashes: 3, disconnects: 0, epochs: 4 }, 972_264, 63],
  [{ transactions: 2, crashes: 1, disconnects: 0, diskErrors: 1 }, 1_028_859, 60],
  [{ transactions: 2, crashes: 2, disconnects: 0, maxCounter: 3 }, 2_793_352, 66],
  [{ start: 'fresh', transactions: 1, crashes: 1, disconnects: 1 }, 1_469_834, 58],
  [{ start: 'fresh', transactions: 2, crashes: 0, disconnects: 1 }, 2_016_798, 59],
  [{ observers: 1, transactions: 1, crashes: 1, disconnects: 1 }, 2_476_088, 59],
  [{ weights: [3, 1, 1], transactions: 1, crashes: 1, disconnects: 1 }, 200_526, 49],
  [{ servers: 2, transactions: 2, crashes: 1, disconnects: 1 }, 6053, 40],
  [{ discovery: 'byMessage', transactions: 1, crashes: 1, disconnects: 1 }, 910_648, 63],
  [{ discovery: 'byMessage', transactions: 1, crashes: 2, disconnects: 0, epochs: 2 }, 256_483, 60],
  [OBSERVED_DISCOVERY, 830_986, 66],
  [{ transactions: 1, crashes: 2, disconnects: 1, diskErrors: 1, epochs: 4 }, 2_249_754, 72],
  [{ transactions: 1, crashes: 3, disconnects: 0, diskErrors: 1, epochs: 4 }, 2_090_413, 73],
  [{ transactions: 2, crashes: 1, disconnects: 1, diskErrors: 1, epochs: 2 }, 3_905_477, 68],
  [{ transactions: 2, crashes: 0, disconnects: 2, diskErrors: 1, epochs: 1 }, 1_127_524, 56],
];

describe('the implementation as repaired: everything is visited and holds', () => {
  test.each(BOUNDS)('%j', async (set, distinct, depth) => {
    const result = await explore(zabImplementation, { set });
    expect(result).toMatchObject({ verdict: 'holds', complete: true, distinct, depth });
  });
});

const BUDGETS = ['transactions', 'crashes', 'disconnects', 'diskErrors'] as const;

/** Whether bounds reach one step beyond others: no budget is smaller, one is larger, there are as many epochs, and nothing else differs. */
function isBeyond(further: Set, at: Set): boolean {
  const [x, y] = [ImplementationParams.parse(further), ImplementationParams.parse(at)];
  const rest = ({ transactions, crashes, disconnects, diskErrors, epochs, ...others }: typeof x) => others;
  return (
    JSON.stringify(rest(x)) === JSON.stringify(rest(y)) &&
    x.epochs >= y.epochs &&
    BUDGETS.every((budget) => x[budget] >= y[budget]) &&
    BUDGETS.some((budget) => x[budget] > y[budget])
  );
}

test('for each change there are bounds one step beyond those at which it shows', () => {
  const changes = Object.entries(zabImplementation.model.definition.changes);
  const within = changes.filter(([, { at = {} }]) => !BOUNDS.some(([set]) => isBeyond(set, at)));
  expect(within.map(([name]) => name)).toEqual([]);
});
