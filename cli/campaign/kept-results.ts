import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../errors.ts';
import { writeWhole } from '../output/write-file.ts';
import { CellResult } from './result.ts';

/**
 * The folder in which a campaign keeps its results, one file for each cell, each written whole or not at all: whatever
 * is killed at whatever moment, a result is there or is not.
 */
export class KeptResults {
  private readonly folder: string;

  /** @throws UserError where there can be no such folder */
  constructor(folder: string) {
    this.folder = folder;
    try {
      mkdirSync(folder, { recursive: true });
    } catch (error) {
      throw new UserError(`${folder} cannot be a folder of results: ${(error as Error).message}.`, {
        cause: error,
      });
    }
  }

  /** @throws UserError for a file that is no result */
  get(key: string): CellResult | undefined {
    const file = this.fileOf(key);
    let text: string;
    try {
      text = readFileSync(file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw new UserError(`${file} cannot be read: ${(error as Error).message}.`, { cause: error });
    }
    const kept = CellResult.safeParse(parsed(text));
    if (!kept.success || kept.data.key !== key) {
      throw new UserError(`${file} is not the result of this cell: delete it, and the cell is run again.`);
    }
    return kept.data;
  }

  keep(result: CellResult): void {
    writeWhole(this.fileOf(result.key), `${JSON.stringify(result)}\n`);
  }

  private fileOf(key: string): string {
    return join(this.folder, `${key}.json`);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
