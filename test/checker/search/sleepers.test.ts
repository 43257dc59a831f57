import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Configuration, configure } from '../../../checker/language/configure.ts';
import { ModelError, specOf } from '../../../checker/language/index.ts';
import { Counts } from '../../../checker/search/counts.ts';
import { SleepSets } from '../../../checker/search/sleep-sets.ts';
import { type Listener, Visitor } from '../../../checker/search/visitor.ts';
import { Space } from '../../../checker/space/space.ts';
import { StateStore } from '../../../checker/space/state-store.ts';
import twoPhaseCommit from '../../../invariants/examples/two-phase-commit.ts';
import { modelTree } from '../../oracle/arbitraries.ts';
import { configurationOf } from '../../oracle/compare.ts';
import { cellsCut, cellsSpec, cellsTree } from '../../oracle/reduction/models.ts';

const LIMIT = 2000;

class CountingStore extends StateStore {
  looked = 0;

  override insertNear(...given: Parameters<StateStore['insertNear']>): number {
    this.looked++;
    return super.insertNear(...given);
  }
}

/** A search of all states up to a limit, with all that it comes to know, and how often it looked for a state. */
function explore(configuration: Configuration, sleeping: boolean) {
  const space = new Space(configuration);
  space.begin();
  const store = new CountingStore(space.layout);
  const counts = new Counts(space.transitions.instances.length);
  const told: unknown[] = [];
  /** A step by what takes it: its place in the list is another one when others sleep. */
  const step = (i: number): readonly number[] =>
    i < 0 ? [] : [visitor.successors.instance.at(i), visitor.successors.label.at(i)];
  const listener: Listener = {
    failed: (kind, failures, state, i) => told.push([kind, failures, state, step(i)]),
    reached: (witnesses, state, i) => told.push([witnesses, state, step(i)]),
    wasCut: () => told.push('cut'),
  };
  const sleep = sleeping ? new SleepSets(space.transitions.instances.length) : undefined;
  const visitor: Visitor = new Visitor(space, store, counts, listener, { sleep });
  for (const vector of space.initial) visitor.visitInitial(vector);
  while (counts.expanded < Math.min(store.count, LIMIT)) visitor.expand(counts.expanded);
  const vector = new Int32Array(space.layout.slots.length);
  const states = Array.from({ length: store.count }, (_, state) => {
    store.read(state, vector);
    return [store.parentOf(state), JSON.stringify(space.valuesOf(vector))];
  });
  const armed = [space.states.armed, space.steps.armed];
  return { found: { states, told, counts, armed }, looked: store.looked, cut: counts.cut };
}

describe('a search that lets steps sleep finds the same, in the same order', () => {
  test('in random models whose actions seldom have to do with one another', () => {
    let fewer = 0;
    fc.assert(
      fc.property(cellsTree, (tree) => {
        const configuration = configure(cellsSpec(tree));
        const all = explore(configuration, false);
        const some = explore(configuration, true);
        expect(some.found).toEqual(all.found);
        if (some.looked < 0.7 * all.looked) fewer++;
      }),
      { numRuns: 200 },
    );
    expect(fewer).toBeGreaterThan(100);
  });

  test('in the same under a constraint: what is cut is not expanded, and nothing may rely on it', () => {
    let fewer = 0;
    fc.assert(
      fc.property(cellsTree, cellsCut, (tree, cut) => {
        const configuration = configure(cellsSpec(tree, cut));
        const all = explore(configuration, false);
        const some = explore(configuration, true);
        expect(some.found).toEqual(all.found);
        if (all.cut > 0 && some.looked < 0.9 * all.looked) fewer++;
      }),
      { numRuns: 200 },
    );
    expect(fewer).toBeGreaterThan(30);
  });

  test('in random models of the whole language', () => {
    const fewer = { all: 0, cut: 0, askingSteps: 0 };
    fc.assert(
      fc.property(modelTree, (tree) => {
        const configuration = configurationOf(tree);
        let all: ReturnType<typeof explore>;
        try {
          all = explore(configuration, false);
        } catch (error) {
          if (!(error instanceof ModelError)) throw error;
          expect(() => explore(configuration, true)).toThrow(error.message);
          return;
        }
        const some = explore(configuration, true);
        expect(some.found).toEqual(all.found);
        if (some.looked === all.looked) return;
        fewer.all++;
        if (all.cut > 0) fewer.cut++;
        if (configuration.spec.properties.some(({ kind }) => kind === 'step')) fewer.askingSteps++;
      }),
      { numRuns: 500 },
    );
    expect(fewer.all).toBeGreaterThan(50);
    expect(fewer.cut).toBeGreaterThan(2);
    expect(fewer.askingSteps).toBeGreaterThan(10);
  });

  test('in two-phase commit, where hardly a state is looked for twice', () => {
    const configuration = configure(specOf(twoPhaseCommit), { set: { resourceManagers: 4 } });
    const all = explore(configuration, false);
    const some = explore(configuration, true);
    expect(some.found).toEqual(all.found);
    expect(some.found.states).toHaveLength(1568);
    expect(some.looked).toBeLessThan(1.3 * 1568);
    expect(all.looked).toBeGreaterThan(3 * 1568);
  });
});
