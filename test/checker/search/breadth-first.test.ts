import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  type AnyModel,
  anyOf,
  choose,
  defineModel,
  family,
  operation,
  properties,
  range,
  type Spec,
  single,
} from '../../../checker/language/index.ts';
import { breadthFirst } from '../../../checker/search/breadth-first.ts';
import type { Path } from '../../../checker/search/path.ts';
import type { SearchResult } from '../../../checker/search/result.ts';
import { Space } from '../../../checker/space/space.ts';
import { type Any, search, spaceOf } from '../tiny.ts';

type Init = Any;

/** One number from 0 to `last`; each action is a list of edges, from one number to several. */
function graph(edges: Record<string, Record<number, number[]>>, init: Init = { at: 0 }): Any {
  let model: Any = defineModel('graph', { about: '', params: z.strictObject({}) })
    .components(() => ({ at: single(z.int()) }))
    .init(() => init);
  for (const [name, to] of Object.entries(edges)) {
    model = model.action(name, {
      next: (s: Any) => {
        const targets = to[s.at.value];
        return (
          targets &&
          choose(
            targets,
            (n: number) => [s.at.set(n)],
            (n: number) => `${n}`,
          )
        );
      },
    });
  }
  return model;
}

const counted = async (model: Spec | AnyModel): Promise<Partial<SearchResult>> => {
  const { distinct, generated, depth, cut, deadlocks, initial, verdict, complete } = await search(model, {
    all: true,
  });
  return { distinct, generated, depth, cut, deadlocks, initial, verdict, complete };
};
const fine = { cut: 0, deadlocks: 0, initial: 1, verdict: 'holds', complete: true };
const names = ({ violations }: SearchResult): string[] => violations.map(({ property }) => property);
const written = (path: Path | undefined, space: Space): unknown[] =>
  (path?.states ?? []).map((vector, i) => [
    ...(i === 0
      ? []
      : [space.transitions.instances[path?.steps[i - 1]?.instance ?? -1]?.name, path?.steps[i - 1]?.label]),
    space.valuesOf(vector).at,
  ]);

describe('what is counted', () => {
  test('a self-loop is generated, no state, and no deadlock', async () => {
    expect(await counted(graph({ stay: { 0: [0] } }))).toEqual({
      ...fine,
      distinct: 1,
      generated: 2,
      depth: 1,
    });
  });

  test('an empty list of updates is a step too', async () => {
    const model = graph({}).action('nothing', { next: () => [] });
    expect(await counted(model)).toEqual({ ...fine, distinct: 1, generated: 2, depth: 1 });
  });

  test('a duplicate is generated each time: by each action, instance and alternative', async () => {
    const model = graph({ one: { 0: [1], 1: [0] }, two: { 0: [1] } }).action('three', {
      each: () => [1, 2],
      next: (s: Any, n: number) =>
        s.at.value === 0 ? choose({ a: [s.at.set(n)], b: [s.at.set(n)] }) : undefined,
    });
    // 1 initial, 1 + 1 + 2 * 2 from 0, 1 from 1; 2 is a deadlock.
    expect(await counted(model)).toEqual({
      ...fine,
      distinct: 3,
      generated: 8,
      depth: 2,
      deadlocks: 1,
      verdict: 'violated',
    });
  });

  test('depth is the number of levels', async () => {
    const line = graph({ go: { 0: [1], 1: [2], 2: [3], 3: [3] }, jump: { 0: [2] } });
    expect(await counted(line)).toEqual({ ...fine, distinct: 4, generated: 6, depth: 3 });
  });

  test('a state that is cut is generated, not distinct, not expanded, and no deadlock of those before it', async () => {
    const model = graph({ go: { 0: [1, 2], 1: [3, 4], 3: [0] }, again: { 2: [3] } }).within(
      (s: Any) => s.at.value < 3,
    );
    expect(await counted(model)).toEqual({ ...fine, distinct: 3, generated: 6, depth: 2, cut: 3 });
  });

  test('every constraint cuts', async () => {
    const model = graph({ go: { 0: [1, 2], 1: [0], 2: [0] } }).within((s: Any) => s.at.value !== 1);
    expect(await counted(model.within((s: Any) => s.at.value !== 2))).toEqual({
      ...fine,
      distinct: 1,
      generated: 3,
      depth: 1,
      cut: 2,
    });
  });

  test('initial states: cut ones and duplicates are generated', async () => {
    const model = graph({ stay: { 0: [0], 1: [0] } }, { at: anyOf([0, 1, 7, 0]) }).within(
      (s: Any) => s.at.value < 7,
    );
    expect(await counted(model)).toEqual({
      ...fine,
      distinct: 2,
      generated: 6,
      depth: 1,
      cut: 1,
      initial: 4,
    });
  });

  test('deadlocks, expected ones included', async () => {
    const model = graph({ go: { 0: [1, 2] } });
    const counts = { ...fine, distinct: 3, generated: 3, depth: 2, deadlocks: 2 };
    expect(await counted(model)).toEqual({ ...counts, verdict: 'violated' });
    expect(await counted(model.deadlock('allowed'))).toEqual(counts);
    expect(await counted(model.deadlock((s: Any) => s.at.value > 0))).toEqual(counts);
    expect(await counted(model.deadlock((s: Any) => s.at.value > 1))).toEqual({
      ...counts,
      verdict: 'violated',
    });
  });

  test('the steps of each action', async () => {
    const { taken } = await search(
      graph({ go: { 0: [1, 2], 1: [1], 2: [2] }, never: {}, stay: { 1: [1] } }),
      { all: true },
    );
    expect([...taken]).toEqual([
      ['go', 4],
      ['never', 0],
      ['stay', 1],
    ]);
  });

  test('more states of a component than fit into two bytes, one level each', async () => {
    const step = operation('step', (n: number) => n + 1);
    const model = defineModel('long', { about: '', params: z.strictObject({}) })
      .components(() => ({ at: single(z.int()), other: family(range(3), z.int()) }))
      .init(() => ({ at: 0, other: (i) => i }))
      .action('step', { next: (s) => (s.at.value < 66_000 ? [s.at.apply(step, null)] : undefined) });
    const spec = properties(model).always('short', { holds: (s) => s.at.value < 66_000 });
    const result = await search(spec, { all: true });
    expect(result).toMatchObject({ distinct: 66_001, generated: 66_001, depth: 66_001, deadlocks: 1 });
    expect(result.violations.map(({ property, path }) => [property, path?.steps.length])).toEqual([
      ['short', 66_000],
      ['deadlock', 66_000],
    ]);
  });
});

