import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { basename, dirname, extname, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { BuildFailure, Message, Plugin } from 'esbuild';
import { UserError } from './errors.ts';

// A user's model file may lie anywhere, is TypeScript without a build step, and must share the language with the
// copy of Fencepost that runs it: with a second copy, instanceof and registries would fail in obscure ways.
// So the file and what it imports are bundled in memory, and in the bundle `fencepost` is a view of the modules
// that run already. This needs no loader hooks, which Node runs on another thread and is about to replace.

type Namespace = Record<string, unknown>;

/** What the bundles of this process may import, by number. It is on globalThis because a bundle sees nothing else. */
const shared = globalThis as unknown as Record<symbol, Namespace[] | undefined>;
const runningKey = 'fencepost.running-modules';
shared[Symbol.for(runningKey)] ??= [];
const runningModules = shared[Symbol.for(runningKey)] as Namespace[];

const runsFromSource = import.meta.url.endsWith('.ts');
const checkout = fileURLToPath(new URL(runsFromSource ? '..' : '../..', import.meta.url));

/** Which of the running modules have which numbers, so that another thread can have the same. */
const registered: RunningModule[] = [];

interface RunningModule {
  readonly number: number;
  /** What the bundle imports: fencepost, fencepost/model/..., checker/... */
  readonly path: string;
}

/** A user's model file and what it imports, as this process runs it: another thread can import the same. */
export interface Bundle {
  readonly file: string;
  /** An address that import() takes. */
  readonly url: string;
  /** The same for the same code, in every process. */
  readonly digest: string;
  readonly modules: readonly RunningModule[];
}

const sourceMaps: { map: SourceMap; folder: string }[] = [];
const bundleName = 'fencepost-user-module';

/**
 * Loads a model file of the user's own (.ts, .mts, .js, .mjs) and returns what it exports. Each call evaluates the
 * file anew. Whatever is wrong with the file is a UserError.
 */
export async function importUserModule(file: string): Promise<Record<string, unknown>> {
  return importBundle(await bundleUserModule(file));
}

/** @throws UserError */
export async function bundleUserModule(file: string): Promise<Bundle> {
  return { file, ...(await bundle(file, existingFile(file))), modules: registered.slice() };
}

/** What the bundle exports; it may have been made by another thread. @throws UserError */
export async function importBundle({ file, url, modules }: Bundle): Promise<Record<string, unknown>> {
  for (const { number, path } of modules) {
    runningModules[number] ??= (await runningModule(path)) as Namespace;
  }
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 100;
  try {
    return (await import(/* @vite-ignore */ url)) as Namespace;
  } catch (error) {
    throw cannotLoad(file, place(resolve(file), userPosition(error)), messageOf(error), error);
  } finally {
    Error.stackTraceLimit = limit;
  }
}

/** The topmost place in a user's file that an error's stack names, so that a message can say where a model fails. */
export function userPosition(error: unknown): { file: string; line: number } | undefined {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  for (const [, id, line, column] of stack.matchAll(new RegExp(`${bundleName}-(\\d+):(\\d+):(\\d+)`, 'g'))) {
    const source = sourceMaps[Number(id)];
    const entry = source?.map.findEntry(Number(line) - 1, Number(column) - 1);
    if (source === undefined || entry === undefined || !('originalSource' in entry)) continue;
    return {
      file: resolve(source.folder, decodeURIComponent(entry.originalSource)),
      line: entry.originalLine + 1,
    };
  }
  return undefined;
}

function existingFile(file: string): string {
  const path = resolve(file);
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) {
    throw new UserError(
      `There is no file ${file}: check the path, or name a model that "fencepost list" shows`,
    );
  }
  if (!stats.isFile() || !['.ts', '.mts', '.js', '.mjs'].includes(extname(path))) {
    throw new UserError(`${file} is no model file: give a file whose name ends in .ts, .mts, .js or .mjs`);
  }
  return path;
}

