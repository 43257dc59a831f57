import { expect, test } from 'vitest';
import { type Spec, specOf } from '../../checker/language/index.ts';
import { compareModel } from './compare.ts';

// The house's own models at small bounds, by the naive checker too; test/slow/oracle.slow.ts adds their changes.
test.each<[model: string, set?: Record<string, unknown>]>([
  ['examples/die-hard'],
  ['examples/two-phase-commit'],
  ['examples/peterson'],
  ['examples/dining-philosophers'],
  ['examples/ewd840'],
  ['examples/bounded-fifo', { messages: 2 }],
  ['kafka/async-isr'],
  ['zookeeper/election', { servers: 2 }],
])('%s', async (model, set = {}) => {
  const { default: spec } = (await import(/* @vite-ignore */ `../../invariants/${model}.ts`)) as {
    default: Spec;
  };
  expect(await compareModel(specOf(spec), { set }, 5000)).toBe(true);
});
