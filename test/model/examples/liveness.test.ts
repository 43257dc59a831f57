import { expect, test } from 'vitest';
import type { Fairness, Spec } from '../../../checker/language/index.ts';
import alternatingBit from '../../../invariants/examples/alternating-bit.ts';
import diningPhilosophers from '../../../invariants/examples/dining-philosophers.ts';
import ewd840 from '../../../invariants/examples/ewd840.ts';
import liveHourClock from '../../../invariants/examples/live-hour-clock.ts';
import peterson from '../../../invariants/examples/peterson.ts';
import readersWriters from '../../../invariants/examples/readers-writers.ts';
import { explore } from './explore.ts';

/** The spec with another fairness for some actions. */
function withFairness({ model, properties }: Spec, fairness: (action: string) => Fairness | undefined): Spec {
  const { definition, name, about } = model;
  const actions = definition.actions.map((action) => {
    return { ...action, fairness: fairness(action.name) ?? action.fairness ?? 'none' };
  });
  return { model: { name, about, definition: { ...definition, actions } }, properties };
}

const temporal = ({ properties }: Spec): string[] =>
  properties.filter(({ kind }) => kind === 'temporal').map(({ name }) => name);

// The verdicts that tlaplus/Examples has for its modules, with the fairness that they state.
const live: [Spec, Record<string, number>][] = [
  [ewd840, { nodes: 3 }],
  [ewd840, { nodes: 4 }],
  [liveHourClock, {}],
  [alternatingBit, { data: 2, queue: 2 }],
  [diningPhilosophers, { philosophers: 5 }],
  [readersWriters, { actors: 2 }],
  [readersWriters, { actors: 3 }],
  [peterson, {}],
];

test.each(live.map(([spec, set]) => [spec.model.name, set, spec] as const))(
  '%s with %j does what it must',
  async (_, set, spec) => {
    const { properties } = await explore(spec, { set });
    const found = properties.filter(({ kind }) => kind === 'temporal');
    expect(found.map(({ name, result }) => [name, result])).toEqual(
      temporal(spec).map((name) => [name, 'holds']),
    );
    expect(found.filter(({ premise }) => premise === 0)).toEqual([]);
  },
);

test.each(live.map(([spec, set]) => [spec.model.name, set, spec] as const))(
  '%s with %j and without fairness may stop at once, so that nothing ever comes',
  async (_, set, spec) => {
    const unfair = await explore(
      withFairness(spec, () => 'none'),
      { set },
    );
    expect(unfair.violations.filter(({ kind }) => kind === 'temporal').length).toBe(temporal(spec).length);
    expect(unfair.liveness?.assumptions).toEqual([]);
  },
);

test('the alternating bit needs that what is sent again and again arrives: weak fairness does not do', async () => {
  const weak = withFairness(alternatingBit, (name) => (name === 'receive' ? 'weak' : undefined));
  const { violations } = await explore(weak);
  expect(violations.map(({ property }) => property).sort()).toEqual(['sentIsAcknowledged', 'sentIsReceived']);
  for (const { path, loop = 0 } of violations) expect(path?.steps.length).toBeGreaterThan(loop);
});

test('the alternating bit with queues that the search cuts says nothing of liveness', async () => {
  const result = await explore(alternatingBit, { set: { full: 'cut' } });
  const open = result.properties.filter((property) => property.result === 'unchecked');
  expect([result.verdict, open.map(({ name }) => name)]).toEqual(['holds', temporal(alternatingBit)]);
  expect(result.liveness?.unchecked).toContain('constraint');
  expect(result.liveness?.transitions).toBeLessThan(1_056);
});
