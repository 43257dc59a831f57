import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CampaignJson } from '../../../cli/campaign/result.ts';
import { root } from '../../house/project-files.ts';

const main = join(root, 'dist/cli/main.js');

/** Some seconds of cells, none of them long. */
export const grids = [
  { model: 'examples/two-phase-commit', set: { resourceManagers: [3, 4, 5, 6, 7] } },
  { model: 'zookeeper/election', set: { servers: [1, 2], giveUps: [0, 1], crashes: [0, 1] } },
];

export function start(file: string, out: string): ChildProcess {
  const options = ['--jobs', '2', '--format', 'json', '--out', out];
  return spawn(process.execPath, [main, 'campaign', file, ...options], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

export async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode;
}

/** The workers that a coordinator has started. */
export function workersOf({ pid = -1 }: ChildProcess): number[] {
  try {
    const found = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', `${pid}`], { encoding: 'utf8' });
    const workers = found.split('\n').filter((line) => line.includes('campaign-worker'));
    return workers.map((line) => Number.parseInt(line, 10));
  } catch {
    return []; // ps answers 1 when there are none
  }
}

/** Kills one worker after the other at the moments given, in milliseconds between. */
export async function killWorkers(child: ChildProcess, moments: readonly number[]): Promise<number> {
  let killed = 0;
  for (const moment of moments) {
    await sleep(moment);
    const [victim] = workersOf(child);
    if (victim === undefined) continue;
    try {
      process.kill(victim, 'SIGKILL');
      killed++;
    } catch {
      // it had just ended
    }
  }
  return killed;
}

/** Names and outcomes, without what differs from run to run: the seconds. */
export function outcomes(out: string): unknown[] {
  const { rows, cells } = CampaignJson.parse(JSON.parse(readFileSync(out, 'utf8')));
  return [cells, ...rows.map(({ index, name, result }) => [index, name, result.verdict, result.distinct])];
}
