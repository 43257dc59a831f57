import { expect, test } from 'vitest';
import { z } from 'zod';
import {
  anyOf,
  defineModel,
  ModelError,
  properties,
  type Spec,
  single,
} from '../../../checker/language/index.ts';
import type { Path } from '../../../checker/search/path.ts';
import type { SearchResult } from '../../../checker/search/result.ts';
import { type SimulateProgress, simulate } from '../../../checker/search/simulate.ts';
import type { Space } from '../../../checker/space/space.ts';
import { Successors } from '../../../checker/space/successors.ts';
import twoPhaseCommitSpec from '../../../invariants/examples/two-phase-commit.ts';
import { dieHard } from '../../../model/examples/die-hard.ts';
import { spaceOf } from '../trace/find.ts';
import { ballotSpec, boxesSpec } from '../trace/models.ts';

/** The puzzle as an invariant: its shortest violation has 6 steps. */
const unsolvable = properties(dieHard)
  .reachable('fourLitres', { when: (s) => s.big.value === 4 })
  .always('neverFour', {
    holds: (s) => s.big.value !== 4 || 'there are four litres in the big jug',
  });

/** A counter that goes up and down, up to `top`, and may be bounded. */
const counter = defineModel('test/counter', {
  about: 'up and down',
  params: z.strictObject({ top: z.int().default(3) }),
})
  .components(() => ({ n: single(z.int()), from: single(z.int()) }))
  .init(() => ({ n: anyOf([0, 1]), from: 0 }))
  .action('up', { next: (s, _, p) => (s.n.value < p.top ? [s.n.set(s.n.value + 1)] : undefined) })
  .action('idle', { next: (s, _, p) => (s.n.value < p.top ? [] : undefined) });

function checkPath(space: Space, path: Path | undefined): void {
  const states = path?.states ?? [];
  expect(space.initial.map((state) => state.join())).toContain(states[0]?.join());
  path?.steps.forEach((step, i) => {
    const successors = new Successors();
    const before = states[i] ?? new Int32Array(0);
    space.transitions.expand(before, successors);
    const next = Array.from({ length: successors.count }, (_, s) => {
      const after = Int32Array.from(before);
      successors.applyTo(after, s);
      const label = space.transitions.outcomes.labels[successors.label.at(s)];
      return `${successors.instance.at(s)} ${label} ${after.join()}`;
    });
    expect(next).toContain(`${step.instance} ${step.label} ${states[i + 1]?.join()}`);
  });
}

/** What must be the same for the same seed, on any machine. */
function essence({ seconds, bytes, evaluations, ...rest }: SearchResult): unknown {
  return rest;
}

test('a failing walk shrinks to a short real run', async () => {
  const lengths: number[] = [];
  for (let seed = 0; seed < 10; seed++) {
    const space = spaceOf(unsolvable);
    const result = await simulate(space, { seed, runs: 1000, steps: 200 });
    const [violation] = result.violations;
    expect(result).toMatchObject({ verdict: 'violated', complete: false, seed, distinct: undefined });
    expect(violation).toMatchObject({ property: 'neverFour', kind: 'always' });
    expect(violation?.sentence).toBe('there are four litres in the big jug');
    checkPath(space, violation?.path);
    const end = violation?.path?.states.at(-1) ?? new Int32Array(0);
    expect(space.states.failures(end)).toMatchObject([{ property: 'neverFour' }]);
    lengths.push(violation?.path?.steps.length ?? 0);
  }
  expect(Math.min(...lengths)).toBe(6);
  expect(Math.max(...lengths)).toBeLessThanOrEqual(8);
});

test('messages and crashes that do not matter are left out of the shrunk walk', async () => {
  const onlyLeaders: Spec = {
    model: ballotSpec.model,
    properties: ballotSpec.properties.filter(({ name }) => name === 'oneLeader'),
  };
  for (let seed = 0; seed < 5; seed++) {
    const space = spaceOf(onlyLeaders, { set: { servers: 4, crashes: 3 } });
    const { violations, depth } = await simulate(space, { seed, runs: 1000 });
    checkPath(space, violations[0]?.path);
    const length = violations[0]?.path?.steps.length ?? 0;
    expect(length).toBeLessThanOrEqual(12);
    expect(length).toBeLessThan(depth);
  }
});

test('the seed alone decides what is found', async () => {
  const run = async (seed: number, runs: number): Promise<unknown> =>
    essence(await simulate(spaceOf(unsolvable, { set: { big: 9, small: 7 } }), { seed, runs, steps: 30 }));
  expect(await run(7, 50)).toEqual(await run(7, 50));
  expect(await run(7, 50)).not.toEqual(await run(8, 50));
  // Pauses come at other moments in a space that is warm; they change nothing.
  const space = spaceOf(twoPhaseCommitSpec);
  const first = await simulate(space, { seed: 3, runs: 300 });
  expect(essence(await simulate(space, { seed: 3, runs: 300 }))).toEqual(essence(first));
});

