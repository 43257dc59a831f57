import { createRequire } from 'node:module';
import type { CheckpointOptions } from '../checker/search/checkpoint/checkpoint.ts';
import { UserError } from './errors.ts';
import type { LoadedModel } from './models.ts';

export interface CheckpointFlags {
  readonly checkpoint?: string;
  readonly checkpointEvery?: number;
  readonly resume?: string;
}

const EVERY_SECONDS = 300;

/** Where the search is kept, if it is. @throws UserError for options that contradict each other */
export function checkpointOf(
  { bundle }: LoadedModel,
  { checkpoint, checkpointEvery, resume }: CheckpointFlags,
): CheckpointOptions | undefined {
  if (checkpoint !== undefined && resume !== undefined)
    throw new UserError('--resume goes on keeping the search in its folder: leave out --checkpoint.');
  const folder = checkpoint ?? resume;
  if (folder === undefined) {
    if (checkpointEvery !== undefined)
      throw new UserError('--checkpoint-every needs --checkpoint or --resume.');
    return undefined;
  }
  const { version } = createRequire(import.meta.url)('fencepost/package.json') as { version: string };
  return {
    folder,
    resume: resume !== undefined,
    everySeconds: checkpointEvery ?? EVERY_SECONDS,
    edition: `${version} ${bundle?.digest ?? ''}`,
  };
}
