import { loadCampaign } from '../campaign/load.ts';
import { Exit, type ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';

export interface WorkOptions {
  readonly queue: string;
  readonly jobs: number;
}

/** `fencepost work <file>`: takes cells of a campaign from its queue until Ctrl-C. */
export async function work(file: string, { queue, jobs }: WorkOptions, io: Io): Promise<ExitCode> {
  const { workOn } = await import('../campaign/queue.ts');
  await workOn(queue, await loadCampaign(file), jobs, io.signal);
  return Exit.ok;
}
