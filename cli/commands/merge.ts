import { merge } from '../campaign/merge.ts';
import { type CampaignFormat, render } from '../campaign/render.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { checkWritable, writeWhole } from '../output/write-file.ts';
import { codeOf } from './campaign.ts';

export interface MergeOptions {
  readonly format: CampaignFormat;
  readonly out?: string;
}

/** `fencepost merge <files>`: the shards of a campaign as one. */
export async function mergeCommand(
  files: readonly string[],
  { format, out }: MergeOptions,
  io: Io,
): Promise<ExitCode> {
  if (out !== undefined) checkWritable(out);
  const whole = merge(files);
  const text = render(whole, format, io);
  if (out === undefined) io.out(text);
  else writeWhole(out, text);
  return codeOf(whole.rows);
}