test('without a violation the runs have passed, which is not to hold', async () => {
  const result = await simulate(spaceOf(twoPhaseCommitSpec), { runs: 200, steps: 40 });
  expect(result).toMatchObject({ verdict: 'passed', complete: false, runs: 200, depth: 41, violations: [] });
  expect(result.generated).toBe(200 * 41);
  expect([...result.taken.values()].reduce((a, b) => a + b)).toBe(200 * 40);
  expect(result.seed).toBeTypeOf('number');
  expect(result.properties.map(({ result }) => result)).not.toContain('holds');
});

test('witnesses come with the number of runs that reached them', async () => {
  const space = spaceOf(twoPhaseCommitSpec);
  const { witnesses, properties } = await simulate(space, { seed: 1, runs: 500, steps: 60 });
  const aborted = witnesses.find(({ property }) => property === 'canAbort');
  expect(aborted?.runs).toBeGreaterThan(400);
  expect(aborted?.runs).toBeLessThanOrEqual(500);
  expect(properties.find(({ name }) => name === 'canAbort')).toMatchObject({
    result: 'reached',
    premise: aborted?.runs,
  });
  for (const { path } of witnesses) checkPath(space, path);
});

test('a step out of the bounds is checked, but not taken', async () => {
  const bounded = counter.within((s) => s.n.value <= 2).deadlock('allowed');
  const passed = await simulate(spaceOf(bounded), { seed: 1, runs: 50, steps: 20 });
  expect(passed).toMatchObject({ verdict: 'passed', deadlocks: 0, depth: 21 });
  expect(passed.cut).toBeGreaterThan(0);
  const broken = properties(bounded).always('below3', { holds: (s) => s.n.value < 3 });
  const { violations } = await simulate(spaceOf(broken), { seed: 1, runs: 50 });
  expect(violations).toMatchObject([{ property: 'below3', path: { steps: { length: 2 } } }]);
});

test('a state without a step ends a run: a violation unless the model says otherwise', async () => {
  const dead = await simulate(spaceOf(counter), { seed: 1 });
  expect(dead).toMatchObject({
    verdict: 'violated',
    deadlocks: 1,
    violations: [{ property: 'deadlock', kind: 'deadlock', sentence: 'no action is enabled' }],
  });
  expect(dead.violations[0]?.path?.steps.length).toBeLessThanOrEqual(3); // idling is left out
  for (const fine of [counter.deadlock('allowed'), counter.deadlock((s) => s.n.value === 3)]) {
    expect(await simulate(spaceOf(fine), { runs: 20 })).toMatchObject({ verdict: 'passed', deadlocks: 20 });
  }
});

test('step properties: the violating step stays, even when it changes nothing', async () => {
  const noIdling = properties(counter.deadlock('allowed')).step('noIdling', {
    on: ['idle'],
    holds: (before) => before.n.value < 2 || `it idles at ${before.n.value}`,
  });
  const space = spaceOf(noIdling);
  const { violations } = await simulate(space, { seed: 2 });
  expect(violations).toMatchObject([{ property: 'noIdling', kind: 'step', sentence: 'it idles at 2' }]);
  const names = violations[0]?.path?.steps.map(({ instance }) => space.transitions.instances[instance]?.name);
  expect(names?.join(' ')).toMatch(/^(up )?up idle$/);
});

test('one walk may violate several properties at once', async () => {
  const two = properties(counter.deadlock('allowed'))
    .step('small', { holds: (_, after) => after.n.value < 2 })
    .always('small too', { holds: (s) => s.n.value < 2 });
  const { violations } = await simulate(spaceOf(two), { seed: 2 });
  expect(violations.map(({ property, kind }) => [property, kind])).toEqual([
    ['small', 'step'],
    ['small too', 'always'],
  ]);
});

test('outcomes with labels are choices of their own', async () => {
  const space = spaceOf(boxesSpec);
  const { violations } = await simulate(space, { seed: 1 });
  expect(violations[0]?.path?.steps).toHaveLength(4);
  checkPath(space, violations[0]?.path);
});

test('limits and Ctrl-C end it between runs; it says so', async () => {
  const forever = { runs: 1e9, seed: 1 };
  const timed = await simulate(spaceOf(twoPhaseCommitSpec), { ...forever, seconds: 0.1 });
  expect(timed).toMatchObject({ verdict: 'stopped', stoppedBy: 'the limit of 0.1 seconds' });
  expect(timed.runs).toBeGreaterThan(0);
  const seen: SimulateProgress[] = [];
  const control = new AbortController();
  setTimeout(() => control.abort(), 80);
  const stopped = await simulate(spaceOf(twoPhaseCommitSpec), {
    ...forever,
    signal: control.signal,
    onProgress: (progress) => seen.push(progress),
  });
  expect(stopped).toMatchObject({ verdict: 'stopped', stoppedBy: 'interrupted' });
  expect(seen.length).toBeGreaterThan(0);
  expect(seen[0]).toMatchObject({ of: 1e9 });
});

test('a fault of the model is no violation', async () => {
  const faulty = counter.action('burst', {
    next: (s) => (s.n.value < 3 ? undefined : [s.n.set(0.5)]),
  });
  await expect(simulate(spaceOf(faulty), { seed: 1 })).rejects.toThrow(ModelError);
  const mute = properties(counter).reachable('x', {
    when: () => {
      throw new Error('cannot say');
    },
  });
  await expect(simulate(spaceOf(mute), { seed: 1 })).rejects.toThrow(/cannot say/);
});