/** The file and all that it imports as one module, in the form of an address that import() takes. */
async function bundle(file: string, path: string): Promise<Pick<Bundle, 'url' | 'digest'>> {
  const { build } = await import('esbuild'); // only here: every other command starts without it
  const folder = dirname(path);
  try {
    const { outputFiles } = await build({
      entryPoints: [path],
      absWorkingDir: folder,
      outdir: folder,
      write: false,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: `node${process.versions.node}`,
      charset: 'utf8',
      tsconfigRaw: {},
      sourcemap: 'external',
      sourcesContent: false,
      logLevel: 'silent',
      define: {
        'import.meta.url': JSON.stringify(pathToFileURL(path).href),
        'import.meta.filename': JSON.stringify(path),
        'import.meta.dirname': JSON.stringify(folder),
      },
      plugins: [runningCopy],
    });
    const text = (ending: string): string =>
      outputFiles.find((each) => each.path.endsWith(ending))?.text ?? '';
    const map = new SourceMap(JSON.parse(text('.js.map')) as SourceMapPayload);
    const id = sourceMaps.push({ map, folder }) - 1;
    // The name is what a stack shows; a custom Error.prepareStackTrace may show the address instead.
    const name = `${bundleName}-${id}`;
    const code = Buffer.from(`${text('.js')}\n//# sourceURL=${name}\n`);
    const numbers = new RegExp(`(${runningKey}["']\\)\\])\\[\\d+\\]`, 'g');
    return {
      url: `data:text/javascript;base64,${code.toString('base64')}#${name}`,
      digest: createHash('sha256').update(text('.js').replaceAll(numbers, '$1')).digest('hex'),
    };
  } catch (error) {
    const [problem] = (error as Partial<BuildFailure>).errors ?? [];
    if (problem === undefined) throw cannotLoad(file, '', messageOf(error), error);
    const { location } = problem;
    const at = location === null ? undefined : { file: resolve(folder, location.file), line: location.line };
    throw cannotLoad(file, place(path, at), whatIsWrong(problem), error);
  }
}

/**
 * Resolves `fencepost` and the subpaths that package.json exports to the modules that run. So it does with files of
 * the checker, which a model of the house imports by their path: a contributor may check such a file before a build.
 */
const runningCopy: Plugin = {
  name: 'fencepost',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^fencepost(\/|$)/ }, ({ path }) => ({ path, namespace: 'fencepost' }));
    onResolve({ filter: /^\..*\/checker\// }, ({ path, resolveDir }) => {
      const inside = relative(checkout, resolve(resolveDir, path)).replaceAll('\\', '/');
      return inside.startsWith('checker/') ? { path: inside, namespace: 'fencepost' } : undefined;
    });
    onLoad({ filter: /.*/, namespace: 'fencepost' }, async ({ path }) => {
      const running = await runningModule(path);
      if (running === undefined) return { errors: [{ text: `Could not resolve "${path}"` }] };
      const index = runningModules.push(running) - 1;
      registered.push({ number: index, path });
      const names = Object.keys(running);
      return {
        contents: [
          `const running = globalThis[Symbol.for('${runningKey}')][${index}];`,
          ...names.map((name, i) => `const $${i} = running[${JSON.stringify(name)}];`),
          `export { ${names.map((name, i) => `$${i} as ${name}`).join(', ')} };`,
        ].join('\n'),
      };
    });
  },
};

async function runningModule(path: string): Promise<Namespace | undefined> {
  if (path === 'fencepost') return await import('../index.ts');
  const [, exported, own] =
    /^(?:fencepost\/((?:model|invariants)(?:\/[\w-]+)+)|(checker\/.*)\.ts)$/.exec(path) ?? [];
  const url = new URL(`../${exported ?? own}${extname(import.meta.url)}`, import.meta.url);
  if (statSync(fileURLToPath(url), { throwIfNoEntry: false }) === undefined) return undefined;
  return (await import(/* @vite-ignore */ url.href)) as Namespace;
}

function whatIsWrong({ text }: Message): string {
  const missing = /^Could not resolve "(.*)"$/.exec(text)?.[1];
  if (missing === undefined) return text.replace('"fencepost:', '"');
  const wayOut = /^[./]/.test(missing)
    ? 'check the path'
    : 'install that package beside the file, or import from "fencepost", which has zod\'s z too';
  return `"${missing}" is not found; ${wayOut}`;
}

/** ` (line 3)`, or for a file that the user's file imports ` (line 3 of helper.ts)`. */
function place(path: string, at: { file: string; line: number } | undefined): string {
  if (at === undefined) return '';
  const file = relative(dirname(path), at.file);
  return file === basename(path) ? ` (line ${at.line})` : ` (line ${at.line} of ${file})`;
}

function cannotLoad(file: string, where: string, reason: string, cause: unknown): UserError {
  return new UserError(`${file} cannot be loaded${where}: ${reason.replaceAll(/\s*\n\s*/g, ' ').trim()}`, {
    cause,
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}
