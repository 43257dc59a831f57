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
  /** Of the search itself. */
  readonly seconds: number;
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
  const proper = args.includes('--states') ? [0, 1, 3] : [0, 1];
  if (!proper.includes(status ?? -1))
    throw new Error(`fencepost check ${args.join(' ')} ended with ${status}`);
  const usage: Usage = JSON.parse(String(output[3]));
  const { distinct, generated, verdict, seconds } = JSON.parse(String(output[1]));
  return { ...usage, distinct, generated, verdict, seconds };
}

/** Runs any other program once, and tells the CPU seconds of it and its children. @throws when it cannot be started */
export function timed(program: string, args: readonly string[]): { stdout: string; cpuSeconds: number } {
  const { stdout, stderr, error } = spawnSync(
    'bash',
    ['-c', 'TIMEFORMAT="cpu %U %S"; time "$@"', 'bash', program, ...args],
    { encoding: 'utf8', maxBuffer: 2 ** 28 },
  );
  if (error !== undefined) throw error;
  const [, user, system] = /cpu ([\d.]+) ([\d.]+)\s*$/.exec(stderr) ?? [];
  if (user === undefined || system === undefined) throw new Error(`${program} did not run:\n${stderr}`);
  return { stdout, cpuSeconds: Number(user) + Number(system) };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

export function medians(args: readonly string[], runs: number): Measured {
  const all = Array.from({ length: runs }, () => measure(args));
  const first = all[0] as Measured;
  return {
    ...first,
    cpuSeconds: median(all.map((one) => one.cpuSeconds)),
    megabytes: median(all.map((one) => one.megabytes)),
    seconds: median(all.map((one) => one.seconds)),
  };
}
