import { join } from 'node:path';
import type { Io } from '../../cli/io.ts';
import { run } from '../../cli/run.ts';
import { root } from '../house/project-files.ts';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command in this process, which is much quicker than a process of its own. */
export async function fencepost(argv: readonly string[], io: Partial<Io> = {}): Promise<Ran> {
  let out = '';
  let err = '';
  const code = await run(argv, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    width: 100,
    color: false,
    progress: false,
    signal: new AbortController().signal,
    ...io,
  });
  return { code, out, err };
}

/** The path of a model in test/fixtures/models. */
export function fixture(name: string): string {
  return join(root, 'test/fixtures/models', name);
}
