import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { configure, type Request } from '../../../checker/language/configure.ts';
import {
  defineModel,
  family,
  properties,
  range,
  ref,
  type Spec,
  single,
} from '../../../checker/language/index.ts';
import { breadthFirst } from '../../../checker/search/breadth-first.ts';
import { only } from '../../../checker/search/only.ts';
import { replay } from '../../../checker/search/replay.ts';
import type { SearchResult } from '../../../checker/search/result.ts';
import { symmetricSearch } from '../../../checker/search/symmetric.ts';
import { Space } from '../../../checker/space/space.ts';
import { traceOf } from '../../../checker/trace/trace.ts';
import twoPhaseCommit from '../../../invariants/examples/two-phase-commit.ts';
import replicationAbstract from '../../../invariants/kafka/replication-abstract.ts';
import election from '../../../invariants/zookeeper/election.ts';
import { expectSymmetric } from '../../support/symmetric.ts';

const search = (spec: Spec, request: Request = {}): Promise<SearchResult> =>
  symmetricSearch(new Space(configure(spec, request)), { all: true });

const safetyOf = (spec: Spec): Spec =>
  only(
    spec,
    spec.properties.filter(({ kind }) => kind === 'always' || kind === 'reachable').map(({ name }) => name),
  );

describe('one state an orbit', () => {
  // The orbits of two-phase commit as Burnside's lemma has them; those of KIP-320, 3 2 2 2, are among the slow tests.
  test.each([
    [3, 80],
    [5, 314],
    [7, 920],
  ])('two-phase commit with %i resource managers: %i', async (resourceManagers, orbits) => {
    const result = await search(twoPhaseCommit, { set: { resourceManagers } });
    expect([result.verdict, result.distinct, result.symmetry]).toEqual(['holds', orbits, 'resourceManager']);
  });

  test('replication-abstract with two replicas: 2987 of 5973', async () => {
    const result = await search(safetyOf(replicationAbstract));
    expect([result.verdict, result.distinct, result.depth]).toEqual(['holds', 2987, 18]);
  });
});

test('a counterexample is a run of the model, as short as without symmetry', async () => {
  const request = { set: { resourceManagers: 4 }, changes: ['preparedMayAbort'] };
  const space = new Space(configure(twoPhaseCommit, request));
  const full = await breadthFirst(new Space(configure(twoPhaseCommit, request)));
  const { violations } = await symmetricSearch(space);
  expect(violations.map(({ property, path }) => [property, path?.steps.length])).toEqual(
    full.violations.map(({ property, path }) => [property, path?.steps.length]),
  );
  for (const violation of violations) {
    expect(replay(new Space(configure(twoPhaseCommit, request)), traceOf(space, violation)).verdict).toBe(
      'replayed',
    );
  }
});

describe('the declared symmetry of', () => {
  test('two-phase commit', () => expectSymmetric(twoPhaseCommit, { set: { resourceManagers: 4 } }));
  test('replication-abstract', () => expectSymmetric(replicationAbstract, { set: { replicas: 3 } }));
});

/** Members that raise their hands, at most one of which is chosen. */
const hands = defineModel('hands', { about: 'for tests', params: z.strictObject({}) })
  .components(() => ({
    up: family(range(3), z.boolean()),
    chosen: single(ref('member', { min: 0 }).nullable()),
  }))
  .symmetric('member', { keys: () => range(3), components: ['up'] })
  .init(() => ({ up: false, chosen: null }))
  .action('raise', {
    each: () => range(3),
    next: (s, i) => (s.up(i).value ? undefined : [s.up(i).set(true)]),
  })
  .deadlock('allowed');

const choosing = hands.action('choose', {
  each: () => range(3),
  next: (s, i) => (s.chosen.value === null && s.up(i).value ? [s.chosen.set(i)] : undefined),
});

describe('refused with a sentence', () => {
  const messageOf = async (spec: Spec): Promise<string> => {
    try {
      await search(spec);
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
    return 'it was searched';
  };

  test('a model that declares no symmetry', async () => {
    expect(await messageOf(only(election, []))).toContain(
      'does not declare that any of its members are interchangeable',
    );
  });

  test('temporal properties and step properties', async () => {
    const temporal = properties(choosing).temporal('someoneIsChosen', {
      source: 'seeded',
      eventually: (s) => s.chosen.value !== null,
    });
    const step = properties(choosing).step('hardlyEver', { source: 'seeded', holds: () => true });
    expect(await messageOf(temporal)).toContain(
      'someoneIsChosen is a temporal property, which --symmetry cannot check',
    );
    expect(await messageOf(step)).toContain('hardlyEver is a step property, which --symmetry cannot check');
  });

  test('a constraint', async () => {
    const cut = { model: choosing.within((s) => !s.up(2).value), properties: [] };
    expect(await messageOf(cut)).toContain('cut off by a constraint');
  });

  test('a property that knows a member by its key', async () => {
    const spec = properties(choosing).always('neverTheLast', {
      source: 'seeded',
      holds: (s) => s.chosen.value !== 2 || !s.up(0).value || !s.up(1).value,
    });
    expect((await breadthFirst(new Space(configure(spec)))).verdict).toBe('violated');
    expect(await messageOf(spec)).toContain("neverTheLast is not symmetric in 'member'");
  });

  test('an action of one member alone', async () => {
    const first = hands.action('choose', {
      next: (s) => (s.chosen.value === null && s.up(2).value ? [s.chosen.set(2)] : undefined),
    });
    expect(await messageOf({ model: first, properties: [] })).toContain(
      "choose is not symmetric in 'member'",
    );
    expect(() => expectSymmetric({ model: first, properties: [] })).toThrow();
  });

  test('an initial state that favours a member', async () => {
    const favoured = { model: choosing.init(() => ({ up: (i) => i === 0, chosen: null })), properties: [] };
    expect(await messageOf(favoured)).toContain("init is not symmetric in 'member'");
  });
});
