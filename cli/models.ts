import { readdirSync } from 'node:fs';
import { extname, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UsageError } from '../checker/language/errors.ts';
import type { FaultTable } from '../checker/language/fault-table.ts';
import type { AnyModel } from '../checker/language/model.ts';
import { suggestion } from '../checker/language/nearest.ts';
import { type Spec, specOf } from '../checker/language/properties.ts';
import { UserError } from './errors.ts';
import type { Bundle } from './user-module.ts';

/** A spec and what a user types to get it: `zookeeper/election`, or the path of a file of their own. */
export interface LoadedModel {
  readonly argument: string;
  readonly spec: Spec;
  /** Of a user's own file: the code that runs. */
  readonly bundle?: Bundle | undefined;
  /** The export `faults` of a model of the house. */
  readonly faults?: FaultTable | undefined;
}

// The models of the house are found by listing the folder next to the running code, in the source and in dist alike.
const ending = extname(import.meta.url);
const folder = new URL('../invariants/', import.meta.url);

/** The names under invariants/; a file that helps others and exports no model of its own is among them. */
function candidates(): readonly string[] {
  const path = fileURLToPath(folder);
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending) && !entry.name.endsWith('.d.ts'))
    .map((entry) => relative(path, `${entry.parentPath}${sep}${entry.name}`).split(sep).join('/'))
    .map((file) => file.slice(0, -ending.length))
    .sort();
}

async function houseModel(name: string): Promise<LoadedModel | undefined> {
  const module = (await import(/* @vite-ignore */ new URL(name + ending, folder).href)) as Exports;
  if (!isSpec(module.default)) return;
  return {
    argument: name,
    spec: specOf(module.default),
    faults: module.faults as FaultTable | undefined,
  };
}

/** Every model of the house. */
export async function houseModels(): Promise<readonly LoadedModel[]> {
  const models = await Promise.all(candidates().map(houseModel));
  return models.filter((model) => model !== undefined);
}

/** A model of the house by its name, or a user's own by the path of its file. @throws UsageError, UserError, ModelError */
export async function loadModel(argument: string): Promise<LoadedModel> {
  const name = argument.replaceAll('\\', '/');
  const model = candidates().includes(name) ? await houseModel(name) : undefined;
  if (model !== undefined) return model;
  if (/^\.{0,2}\//.test(name) || /\.[mc]?[jt]sx?$/.test(name) || /^[a-z]:\//i.test(name))
    return userModel(argument);
  const known = (await houseModels()).map((each) => each.argument);
  throw new UsageError(
    `There is no model '${argument}'.${suggestion(argument, known)} A model of your own is named by its file, such as ./my-model.ts.`,
  );
}

/** The file in which a model stands, whether there is one or not. */
export function modelFile(argument: string): string {
  const name = argument.replaceAll('\\', '/');
  return candidates().includes(name) ? fileURLToPath(new URL(name + ending, folder)) : resolve(argument);
}

type Exports = Readonly<Record<string, unknown>>;

async function userModel(file: string): Promise<LoadedModel> {
  const { bundleUserModule } = await import('./user-module.ts');
  return bundledModel(await bundleUserModule(file));
}

/** The model in a bundle, perhaps one that another thread has made. @throws UserError, ModelError */
export async function bundledModel(bundle: Bundle): Promise<LoadedModel> {
  const { importBundle } = await import('./user-module.ts');
  const { file } = bundle;
  return { argument: file, bundle, spec: specOf(theModel(file, await importBundle(bundle))) };
}

/** The default export, or else the only model exported; a model with properties goes before a bare one. */
function theModel(file: string, exports: Exports): Spec | AnyModel {
  if (isSpec(exports.default) || isModel(exports.default)) return exports.default;
  for (const is of [isSpec, isModel]) {
    const found = Object.entries(exports).filter(([, value]) => is(value));
    const values = new Set(found.map(([, value]) => value));
    if (values.size > 1) {
      const names = found.map(([name]) => name).join(', ');
      throw new UserError(
        `${file} exports several models (${names}): make the one to check its default export.`,
      );
    }
    for (const value of values) return value as Spec | AnyModel;
  }
  throw new UserError(
    `${file} exports no model: its default export must be what defineModel(...) or properties(...) begins.`,
  );
}

function isModel(value: unknown): value is AnyModel {
  if (!isObject(value) || typeof value.name !== 'string' || !isObject(value.definition)) return false;
  return Array.isArray(value.definition.actions) && isObject(value.definition.changes);
}

function isSpec(value: unknown): value is Spec {
  return isObject(value) && isModel(value.model) && Array.isArray(value.properties);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