describe('what is checked', () => {
  const ends = { 0: [1], 1: [2], 2: [2] };
  const at = (n: number): Any => ({ holds: (s: Any) => s.at.value !== n || `it is at ${n}` });

  test('an invariant in every state, cut and initial ones too, with what it says', async () => {
    const cut = graph({ go: ends }).within((s: Any) => s.at.value < 2);
    const { violations, verdict } = await search(properties(cut).always('p', at(2)), { all: true });
    expect(verdict).toBe('violated');
    expect(violations).toMatchObject([
      { property: 'p', kind: 'always', instance: '', sentence: 'it is at 2', path: { steps: [{}, {}] } },
    ]);
    const first = await search(
      properties(graph({ go: ends }, { at: anyOf([0, 9]) }))
        .always('p', at(9))
        .always('q', { holds: () => false }),
    );
    expect(first).toMatchObject({
      verdict: 'violated',
      complete: false,
      distinct: 2,
      generated: 2,
      depth: 1,
    });
    expect(first.violations).toMatchObject([
      { property: 'q', sentence: '', path: { steps: [] } },
      { property: 'p', path: { steps: [] } },
    ]);
    const cutAtOnce = graph({ go: ends }, { at: anyOf([0, 9]) }).within((s: Any) => s.at.value < 9);
    expect(names(await search(properties(cutAtOnce).always('p', at(9))))).toEqual(['p']);
  });

  test('an invariant for each instance, and how often its premise was true', async () => {
    const spec = properties(graph({ go: ends }) as AnyModel).always('p', {
      each: () => [
        [0, 1],
        [1, 2],
        [2, 7],
      ],
      premise: (s: Any, [from]: readonly number[]) => s.at.value === from,
      holds: (s: Any, [, to]: readonly number[]) =>
        s.at.value + 1 === to || `${s.at.value} is not before ${to}`,
    } as Any);
    const { violations, properties: reports } = await search(spec, { all: true });
    expect(violations).toMatchObject([{ property: 'p', instance: '(2, 7)', sentence: '2 is not before 7' }]);
    expect(reports).toMatchObject([
      { name: 'p', result: 'violated', premise: 3 },
      { name: 'deadlock', result: 'holds' },
    ]);
  });

  test('a step property on every transition: duplicates, self-loops and steps into cut states too', async () => {
    const model = graph({ go: { 0: [1, 2], 1: [0, 2, 3], 2: [2] }, also: { 0: [1] } }).within(
      (s: Any) => s.at.value < 3,
    );
    const seen: unknown[] = [];
    const spec = properties(model as AnyModel)
      .step('all', {
        holds: (before: Any, after: Any, { action, label }) => {
          seen.push([before.at.value, action, label, after.at.value]);
          return true;
        },
      })
      .step('also', { on: ['also'], holds: () => true })
      .step('none', { on: [], holds: () => true })
      .step('premise', {
        premise: (before: Any) => before.at.value === 1,
        holds: (_, after: Any) => after.at.value < 3,
      });
    const { properties: reports, violations } = await search(spec, { all: true });
    expect(reports.map(({ name, premise, result }) => [name, premise, result])).toEqual([
      ['all', 7, 'holds'],
      ['also', 1, 'holds'],
      ['none', 0, 'holds'],
      ['premise', 3, 'violated'],
      ['deadlock', 3, 'holds'],
    ]);
    expect([...new Set(seen.map((one) => JSON.stringify(one)))].sort()).toEqual([
      '[0,"also","1",1]',
      '[0,"go","1",1]',
      '[0,"go","2",2]',
      '[1,"go","0",0]',
      '[1,"go","2",2]',
      '[1,"go","3",3]',
      '[2,"go","2",2]',
    ]);
    expect(violations).toMatchObject([
      { kind: 'step', property: 'premise', path: { steps: [{}, { label: '3' }] } },
    ]);
  });

  test('a step property of each of two steps between the same states', async () => {
    const model = graph({ one: { 0: [1], 1: [1] }, two: { 0: [1] } });
    const spec = properties(model as AnyModel).step('p', { holds: (_, __, { action }) => action !== 'two' });
    const space = spaceOf(spec);
    const { violations } = await breadthFirst(space, { all: true });
    expect(violations.map(({ path }) => written(path, space))).toEqual([[[0], ['two', '1', 1]]]);
  });

  test('what a step property sees of the step', async () => {
    const seen: unknown[] = [];
    const model = graph({}).action('go', {
      each: () => [
        [0, 1],
        [1, 0],
      ],
      next: (s: Any, [from, to]: number[]) => (s.at.value === from ? [s.at.set(to)] : undefined),
    });
    const holds = (_: Any, __: Any, taken: Any): boolean => {
      seen.push({ ...taken });
      return true;
    };
    await search(properties(model as AnyModel).step('p', { holds }), { all: true });
    expect(seen).toContainEqual({ action: 'go', instance: [1, 0], label: '' });
  });

  test('a witness that a complete search does not reach is violated, by no run', async () => {
    const cut = graph({ go: ends }).within((s: Any) => s.at.value < 2);
    const spec = properties(cut as AnyModel)
      .reachable('one', { when: (s: Any) => s.at.value === 1 })
      .reachable('two', { when: (s: Any) => s.at.value === 2 });
    const { violations, witnesses, properties: reports } = await search(spec);
    expect(witnesses).toMatchObject([{ property: 'one', path: { steps: [{}] } }]);
    expect(violations).toMatchObject([{ property: 'two', kind: 'reachable', path: undefined }]);
    expect(reports.map(({ result }) => result)).toEqual(['reached', 'unreached', 'holds']);
  });

  test('a property that does not apply, and one that is temporal only, is unchecked', async () => {
    const spec = properties(graph({ go: ends }) as AnyModel)
      .always('p', { applies: () => false, holds: () => false })
      .step('q', { applies: () => false, holds: () => false })
      .reachable('r', { applies: () => false, when: () => false });
    const { verdict, properties: reports } = await search(spec);
    expect(verdict).toBe('holds');
    expect(reports.map(({ result, premise }) => [result, premise])).toEqual([
      ['unchecked', 0],
      ['unchecked', 0],
      ['unchecked', 0],
      ['holds', 3],
    ]);
  });
});

