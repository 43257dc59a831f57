import type { Progress } from '../../checker/search/result.ts';
import type { Io } from '../io.ts';
import { count, seconds, size } from './words.ts';

export interface ProgressLine {
  /** For a search to call, as often as it likes. */
  readonly show: ((progress: Progress) => void) | undefined;
  /** Wipes the line, before anything else is written. */
  end(): void;
}

const EVERY_SECONDS = 1;

/** A line on standard error that is renewed once a second; silent when nobody watches. */
export function progressLine(io: Io): ProgressLine {
  if (!io.progress) return { show: undefined, end: () => undefined };
  let last = { seconds: 0, distinct: 0 };
  let shown = false;
  return {
    show(progress) {
      const passed = progress.seconds - last.seconds;
      if (passed < EVERY_SECONDS) return;
      const rate = (progress.distinct - last.distinct) / passed;
      last = progress;
      shown = true;
      io.err(`\r\x1b[K${line(progress, rate).slice(0, io.width - 1)}`);
    },
    end() {
      if (shown) io.err('\r\x1b[K');
    },
  };
}

function line({ distinct, queue, depth, bytes, seconds: time }: Progress, rate: number): string {
  return [
    `${count(distinct)} states`,
    `${count(Math.round(rate))}/s`,
    `queue ${count(queue)}`,
    `depth ${depth}`,
    size(bytes),
    seconds(time),
  ].join(' · ');
}
