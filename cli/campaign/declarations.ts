import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadModel } from '../models.ts';
import { userPosition } from '../user-module.ts';

export interface Position {
  readonly file: string;
  readonly line: number;
}

/** Where each property of the model is declared, by its name; nothing for a model that cannot be loaded. */
export async function declarationsOf(model: string): Promise<Record<string, Position>> {
  const loaded = await loadModel(model).catch(() => undefined);
  const found = (loaded?.spec.properties ?? []).flatMap(({ name, declared }) => {
    const at = userPosition(declared) ?? positionIn(declared.stack ?? '');
    return at === undefined ? [] : [[name, { ...at, file: asSeenFromHere(at.file) }] as const];
  });
  return Object.fromEntries(found);
}

/** The first line of the stack that is not the language's own. */
function positionIn(stack: string): Position | undefined {
  for (const [, path = '', line] of stack.matchAll(/(?:\(|at )((?:file:\/\/)?[^()\s]+?):(\d+):\d+\)?$/gm)) {
    if (/[/\\]checker[/\\]language[/\\]/.test(path) || path.startsWith('node:')) continue;
    const file = path.startsWith('file:') ? fileURLToPath(path) : path;
    return { file, line: Number(line) };
  }
  return undefined;
}

/** Those who read annotations know files by their place in the working directory, where they are there. */
function asSeenFromHere(file: string): string {
  const here = relative(process.cwd(), file);
  return here.startsWith('..') ? file : here;
}
