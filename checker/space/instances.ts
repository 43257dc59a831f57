import { deepFreeze, describe } from '../language/canonical.ts';
import { ModelError } from '../language/errors.ts';
import type { AnyParams, AnyRules, Instance } from '../language/model.ts';
import { formatInstance } from './layout.ts';
import { runPurely } from './purity.ts';

type Each = ((params: AnyParams, rules: AnyRules) => readonly Instance[]) | undefined;

/** What `each` lists for a run, with a name for each instance; without `each` the one instance `undefined`. @throws ModelError */
export function instancesOf(
  each: Each,
  params: AnyParams,
  rules: AnyRules,
): readonly { readonly instance: Instance | undefined; readonly suffix: string }[] {
  if (each === undefined) return [{ instance: undefined, suffix: '' }];
  const listed: unknown = runPurely(() => each(params, rules));
  if (!Array.isArray(listed)) throw new ModelError(`\`each\` answers ${describe(listed)}; expected a list`);
  const names = new Set<string>();
  return listed.map((instance: Instance) => {
    if (!(Array.isArray(instance) ? instance : [instance]).every(isKey))
      throw new ModelError(`\`each\` lists ${describe(instance)}; expected keys, or lists of keys`);
    const suffix = formatInstance(deepFreeze(instance));
    if (names.has(suffix)) throw new ModelError(`\`each\` lists the instance ${suffix} twice`);
    names.add(suffix);
    return { instance, suffix };
  });
}

function isKey(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number';
}
