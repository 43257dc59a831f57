import { predict } from '../../checker/search/prediction.ts';
import type { Progress } from '../../checker/search/result.ts';
import type { SimulateProgress } from '../../checker/search/simulate.ts';
import type { Io } from '../io.ts';
import { count, seconds, size } from './words.ts';

export interface ProgressLine<P> {
  /** For a search to call, as often as it likes. */
  readonly show: ((progress: P) => void) | undefined;
  /** Wipes the line, before anything else is written. */
  end(): void;
}

interface Timed {
  readonly seconds: number;
}

const EVERY_SECONDS = 1;
/** Levels before the first guess. */
const FIRST_GUESS = 7;

/** A line on standard error that is renewed once a second; silent when nobody watches. */
export function progressLine<P extends Timed>(
  io: Io,
  words: (now: P, before: P | undefined) => string,
): ProgressLine<P> {
  if (!io.progress) return { show: undefined, end: () => undefined };
  let last: P | undefined;
  let shown = false;
  return {
    show(now) {
      if (last !== undefined && now.seconds < last.seconds) last = undefined; // another search has begun
      if (now.seconds - (last?.seconds ?? 0) < EVERY_SECONDS) return;
      io.err(`\r\x1b[K${words(now, last).slice(0, io.width - 1)}`);
      last = now;
      shown = true;
    },
    end() {
      if (shown) io.err('\r\x1b[K');
      shown = false;
    },
  };
}

/** How an exhaustive search comes along. */
export function searchingWords(now: Progress, before: Progress | undefined): string {
  const { distinct, queue, levels, depth, bytes, seconds: time } = now;
  const rate = perSecond(distinct - (before?.distinct ?? 0), now, before);
  return [
    `${count(distinct)} states${prospect(levels)}`,
    rate,
    `queue ${count(queue)}`,
    `depth ${depth}`,
    size(bytes),
    seconds(time),
  ].join(' · ');
}

/** How much there may be in all: nothing before there are levels to guess from. */
function prospect(levels: readonly number[]): string {
  if (levels.length < FIRST_GUESS) return '';
  const guess = predict(levels);
  if (guess === undefined) return ' of an unknown number';
  const { least, likely, most } = guess;
  return ` of some ${roughly(likely)} (${roughly(least)} to ${roughly(most)})`;
}

/** Two digits are all that a guess is worth. */
const roughly = (number: number): string => count(Number(number.toPrecision(2)));

/** How random runs come along. */
export function walkingWords(now: SimulateProgress, before: SimulateProgress | undefined): string {
  const { runs, of, generated, bytes, seconds: time } = now;
  const rate = perSecond(generated - (before?.generated ?? 0), now, before);
  return [
    `${count(runs)} of ${count(of)} runs`,
    `${count(generated)} states`,
    rate,
    size(bytes),
    seconds(time),
  ].join(' · ');
}

function perSecond(more: number, now: Timed, before: Timed | undefined): string {
  return `${count(Math.round(more / (now.seconds - (before?.seconds ?? 0))))}/s`;
}
