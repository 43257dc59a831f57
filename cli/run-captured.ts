import type { Io } from './io.ts';
import { run } from './run.ts';

/** What a command answered, and all that it printed. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs one command in this process and collects what it prints, as for a file: 100 columns, no colours, no progress. */
export async function runCaptured(argv: readonly string[], io: Partial<Io> = {}): Promise<Ran> {
  let [out, err] = ['', ''];
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
