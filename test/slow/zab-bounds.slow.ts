import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import zab from '../../invariants/zookeeper/zab.ts';
import zabImplementation from '../../invariants/zookeeper/zab-implementation.ts';
import { ImplementationParams } from '../../model/zookeeper/zab/implementation/params.ts';
import { ZabParams } from '../../model/zookeeper/zab/protocol/params.ts';
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

const FORCED_SNAPSHOTS: Set = {
  snapshots: 'forced',
  start: 'proposed',
  transactions: 2,
  crashes: 1,
  disconnects: 1,
  diskErrors: 1,
  epochs: 2,
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
  [{ discovery: 'byMessage', transactions: 1, crashes: 1, disconnects: 1 }, 1_025_705, 63],
  [{ discovery: 'byMessage', transactions: 1, crashes: 2, disconnects: 0, epochs: 2 }, 320_534, 60],
  [OBSERVED_DISCOVERY, 830_986, 66],
  [FORCED_SNAPSHOTS, 4_202_112, 70],
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

/** The same for the protocol. */
const PROTOCOL_BOUNDS: readonly (readonly [set: Set, distinct: number, depth: number])[] = [
  [{ transactions: 2, timeouts: 1, restarts: 0 }, 619_637, 38],
  [{ transactions: 2, timeouts: 0, restarts: 1 }, 690_910, 39],
  [{ transactions: 1, elections: 3, timeouts: 2 }, 714_403, 40],
  [{ servers: 4, transactions: 1, timeouts: 0 }, 43_585, 33],
  [{ transactions: 1, elections: 4, timeouts: 1, restarts: 1 }, 1_989_586, 45],
  [{ transactions: 1, elections: 4, timeouts: 0, restarts: 2 }, 1_818_140, 44],
  [{ transactions: 2, elections: 3, timeouts: 0, restarts: 1 }, 1_172_164, 41],
];

describe('the protocol: everything is visited and holds', () => {
  test.each(PROTOCOL_BOUNDS)('%j', async (set, distinct, depth) => {
    const result = await explore(zab, { set });
    expect(result).toMatchObject({ verdict: 'holds', complete: true, distinct, depth });
  });
});

const BUDGETS = ['transactions', 'crashes', 'disconnects', 'diskErrors', 'timeouts', 'restarts', 'elections'];

/** Whether bounds reach one step beyond others: no budget is smaller, one is larger, there are as many epochs, and nothing else differs. */
function isBeyond(further: Set, at: Set): boolean {
  const names = Object.keys(at);
  const others = names.filter((name) => !BUDGETS.includes(name) && name !== 'epochs');
  const counted = names.filter((name) => !others.includes(name));
  return (
    others.every((name) => isDeepStrictEqual(further[name], at[name])) &&
    counted.every((name) => Number(further[name]) >= Number(at[name])) &&
    counted.some((name) => BUDGETS.includes(name) && Number(further[name]) > Number(at[name]))
  );
}

interface Declared {
  readonly breaks?: readonly string[];
  readonly at?: object;
}

/** Changes that break something, where no bounds are one step beyond those at which they do. */
const within = (
  changes: Readonly<Record<string, Declared>>,
  bounds: readonly (readonly [set: Set, ...unknown[]])[],
  parse: (set: object) => Set,
): readonly string[] =>
  Object.entries(changes)
    .filter(([, { breaks = [] }]) => breaks.length > 0)
    .filter(([, { at = {} }]) => !bounds.some(([set]) => isBeyond(parse(set), parse(at))))
    .map(([name]) => name);

test('for each change there are bounds one step beyond those at which it shows', () => {
  const { changes } = zabImplementation.model.definition;
  expect(within(changes, BOUNDS, (set) => ImplementationParams.parse(set))).toEqual([]);
  expect(within(zab.model.definition.changes, PROTOCOL_BOUNDS, (set) => ZabParams.parse(set))).toEqual([]);
});
