import { expect, test } from 'vitest';
import { mutantList } from '../../checker/language/mutants.ts';
import { asDeclared, type Mutated, mutate, unviolated } from '../../checker/search/mutate.ts';
import { houseModels } from '../../cli/models.ts';

const models = (await houseModels()).filter(
  ({ spec }) => mutantList(spec.model.definition.mutants).length > 0,
);

test.each(models.map(({ argument, spec }) => [argument, spec] as const))(
  '%s: each mutant is killed, or survives as declared',
  async (argument, spec) => {
    const all: Mutated[] = [];
    for await (const mutated of mutate(spec)) all.push(mutated);
    const open = all.filter((mutated) => asDeclared(mutated) !== true);
    expect(open.map(({ name, fate, why }) => `${name}: ${fate} ${why ?? ''}`)).toEqual([]);
    // The promises of Zab's rules are all put to the test.
    if (argument.startsWith('zookeeper/zab')) expect(unviolated(spec, all)).toEqual([]);
  },
);

test('election and broadcast have at least 25 that are killed', () => {
  const zookeeper = models.filter(({ argument }) => /^zookeeper\/(election|zab)/.test(argument));
  const all = zookeeper.flatMap(({ spec }) => mutantList(spec.model.definition.mutants));
  expect(all.filter(({ declared }) => declared.survives === undefined).length).toBeGreaterThanOrEqual(25);
});
