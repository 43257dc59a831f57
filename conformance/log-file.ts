import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { LogError } from './log-error.ts';

/** The lines of a log; line n of the file is element n - 1. A name ending in .gz is unpacked. */
export async function readLines(path: string, name: string): Promise<readonly string[]> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new LogError(`${name} cannot be read: ${reason(error)}`);
  });
  const text = (name.endsWith('.gz') ? unpack(bytes, name) : bytes).toString('utf8');
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function unpack(bytes: Buffer, name: string): Buffer {
  try {
    return gunzipSync(bytes);
  } catch (error) {
    throw new LogError(`${name} is not a whole gzip file: ${reason(error)}`);
  }
}

export const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));
