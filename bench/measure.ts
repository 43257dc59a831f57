import { spawnSync } from 'node:child_process';

/** What one whole process used, its start included. */
export interface Usage {
  /** User and system, all threads. */
  readonly cpuSeconds: number;
  /** Largest resident set. */
  readonly megabytes: number;
}

export interface Measured extends Usage {
  readonly distinct: number;
  readonly generated: number;
  readonly verdict: string;
}

const command = new URL('../dist/cli/main.js', import.meta.url).pathname;
const preload = new URL('./usage-at-exit.mjs', import.meta.url).href;

/** Runs `fencepost check ... --json` once. @throws when it fails otherwise than by a verdict */
export function measure(args: readonly string[]): Measured {
  const { output, status } = spawnSync(
    process.execPath,
    ['--import', preload, command, 'check', ...args, '--json'],
    {
      stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    },
  );
  if (status !== 0 && status !== 1) throw new Error(`fencepost check ${args.join(' ')} ended with ${status}`);
  const usage: Usage = JSON.parse(String(output[3]));
  const { distinct, generated, verdict } = JSON.parse(String(output[1]));
  return { ...usage, distinct, generated, verdict };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
