import { existsSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { Campaign, type Cell, cellsOf } from '../../checker/campaign/grid.ts';
import { UserError } from '../errors.ts';
import { loadModel, modelFile } from '../models.ts';
import { wordsOf } from './command.ts';
import { Contents, sha256 } from './content.ts';

/** A cell with its place in the campaign and the key under which its result is kept. */
export interface Job {
  readonly index: number;
  readonly key: string;
  /** The run in the words of the command line. */
  readonly name: string;
  readonly cell: Cell;
}

export interface LoadedCampaign {
  /** A digest of all its cells. */
  readonly digest: string;
  readonly jobs: readonly Job[];
}

/** A campaign file: TypeScript or JavaScript with a default export, or JSON. @throws UserError */
export async function loadCampaign(file: string): Promise<LoadedCampaign> {
  const parsed = Campaign.safeParse(await exported(file));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.length ? ` (at ${issue.path.map(String).join('.')})` : '';
    throw new UserError(
      `${file} is no campaign${where}: ${issue?.message ?? 'its default export is missing'}.`,
    );
  }
  const contents = new Contents();
  const cells = cellsOf(parsed.data);
  const jobs = await Promise.all(
    cells.map(async (cell, index): Promise<Job> => {
      const located = { ...cell, model: locate(cell.model, file) };
      const { expect: _, ...asked } = located;
      if (!existsSync(modelFile(located.model))) await loadModel(located.model); // which says what is meant instead
      // Two copies of a campaign in different places are the same one: the path is no part of the key, the content is.
      const key = sha256([await contents.of(located.model), { ...asked, model: '' }]);
      return { index, key, name: wordsOf(located).join(' '), cell: located };
    }),
  );
  return { digest: sha256(jobs.map(({ key, cell }) => [key, cell.expect])), jobs };
}

async function exported(file: string): Promise<unknown> {
  if (file.endsWith('.json')) {
    try {
      return JSON.parse(readFileSync(file, 'utf8'));
    } catch (error) {
      throw new UserError(`${file} cannot be read: ${(error as Error).message}.`, { cause: error });
    }
  }
  return (await (await import('../user-module.ts')).importUserModule(file)).default;
}

/** A model's file is named as seen from the campaign's; from here on, as seen from the working directory. */
function locate(model: string, file: string): string {
  if (!/^\.{0,2}\//.test(model) && !/\.[mc]?[jt]s$/.test(model)) return model;
  const path = resolve(dirname(file), model);
  const here = relative(process.cwd(), path);
  return isAbsolute(model) || here.startsWith('..') ? path : `./${here}`;
}
