import { describe, expect, test } from 'vitest';
import { conclusion } from '../../../checker/diff/conclusion.ts';
import { diffDesigns } from '../../../checker/diff/diff.ts';
import type { Behaviour, DesignDiff, Side } from '../../../checker/diff/result.ts';
import { configure } from '../../../checker/language/configure.ts';
import { UsageError } from '../../../checker/language/errors.ts';
import { turnstile } from './turnstile.ts';

const diff = (from: string[], to: string[], options = {}): Promise<DesignDiff> =>
  diffDesigns(configure(turnstile, { changes: from }), configure(turnstile, { changes: to }), options);

const stepsOf = (one: Behaviour | undefined, { space }: Side): string | undefined =>
  one?.path.steps.map(({ instance }) => space.transitions.instances[instance]?.name).join(' ');

describe('what a change comes to', () => {
  test('it breaks something', async () => {
    const found = await diff([], ['crowbar']);
    expect(conclusion(found)).toEqual([
      'This change breaks paid (1 step).',
      'This change adds behaviour and takes none away.',
    ]);
    expect(stepsOf(found.gained, found.after)).toBe('push');
    expect(found.gained?.otherwise).toBe('push is not enabled: the last that it read is locked = true');
    expect(found.properties).toEqual([
      {
        name: 'paid',
        kind: 'always',
        before: { result: 'holds', steps: undefined },
        after: { result: 'violated', steps: 1 },
      },
      {
        name: 'two',
        kind: 'reachable',
        before: { result: 'reached', steps: 4 },
        after: { result: 'reached', steps: 2 },
      },
    ]);
  });

  test('it adds behaviour but breaks nothing', async () => {
    const found = await diff([], ['kick']);
    expect(conclusion(found)).toEqual(['This change adds behaviour, but breaks nothing.']);
    expect(stepsOf(found.gained, found.after)).toBe('kick');
    expect([found.lost, found.parting]).toEqual([undefined, undefined]);
  });

  test('it is invisible', async () => {
    const found = await diff([], ['otherwise']);
    expect(conclusion(found)).toEqual(['This change is invisible within these bounds.']);
    expect(found.pairs).toBe(found.before.result.distinct);
  });

  test('it leads to other states by the same steps', async () => {
    const found = await diff([], ['counter']);
    expect(conclusion(found)).toEqual(['Both designs make the same steps, but come to different states.']);
    expect(found.parting).toMatchObject({ components: ['shown'], before: { steps: { length: 2 } } });
  });

  test('a witness that is no longer reached is broken', async () => {
    const found = await diff([], ['onlyOnce']);
    expect(conclusion(found)).toEqual([
      'This change breaks two.',
      'This change takes behaviour away and adds none.',
    ]);
    expect(stepsOf(found.lost, found.before)).toBe('coin push coin push');
  });

  test('a fix that forbids only what had to come to a violation', async () => {
    const found = await diff(['crowbar'], []);
    expect(conclusion(found)).toEqual([
      'This change repairs paid (1 step).',
      'This fix forbids nothing that was legal: every run that it takes away had to come to a violation.',
      'This change takes behaviour away and adds none.',
    ]);
    expect(found.lostThoughLegal).toBeUndefined();
  });

  test('a fix that forbids something that was legal', async () => {
    const found = await diff(['crowbar'], ['onlyOnce']);
    expect(conclusion(found)).toEqual([
      'This change breaks two.',
      'This change repairs paid (1 step).',
      'This fix also forbids something that was legal: a run of 4 steps that need not violate anything.',
      'This change takes behaviour away and adds none.',
    ]);
    expect(stepsOf(found.lost, found.before)).toBe('push');
    expect(stepsOf(found.lostThoughLegal, found.before)).toBe('coin push coin push');
  });
});

describe('components that are observed', () => {
  test('a change of others is invisible', async () => {
    const found = await diff([], ['counter'], { observe: ['passed', 'locked'] });
    expect(conclusion(found)).toEqual([
      'This change is invisible to who looks at passed, locked alone within these bounds.',
    ]);
    const seen = await diff([], ['counter'], { observe: ['shown'] });
    expect(stepsOf(seen.gained, seen.after)).toBe('coin push');
    expect(seen.lost).toBeUndefined();
    expect(conclusion(seen)).toEqual(['This change adds behaviour, but breaks nothing.']);
  });

  test('a component that there is not is the fault of who asks', async () => {
    await expect(diff([], ['kick'], { observe: ['coin'] })).rejects.toThrow(UsageError);
    await expect(diff([], ['kick'], { observe: ['coin'] })).rejects.toThrow(
      "there is no component 'coin'. Did you mean 'coins'?",
    );
  });
});

describe('limits', () => {
  test('a limit of pairs leaves the comparison open, and says so', async () => {
    const found = await diff([], ['otherwise'], { maxPairs: 2 });
    expect(conclusion(found)).toEqual([
      'The comparison of behaviours stopped, the limit of 2 pairs of states: no difference so far.',
    ]);
  });

  test('so does a limit of states', async () => {
    const found = await diff([], ['crowbar'], { states: 3 });
    expect(found.before.result).toMatchObject({ complete: false, distinct: 3 });
    expect(found.stoppedBy).toBe('the limit of 3 states');
    expect(conclusion(found).at(-1)).toBe(
      'The comparison of behaviours stopped, the limit of 3 states: it adds behaviour.',
    );
  });
});

test('a property of one side alone is no news of behaviour', async () => {
  const { model, properties } = turnstile;
  const fewer = { model, properties: properties.filter(({ name }) => name !== 'two') };
  expect(conclusion(await diffDesigns(configure(turnstile), configure(fewer)))).toEqual([
    'Checked on one side only: two.',
    'Both designs make the same steps.',
  ]);
});