describe('which run is shown', () => {
  // Two ways to 3; the first one in order of declaration is by 1.
  const diamond = graph({ b: { 0: [2], 2: [3] }, a: { 0: [1], 1: [3] }, loop: { 3: [0] } });
  test('a shortest one, the first in order of declaration', async () => {
    const spec = properties(diamond as AnyModel).always('p', { holds: (s: Any) => s.at.value !== 3 });
    const space = spaceOf(spec);
    const { violations } = await breadthFirst(space);
    expect(violations.map(({ path }) => written(path, space))).toEqual([[[0], ['b', '2', 2], ['b', '3', 3]]]);
  });

  test('the same each time, on the same space and on another', async () => {
    const spec = properties(diamond as AnyModel)
      .always('p', { holds: (s: Any) => s.at.value !== 3 })
      .reachable('w', { when: (s: Any) => s.at.value === 1 });
    const space = spaceOf(spec);
    const shown: unknown[] = [];
    for (const one of [
      space,
      space,
      new Space(space.configuration),
      new Space(space.configuration, { memoFloor: 0 }),
    ]) {
      const { seconds, bytes, evaluations, ...result } = await breadthFirst(one, { all: true });
      shown.push({
        ...result,
        violations: result.violations.map((v) => written(v.path, one)),
        witnesses: result.witnesses.map((w) => written(w.path, one)),
      });
    }
    for (const other of shown) expect(other).toEqual(shown[0]);
    expect(shown[0]).toMatchObject({
      verdict: 'violated',
      properties: [{ result: 'violated', premise: 4 }, { result: 'reached' }, { result: 'holds' }],
    });
  });

  test('by default the search ends with the level of the first violation, with `all` it goes on', async () => {
    const line = graph({ go: { 0: [1, 2], 1: [3], 2: [4], 3: [5], 4: [4] } });
    const spec = properties(line as AnyModel)
      .always('not 3', { holds: (s: Any) => s.at.value !== 3 })
      .always('not 4', { holds: (s: Any) => s.at.value !== 4 })
      .always('not 5', { holds: (s: Any) => s.at.value !== 5 })
      .reachable('never', { when: () => false });
    const short = await search(spec);
    expect(names(short)).toEqual(['not 3', 'not 4']);
    expect(short).toMatchObject({
      verdict: 'violated',
      complete: false,
      stoppedBy: undefined,
      distinct: 5,
      depth: 3,
    });
    expect(short.properties.map(({ result }) => result)).toEqual([
      'violated',
      'violated',
      'unchecked',
      'unchecked',
      'unchecked',
    ]);
    const whole = await search(spec, { all: true });
    expect(names(whole)).toEqual(['not 3', 'not 4', 'not 5', 'deadlock', 'never']);
    expect(whole).toMatchObject({ verdict: 'violated', complete: true, distinct: 6, depth: 4 });
    expect(whole.violations.map(({ path }) => path?.steps.length)).toEqual([2, 2, 3, 3, undefined]);
  });

  test('a violation in the last level leaves nothing open', async () => {
    const line = properties(graph({ go: { 0: [1], 1: [1] } }) as AnyModel).always('p', {
      holds: (s: Any) => s.at.value !== 1,
    });
    expect(await search(line)).toMatchObject({ verdict: 'violated', complete: false, distinct: 2 });
    const last = properties(graph({ go: { 0: [1], 1: [1] } }) as AnyModel).step('p', {
      holds: (before: Any) => before.at.value !== 1,
    });
    expect(await search(last)).toMatchObject({ verdict: 'violated', complete: true, distinct: 2 });
  });
});

