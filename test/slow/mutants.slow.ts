import { expect, test } from 'vitest';
import { mutantList } from '../../checker/language/mutants.ts';
import { asDeclared, mutate } from '../../checker/search/mutate.ts';
import { houseModels } from '../../cli/models.ts';

const models = (await houseModels()).filter(
  ({ spec }) => mutantList(spec.model.definition.mutants).length > 0,
);

test.each(models.map(({ argument, spec }) => [argument, spec] as const))(
  '%s: each mutant is killed, or survives as declared',
  async (_, spec) => {
    const open: string[] = [];
    for await (const mutated of mutate(spec)) {
      if (asDeclared(mutated) !== true) open.push(`${mutated.name}: ${mutated.fate} ${mutated.why ?? ''}`);
    }
    expect(open).toEqual([]);
  },
);

test('election and broadcast have at least 25 that are killed', () => {
  const zookeeper = models.filter(({ argument }) => /^zookeeper\/(election|zab)/.test(argument));
  const all = zookeeper.flatMap(({ spec }) => mutantList(spec.model.definition.mutants));
  expect(all.filter(({ declared }) => declared.survives === undefined).length).toBeGreaterThanOrEqual(25);
});
