import { type Spec, specOf } from '../../checker/language/index.ts';
import { asDeclared, type Mutated, mutate, unviolated } from '../../checker/search/mutate.ts';

/** Without `all` each search ends with the first violation. The mutants of a model that did not end as declared, and the promises that nothing violates: not even a change. */
export async function undeclared(
  spec: Spec,
  { all = true }: { readonly all?: boolean } = {},
): Promise<{ readonly mutants: readonly string[]; readonly unviolated: readonly string[] }> {
  const found: Mutated[] = [];
  for await (const mutated of mutate(specOf(spec), { all })) found.push(mutated);
  const wrong = found.filter((one) => asDeclared(one) !== true);
  return {
    mutants: wrong.map(({ name, fate }) => `${name}: ${fate}`),
    unviolated: unviolated(specOf(spec), found),
  };
}