describe('a limit stops the search, says so, and is never taken for "holds"', () => {
  const endless = operation('endless', (n: number) => n + 1);
  const counter = defineModel('counter', { about: '', params: z.strictObject({}) })
    .components(() => ({ at: single(z.int()), other: single(z.int()) }))
    .init(() => ({ at: 0, other: 0 }))
    .action('at', { next: (s) => [s.at.apply(endless, null)] })
    .action('other', { next: (s) => [s.other.apply(endless, null)] });
  const spec = properties(counter)
    .always('holds', { holds: (s) => s.at.value >= 0 })
    .reachable('far', { when: (s) => s.at.value > 1e9 })
    .reachable('near', { when: (s) => s.at.value > 1 });
  const open = {
    verdict: 'stopped',
    complete: false,
    properties: [
      { result: 'unchecked' },
      { result: 'unchecked' },
      { result: 'reached' },
      { result: 'unchecked' },
    ],
  };

  test('states', async () => {
    const result = await search(spec, { states: 1000 });
    expect(result).toMatchObject({ ...open, stoppedBy: 'the limit of 1000 states' });
    expect(result.distinct).toBeGreaterThanOrEqual(1000);
    expect(result.distinct).toBeLessThan(1010);
  });

  test('seconds', async () => {
    const result = await search(spec, { seconds: 0.1 });
    expect(result).toMatchObject({ ...open, stoppedBy: 'the limit of 0.1 seconds' });
    expect(result.seconds).toBeLessThan(10);
  });

  test('seconds, also when a single state takes long', async () => {
    const slow = counter.action('slow', {
      next: (s) => {
        const { at } = { at: s.at.value };
        for (const end = process.cpuUsage().user + 2000; process.cpuUsage().user < end; );
        return [s.at.set(at)];
      },
    });
    const result = await search(slow, { seconds: 0.1 });
    expect(result.stoppedBy).toBe('the limit of 0.1 seconds');
    expect(result.seconds).toBeLessThan(0.6);
  });

  test('a signal', async () => {
    const control = new AbortController();
    let seen = 0;
    const onProgress = (): void => {
      if (++seen === 2) control.abort();
    };
    const result = await search(spec, { signal: control.signal, onProgress });
    expect(result).toMatchObject({ ...open, stoppedBy: 'interrupted' });
    expect(seen).toBe(2);
  });

  test('a signal before the search begins', async () => {
    expect(await search(spec, { signal: AbortSignal.abort() })).toMatchObject({
      verdict: 'stopped',
      complete: false,
    });
  });

  test('depth: the states of so many levels, and as many as there are is no limit', async () => {
    const grid = counter.within((s) => s.at.value + s.other.value < 5);
    for (const depth of [1, 2, 3, 4]) {
      const result = await search(grid, { depth });
      expect(result).toMatchObject({
        ...{ verdict: 'stopped', complete: false, stoppedBy: `the limit of ${depth} levels` },
        ...{ depth, distinct: (depth * (depth + 1)) / 2, generated: depth * (depth + 1) + 1 },
      });
    }
    for (const depth of [5, 6]) {
      const result = await search(grid, { depth });
      expect(result).toMatchObject({
        verdict: 'holds',
        complete: true,
        stoppedBy: undefined,
        depth: 5,
        distinct: 15,
      });
    }
    const { verdict, violations } = await search(
      properties(grid).always('p', { holds: (s) => s.at.value < 2 }),
      { depth: 2 },
    );
    expect([verdict, violations[0]?.path?.steps.length]).toEqual(['violated', 2]);
  });

  test('a violation that was found counts', async () => {
    const violated = properties(counter).always('p', { holds: (s) => s.at.value < 5 });
    expect(await search(violated, { states: 1000, all: true })).toMatchObject({
      verdict: 'violated',
      complete: false,
      stoppedBy: 'the limit of 1000 states',
    });
  });

  test('a limit that is not reached changes nothing', async () => {
    const small = graph({ go: { 0: [1], 1: [0] } });
    const limits = { states: 3, depth: 3, seconds: 60, signal: new AbortController().signal };
    expect(await search(small, limits)).toMatchObject({
      verdict: 'holds',
      complete: true,
      stoppedBy: undefined,
      distinct: 2,
      depth: 2,
    });
    for (const states of [1, 2]) {
      const { verdict, complete, stoppedBy } = await search(small, { states });
      expect([verdict, stoppedBy === undefined]).toEqual(complete ? ['holds', true] : ['stopped', false]);
    }
  });
});

