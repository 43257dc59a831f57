import { describe, expect, test } from 'vitest';
import { configure, type Request } from '../../../checker/language/configure.ts';
import { type Spec, specOf } from '../../../checker/language/index.ts';
import { bitstateSearch } from '../../../checker/search/bitstate.ts';
import { breadthFirst } from '../../../checker/search/breadth-first.ts';
import { replay } from '../../../checker/search/replay.ts';
import { BitStates, HASHES } from '../../../checker/space/bit-states.ts';
import { Space } from '../../../checker/space/space.ts';
import { traceOf } from '../../../checker/trace/trace.ts';
import twoPhaseCommit from '../../../invariants/examples/two-phase-commit.ts';
import election from '../../../invariants/zookeeper/election.ts';
import { tiny } from '../tiny.ts';

const spaceOf = (spec: Spec, request: Request = {}): Space => new Space(configure(spec, request));
const five = { set: { resourceManagers: 5 } };
const MiB = 2 ** 20;

describe('with bits to spare', () => {
  test('it visits what the exact search visits, whatever the order', async () => {
    const exact = await breadthFirst(spaceOf(twoPhaseCommit, five));
    const result = await bitstateSearch(spaceOf(twoPhaseCommit, five), {
      bytes: 4 * MiB,
      seed: 7,
      searches: 3,
    });
    expect([result.verdict, result.complete, result.distinct]).toEqual(['passed', false, exact.distinct]);
    expect(result.generated).toBe(3 * exact.generated);
    expect(result.bitstate?.searches).toBe(3);
    expect(result.bitstate?.omission).toBeLessThan(1e-8);
    expect(result.witnesses.map(({ property }) => property).toSorted()).toEqual(['canAbort', 'canCommit']);
    expect(result.properties.map((property) => property.result)).not.toContain('holds');
  });

  test('a violation comes with a run of the model', async () => {
    const request = { set: { resourceManagers: 3 }, changes: ['preparedMayAbort'] };
    const space = spaceOf(twoPhaseCommit, request);
    const result = await bitstateSearch(space, { bytes: MiB, seed: 1 });
    expect(result.verdict).toBe('violated');
    for (const violation of result.violations)
      expect(replay(spaceOf(twoPhaseCommit, request), traceOf(space, violation)).verdict).toBe('replayed');
  });

  test('the same seed makes the same search', async () => {
    const request = { set: { resourceManagers: 3 }, changes: ['preparedMayAbort'] };
    const once = async (seed: number) => {
      const { generated, violations } = await bitstateSearch(spaceOf(twoPhaseCommit, request), {
        bytes: MiB,
        seed,
      });
      return [generated, violations.map(({ path }) => path?.steps)];
    };
    expect(await once(3)).toEqual(await once(3));
    expect(await once(3)).not.toEqual(await once(4));
  });

  test('a deadlock is found, and a limit of depth is told', async () => {
    const stuck = tiny.action('once', {
      next: (s) => (s.count.value < 2 ? [s.count.set(s.count.value + 1)] : undefined),
    });
    const found = await bitstateSearch(spaceOf(specOf(stuck)), { bytes: 1024, seed: 1 });
    expect(found.violations.map(({ property, path }) => [property, path?.steps.length])).toEqual([
      ['deadlock', 2],
    ]);
    const result = await bitstateSearch(spaceOf(twoPhaseCommit, five), { bytes: MiB, seed: 1, depth: 4 });
    expect([result.verdict, result.stoppedBy, result.depth]).toEqual(['stopped', 'the limit of 4 levels', 4]);
  });
});

test('with too few bits it visits less, and says how likely that was', async () => {
  const exact = await breadthFirst(spaceOf(election));
  const result = await bitstateSearch(spaceOf(election), { bytes: 2 ** 15, seed: 5 });
  expect(result.distinct).toBeLessThan(0.9 * (exact.distinct ?? 0));
  expect(result.bitstate?.omission).toBeGreaterThan(0.05);
  expect(result.verdict).toBe('passed');
});

test('as many states are left out as the fill of the bits tells', () => {
  const states = new BitStates(2 ** 16, 11);
  const offered = 150_000;
  let expected = 0;
  for (let n = 0; n < offered; n++) {
    expected += states.fill ** HASHES;
    states.add(Int32Array.of(n % 300, Math.floor(n / 300), 3));
  }
  const left = offered - states.count;
  expect(expected).toBeGreaterThan(5000);
  expect(Math.abs(left - expected)).toBeLessThan(0.05 * expected);
  expect(states.omission).toBeCloseTo(states.fill ** 3);
});
