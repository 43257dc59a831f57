import { readFileSync } from 'node:fs';
import { UserError } from './errors.ts';
import { type FaultRowJson, FaultsJson } from './json.ts';
import { checkWritable, writeWhole } from './output/write-file.ts';

/** The rows that an earlier run has kept in the file; none if there is no file yet. @throws UserError */
export function keptRows(file: string, asked: FaultsJson): readonly FaultRowJson[] {
  checkWritable(file);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new UserError(`${file} cannot be read: ${String(error)}.`, { cause: error });
  }
  const kept = FaultsJson.safeParse(parsed(text));
  if (!kept.success) throw new UserError(`${file} is not a table of faults that --resume has kept.`);
  const { model, upTo, table } = kept.data;
  if (model !== asked.model) throw new UserError(`${file} belongs to ${model}, not to ${asked.model}.`);
  if (upTo !== asked.upTo)
    throw new UserError(`${file} belongs to a table with --up-to ${upTo}, not ${asked.upTo}.`);
  if (table !== asked.table)
    throw new UserError(
      `${file} belongs to a table of ${model} with other parameters or settings: name another file.`,
    );
  return kept.data.rows;
}

/** Replaces the file as a whole, so that an interruption leaves either the old rows or the new ones. */
export const keepRows = (file: string, found: FaultsJson): void =>
  writeWhole(file, `${JSON.stringify(found, null, 2)}\n`);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