test('progress tells where the search is', async () => {
  const seen: Any[] = [];
  const grid = defineModel('grid', { about: '', params: z.strictObject({}) })
    .components(() => ({ at: family(range(6), z.int()) }))
    .init(() => ({ at: 0 }))
    .action('up', { each: () => range(6), next: (s, i) => [s.at(i).set((s.at(i).value + 1) % 8)] });
  const result = await search(grid, { onProgress: (progress) => seen.push(progress) });
  expect(result).toMatchObject({
    verdict: 'holds',
    distinct: 8 ** 6,
    generated: 6 * 8 ** 6 + 1,
    depth: 6 * 7 + 1,
  });
  expect(seen.length).toBeGreaterThan(0);
  for (const [i, progress] of seen.entries()) {
    expect(progress.distinct).toBeLessThanOrEqual(8 ** 6);
    expect(progress.queue).toBeLessThan(progress.distinct);
    expect(progress.distinct).toBeGreaterThanOrEqual(seen[i - 1]?.distinct ?? 1);
  }
});

test('a constraint that cuts every initial state is a fault of the model, not a pass', async () => {
  const nothing = graph({ go: { 0: [1] } }).within((s: Any) => s.at.value > 1);
  await expect(search(nothing)).rejects.toThrow('cuts every initial state');
});
