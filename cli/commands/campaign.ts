import { KeptResults } from '../campaign/kept-results.ts';
import { type Job, loadCampaign } from '../campaign/load.ts';
import { type CampaignFormat, render } from '../campaign/render.ts';
import { asExpected, type CampaignJson, type CellResult, type Row } from '../campaign/result.ts';
import { runAll } from '../campaign/run-all.ts';
import { UserError } from '../errors.ts';
import { Exit, type ExitCode, worst } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { checkWritable, writeWhole } from '../output/write-file.ts';

export interface CampaignOptions {
  readonly results?: string;
  readonly jobs: number;
  /** The address of a Redis server. */
  readonly queue?: string;
  readonly shard?: { readonly index: number; readonly of: number };
  /** Seconds. */
  readonly budget?: number;
  readonly format: CampaignFormat;
  readonly out?: string;
}

/** `fencepost campaign <file>`: every cell of a grid; what is known from an earlier run is not run again. */
export async function campaignCommand(file: string, options: CampaignOptions, io: Io): Promise<ExitCode> {
  const { results = file.replace(/(\.[^./\\]*)?$/, '.results'), shard, format, out } = options;
  if (out !== undefined) checkWritable(out);
  if (shard !== undefined && shard.index > shard.of) {
    throw new UserError(
      `--shard ${shard.index}/${shard.of}: there is no such shard; the last one is ${shard.of}/${shard.of}.`,
    );
  }
  if (options.queue !== undefined && options.budget !== undefined) {
    throw new UserError(
      '--budget and --queue do not go together: who works on the queue is not known beforehand.',
    );
  }
  const loaded = await loadCampaign(file);
  const { digest, jobs } = loaded;
  const own = jobs.filter(({ index }) => shard === undefined || index % shard.of === shard.index - 1);
  const kept = new KeptResults(results);
  const rows = new Map<number, Row>();
  const add = ({ index }: Job, result: CellResult): void => void rows.set(index, { index, ...result });
  for (const job of own) {
    const known = kept.get(job.key);
    // The expectation is not a part of the key: a judgement that changes costs no new search.
    if (known !== undefined) add(job, { ...known, name: job.name, expect: job.cell.expect });
  }
  const open = own.filter(({ index }) => !rows.has(index));
  const progress = (): void => {
    if (io.progress) io.err(`\r\x1b[K${rows.size} of ${own.length} cells`);
  };
  progress();
  const take = (job: Job, result: CellResult): void => {
    add(job, result);
    if (isFinal(result, options)) kept.keep(result);
    progress();
  };
  const { queue, budget, jobs: processes } = options;
  if (queue === undefined) await runAll(open, { jobs: processes, budget, signal: io.signal }, take);
  else await (await import('../campaign/queue.ts')).queueAll(queue, loaded, open, io.signal, take);
  if (io.progress) io.err('\r\x1b[K');
  const campaign: CampaignJson = {
    format: 'fencepost campaign',
    campaign: digest,
    cells: jobs.length,
    shard: shard ?? null,
    rows: [...rows.values()].sort((a, b) => a.index - b.index),
  };
  const text = render(campaign, format, io);
  if (out === undefined) io.out(text);
  else writeWhole(out, text);
  if (campaign.rows.length === own.length) return codeOf(campaign.rows);
  io.err(
    `fencepost: stopped after ${campaign.rows.length} of ${own.length} cells; the same command goes on from there.\n`,
  );
  return worst([Exit.stopped, codeOf(campaign.rows)]);
}

/** Whether the result would be the same another time: not an error, nor what a budget has cut short. */
function isFinal({ result }: CellResult, { budget }: CampaignOptions): boolean {
  if (result.verdict === 'error') return false;
  return budget === undefined || result.complete === true || result.verdict === 'violated';
}

/** The code of a whole campaign. */
export function codeOf(rows: readonly Row[]): ExitCode {
  return worst(
    rows.map((row) => {
      if (row.result.verdict === 'error') return Exit.badInput;
      const as = asExpected(row);
      return as === undefined ? Exit.stopped : as ? Exit.ok : Exit.violated;
    }),
  );
}
