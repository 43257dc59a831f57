import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { LogError } from './log-error.ts';
import { readLines, reason } from './log-file.ts';

export interface LogFile {
  readonly name: string;
  readonly lines: readonly string[];
}

/** The log files of a folder, by name; subfolders are not looked into. */
export async function readLogFolder(folder: string): Promise<readonly LogFile[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') throw new LogError(`There is no folder ${folder}`);
    if (code === 'ENOTDIR')
      throw new LogError(`${folder} is a file: name the folder with the logs of all servers`);
    throw new LogError(`${folder} is not a folder that can be read: ${reason(error)}`);
  });
  const names = entries
    .filter((entry) => !entry.isDirectory() && /\.(log|out)(\.gz)?$/.test(entry.name))
    .map((entry) => entry.name)
    .sort();
  if (names.length === 0) {
    throw new LogError(`${folder} holds no logs: no file there ends in .log, .out, .log.gz or .out.gz`);
  }
  return Promise.all(names.map(async (name) => ({ name, lines: await readLines(join(folder, name), name) })));
}

/** The part of a recorded run's manifest.json that is used here; manifests of anything else are ignored. */
const Manifest = z.object({ config: z.object({ voters: z.array(z.int()).min(1) }) });

export async function votersOfManifest(folder: string): Promise<readonly number[] | undefined> {
  const text = await readFile(join(folder, 'manifest.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  return Manifest.safeParse(parseJson(text)).data?.config.voters;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new LogError(`manifest.json is no JSON: ${reason(error)}`);
  }
}
