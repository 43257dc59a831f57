import type { Spec } from '../../../checker/language/index.ts';
import { mutantList } from '../../../checker/language/mutants.ts';
import { mutate } from '../../../checker/search/mutate.ts';

/** What kills each mutant, with the steps of the shortest run (a witness that no run reaches has none); or that it survives. */
export async function killers(spec: Spec, leftOut: readonly string[] = []): Promise<Record<string, string>> {
  const names = mutantList(spec.model.definition.mutants).map(({ name }) => name);
  const mutants = names.filter((name) => !leftOut.includes(name));
  const found: Record<string, string> = {};
  for await (const { name, fate, kills, survives } of mutate(spec, { mutants })) {
    const [first] = kills;
    if (first) found[name] = `${first.property} ${first.steps ?? ''}`.trim();
    else found[name] = survives === undefined ? fate : `${fate} as declared`;
  }
  return found;
}
