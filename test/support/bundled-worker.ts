import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** The module that worker threads begin with, and all that it imports, as one file that starts quickly. Answers its address. */
export async function bundledWorker(entry: URL): Promise<string> {
  const outfile = join(mkdtempSync(join(tmpdir(), 'fencepost-worker-')), 'worker.mjs');
  await build({
    entryPoints: [fileURLToPath(entry)],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
  });
  return pathToFileURL(outfile).href;
}
