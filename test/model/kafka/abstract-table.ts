import type { SearchResult } from '../../../checker/search/result.ts';

export interface Bounds {
  readonly replicas: number;
  readonly logSize: number;
  readonly records: number;
  readonly maxLeaderEpoch: number;
}

/** One run of another checker over the public TLA+ modules; its depth is the number of steps, one less than the levels. */
export interface TableRow {
  /** A change of the model, or 'kip320', which is the model as it is. */
  readonly variant: string;
  readonly bounds: Bounds;
  readonly states: number;
  /** Distinct (state, action, successor); null where only a rounded number is known. */
  readonly transitions: number | null;
  readonly depth: number;
  /** The step at which it is first violated; absent if it holds. */
  readonly weakIsr?: number;
  readonly strongIsr?: number;
}

export const bounds = (
  replicas: number,
  logSize: number,
  records: number,
  maxLeaderEpoch: number,
): Bounds => ({ replicas, logSize, records, maxLeaderEpoch });

export const requestOf = ({ variant, bounds: at }: TableRow) => ({
  set: { ...at },
  changes: variant === 'kip320' ? [] : [variant],
});

/** What a run of ours found, in the table's terms. */
export function asRow(result: SearchResult, { variant, bounds: at, transitions }: TableRow): TableRow {
  const steps = (name: string) =>
    result.violations.find(({ property }) => property === name)?.path?.steps.length;
  const [weakIsr, strongIsr] = [steps('weakIsr'), steps('strongIsr')];
  return {
    variant,
    bounds: at,
    states: result.distinct ?? 0,
    transitions: transitions === null ? null : result.generated - result.initial,
    depth: result.depth - 1,
    ...(weakIsr === undefined ? {} : { weakIsr }),
    ...(strongIsr === undefined ? {} : { strongIsr }),
  };
}

const small = bounds(2, 2, 2, 2);
const three = bounds(3, 2, 2, 2);

/** Runs of up to two seconds. */
export const quickRows: readonly TableRow[] = [
  {
    variant: 'truncateToHighWatermark',
    bounds: bounds(2, 1, 1, 1),
    states: 353,
    transitions: 682,
    depth: 11,
    weakIsr: 8,
    strongIsr: 9,
  },
  {
    variant: 'truncateToHighWatermark',
    bounds: small,
    states: 10_131,
    transitions: 24_458,
    depth: 19,
    weakIsr: 8,
    strongIsr: 9,
  },
  {
    variant: 'kip101',
    bounds: small,
    states: 9_047,
    transitions: 21_912,
    depth: 17,
    weakIsr: 11,
    strongIsr: 11,
  },
  {
    variant: 'kip101Unclamped',
    bounds: small,
    states: 9_045,
    transitions: null,
    depth: 17,
    weakIsr: 11,
    strongIsr: 11,
  },
  { variant: 'kip279', bounds: small, states: 9_027, transitions: 21_876, depth: 17 },
  { variant: 'kip320', bounds: small, states: 5_973, transitions: 11_732, depth: 17 },
  { variant: 'kip320', bounds: bounds(2, 2, 2, 3), states: 28_939, transitions: 59_130, depth: 21 },
  { variant: 'kip320', bounds: bounds(2, 3, 3, 3), states: 120_879, transitions: 258_888, depth: 25 },
  {
    variant: 'kip279',
    bounds: bounds(3, 1, 1, 2),
    states: 192_592,
    transitions: 667_149,
    depth: 21,
    weakIsr: 10,
    strongIsr: 10,
  },
  { variant: 'kip320', bounds: bounds(3, 1, 1, 2), states: 97_531, transitions: 236_862, depth: 21 },
];

export const slowRows: readonly TableRow[] = [
  {
    variant: 'truncateToHighWatermark',
    bounds: three,
    states: 1_988_158,
    transitions: null,
    depth: 27,
    weakIsr: 8,
    strongIsr: 8,
  },
  {
    variant: 'kip101',
    bounds: three,
    states: 1_627_279,
    transitions: null,
    depth: 25,
    weakIsr: 10,
    strongIsr: 10,
  },
  {
    variant: 'kip279',
    bounds: three,
    states: 1_616_461,
    transitions: null,
    depth: 25,
    weakIsr: 10,
    strongIsr: 10,
  },
  { variant: 'kip320', bounds: bounds(3, 1, 1, 3), states: 1_095_838, transitions: null, depth: 26 },
  { variant: 'kip320', bounds: three, states: 737_794, transitions: null, depth: 25 },
  {
    variant: 'kip320FirstTry',
    bounds: three,
    states: 1_437_076,
    transitions: null,
    depth: 27,
    weakIsr: 11,
    strongIsr: 12,
  },
  {
    variant: 'expandBelowEpochStart',
    bounds: three,
    states: 901_036,
    transitions: null,
    depth: 25,
    weakIsr: 13,
    strongIsr: 11,
  },
  {
    variant: 'unfencedTruncation',
    bounds: three,
    states: 873_256,
    transitions: null,
    depth: 25,
    weakIsr: 13,
    strongIsr: 13,
  },
  { variant: 'kip320', bounds: bounds(3, 2, 2, 3), states: 9_985_570, transitions: null, depth: 31 },
];
