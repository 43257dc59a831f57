import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, timed } from './measure.ts';

const twin = new URL('./two-phase-commit.pml', import.meta.url).pathname;

/** One exhaustive run of Spin. */
export interface SpinRun {
  readonly distinct: number;
  /** Spin does not count the initial state. */
  readonly transitions: number;
  readonly cpuSeconds: number;
  readonly bytesPerState: number;
}

/** What the bench needs and does not find, as a sentence; undefined when all is there. */
export function missing(): string | undefined {
  const absent = ['spin', 'gcc'].filter((program) => spawnSync(program, ['--version']).error !== undefined);
  return absent.length === 0
    ? undefined
    : `${absent.join(' and ')} not found: apt-get install spin gcc (Debian), then run the bench again`;
}

/** Compiles the twin for so many resource managers. @throws when that fails */
export function compiled(managers: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'fencepost-spin-'));
  const run = (program: string, args: readonly string[]): void => {
    const { status, stderr, stdout } = spawnSync(program, args, { cwd: folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stdout}${stderr}`);
  };
  run('spin', ['-a', `-DN=${managers}`, twin]);
  run('gcc', ['-O3', '-DSAFETY', '-DMEMLIM=8192', '-w', '-o', 'pan', 'pan.c']);
  return join(folder, 'pan');
}

/** Runs it once, depth-first as Spin does by default, with an exact hash table. @throws when it does not end properly */
export function verify(pan: string): SpinRun {
  const { stdout, cpuSeconds } = timed(pan, ['-m10000000', '-w24']);
  const number = (pattern: RegExp): number => Number(pattern.exec(stdout)?.[1] ?? Number.NaN);
  const distinct = number(/([\d.e+]+) states, stored/);
  if (!/errors: 0/.test(stdout) || Number.isNaN(distinct))
    throw new Error(`Spin did not end properly:\n${stdout}`);
  const megabytes =
    number(/([\d.]+)\s+actual memory usage for states/) + number(/([\d.]+)\s+memory used for hash table/);
  return {
    distinct,
    transitions: number(/([\d.e+]+) transitions/),
    cpuSeconds,
    bytesPerState: (megabytes * 2 ** 20) / distinct,
  };
}

export function medianOf(runs: readonly SpinRun[]): SpinRun {
  return { ...(runs[0] as SpinRun), cpuSeconds: median(runs.map(({ cpuSeconds }) => cpuSeconds)) };
}
