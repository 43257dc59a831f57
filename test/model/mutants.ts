import { type Spec, specOf } from '../../checker/language/index.ts';
import { asDeclared, type Mutated, mutate, unviolated } from '../../checker/search/mutate.ts';

/** The mutants of a model that did not end as declared, and the promises that nothing violates: not even a change. */
export async function undeclared(
  spec: Spec,
): Promise<{ readonly mutants: readonly string[]; readonly unviolated: readonly string[] }> {
  const all: Mutated[] = [];
  for await (const mutated of mutate(specOf(spec), { all: true })) all.push(mutated);
  const wrong = all.filter((one) => asDeclared(one) !== true);
  return {
    mutants: wrong.map(({ name, fate }) => `${name}: ${fate}`),
    unviolated: unviolated(specOf(spec), all),
  };
}
