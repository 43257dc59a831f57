import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** The module that worker threads begin with, and all that it imports, as one file: hundreds of them are started. */
export async function bundledWorker(): Promise<string> {
  const outfile = join(mkdtempSync(join(tmpdir(), 'fencepost-worker-')), 'worker.mjs');
  const entry = fileURLToPath(new URL('./worker.ts', import.meta.url));
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
  });
  return pathToFileURL(outfile).href;
}
