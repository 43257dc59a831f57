import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { modelFile } from '../models.ts';

const ending = import.meta.url.slice(import.meta.url.lastIndexOf('.'));
const engine = fileURLToPath(new URL(`../program${ending}`, import.meta.url));

/**
 * A digest of all that decides what a model's runs come to: the code of its file and of whatever that imports, and the
 * checker's own. Comments, names of folders and the time of day are no part of it.
 */
export class Contents {
  private readonly known = new Map<string, Promise<string>>();

  of(model: string): Promise<string> {
    const digest = this.known.get(model) ?? digestOf([modelFile(model), engine]);
    this.known.set(model, digest);
    return digest;
  }
}

async function digestOf(files: readonly string[]): Promise<string> {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [...files],
    outdir: '/',
    write: false,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    minifySyntax: true,
    minifyWhitespace: true,
    logLevel: 'silent',
  });
  return sha256(outputFiles.map(({ text }) => text));
}

export function sha256(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}
