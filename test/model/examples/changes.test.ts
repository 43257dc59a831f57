import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Spec, specOf } from '../../../checker/language/index.ts';
import { explore, violated } from './explore.ts';

const folder = new URL('../../../invariants/examples/', import.meta.url);
const specs: readonly Spec[] = await Promise.all(
  readdirSync(folder).map(async (file) => {
    const module: { default: Spec } = await import(new URL(file, folder).href);
    return specOf(module.default);
  }),
);

const changes = specs.flatMap((spec) =>
  Object.entries(spec.model.definition.changes).map(
    ([name, change]) => [spec.model.name, name, spec, change] as const,
  ),
);

test.each(changes)(
  '%s: the change %s breaks what it says and nothing else',
  async (_, name, spec, change) => {
    const set = change.at ?? {};
    expect(violated(await explore(spec, { set }))).toEqual([]);
    const changed = await explore(spec, { set, changes: [name] });
    expect(changed.complete).toBe(true);
    expect(violated(changed)).toEqual([...(change.breaks ?? [])].sort());
  },
);

test.each(specs.map((spec) => [spec.model.name, spec] as const))(
  '%s: each promise can be broken',
  (_, spec) => {
    const broken = changes.filter(([, , of]) => of === spec).flatMap(([, , , change]) => change.breaks ?? []);
    const promises = spec.properties.filter(({ kind }) => kind === 'always' || kind === 'step');
    expect(broken.length).toBeGreaterThan(0);
    expect(promises.map(({ name }) => name).filter((name) => !broken.includes(name))).toEqual([]);
  },
);

test('there are twelve textbook models', () => {
  expect(specs.length).toBe(12);
});
