/** How many states a search will have visited in the end: a guess, and between what it varies with what it is made from. */
export interface Prediction {
  readonly least: number;
  readonly likely: number;
  readonly most: number;
}

/** Growths from level to level that a straight line is laid through: the last so many. */
const WINDOWS = [4, 6, 8, 12];
/** What lies ahead is at most so many times what lies behind; whoever says more guesses wildly. */
const FARTHEST = 30;
/** While levels still grow by more than this, their growth falls too fast for a straight line: the end would seem too near. */
const STEEP = Math.log(1.4);
/** The range that the windows span, made wider by so much on each side: measured on profiles of the house's models. */
const DOUBT = 2;

/**
 * From the sizes of the complete breadth-first levels. They mostly grow ever more slowly, then shrink ever faster: the
 * logarithm of the growth falls about evenly, as in a bell. Laying lines through the last growths and following them down to an
 * empty level gives a total for each window; that they differ shows how sure it is. Undefined (unknown) while levels grow
 * steeply, or do not grow more slowly, or what is ahead would be far more than what is behind.
 */
export function predict(levels: readonly number[]): Prediction | undefined {
  const growths = levels.slice(1).map((size, i) => Math.log(size / (levels[i] as number)));
  if ((growths.at(-1) ?? STEEP) >= STEEP) return undefined;
  const visited = sum(levels);
  const ahead = WINDOWS.filter((window) => window <= growths.length).map((window) =>
    statesAhead(levels.at(-1) as number, growths.slice(-window), FARTHEST * visited),
  );
  const known = ahead.filter((states) => states !== undefined).toSorted((a, b) => a - b);
  if (known.length < 2 || known.length < ahead.length) return undefined;
  const [least = 0] = known;
  const most = known.at(-1) as number;
  return {
    least: Math.round(visited + least / DOUBT),
    likely: Math.round(visited + Math.sqrt(Math.max(1, least) * Math.max(1, most))),
    most: Math.round(visited + most * DOUBT),
  };
}

/** The sum of the levels to come after one of `size`, or undefined when there is no end to them, or more than `limit`. */
function statesAhead(size: number, growths: readonly number[], limit: number): number | undefined {
  const mean = sum(growths) / growths.length;
  const middle = (growths.length - 1) / 2;
  const deviations = growths.map((growth, i) => (i - middle) * (growth - mean));
  const squares = growths.map((_, i) => (i - middle) ** 2);
  const slope = sum(deviations) / sum(squares);
  let sizeThen = size;
  let ahead = 0;
  for (let level = growths.length; sizeThen >= 1; level++) {
    const growth = mean + slope * (level - middle);
    if (slope >= 0 && growth >= 0) return undefined;
    sizeThen *= Math.exp(growth);
    ahead += sizeThen;
    if (ahead > limit || level > 10_000) return undefined;
  }
  return ahead;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
