import { accessSync, constants, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { UserError } from '../errors.ts';

/** Refuses a path that cannot be written, before a search is spent on it. @throws UserError */
export function checkWritable(file: string): void {
  const folder = dirname(file);
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats?.isDirectory()) throw new UserError(`${file} is a folder: name a file in it.`);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new UserError(`${file} cannot be written: there is no folder ${folder}.`);
  try {
    // A file is replaced by renaming, which needs its folder to be writable.
    accessSync(stats === undefined || stats.isFile() ? folder : file, constants.W_OK);
    if (stats?.isFile()) accessSync(file, constants.W_OK);
  } catch (error) {
    throw new UserError(`${file} cannot be written: ${reason(error)}.`, { cause: error });
  }
}

/** Writes all of it or nothing: under another name first, then renamed. @throws UserError */
export function writeWhole(file: string, text: string): void {
  const stats = statSync(file, { throwIfNoEntry: false });
  try {
    if (stats !== undefined && !stats.isFile()) {
      writeFileSync(file, text); // a device or a pipe, which renaming would replace
      return;
    }
    const target = stats === undefined ? file : realpathSync(file);
    const unfinished = `${target}.${process.pid}.tmp`;
    try {
      writeFileSync(unfinished, text, { flag: 'wx' });
      renameSync(unfinished, target);
    } finally {
      rmSync(unfinished, { force: true });
    }
  } catch (error) {
    throw new UserError(`${file} cannot be written: ${reason(error)}.`, { cause: error });
  }
}

function reason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  const known: Readonly<Record<string, string>> = {
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    EROFS: 'the file system is read-only',
    ENOSPC: 'no space is left',
  };
  return known[code ?? ''] ?? (error instanceof Error ? error.message : String(error));
}
