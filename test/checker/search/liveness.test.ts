import { expect, test } from 'vitest';
import { z } from 'zod';
import { configure } from '../../../checker/language/configure.ts';
import {
  defineModel,
  type Fairness,
  ModelError,
  properties,
  type Spec,
  single,
} from '../../../checker/language/index.ts';
import { type BreadthFirstOptions, breadthFirst } from '../../../checker/search/breadth-first.ts';
import { Space } from '../../../checker/space/space.ts';

/** A walk on numbers: each action leads from some numbers to others. */
function walk(actions: Record<string, { to: Record<number, number>; fairness?: Fairness }>) {
  let model = defineModel('walk', { about: 'a walk', params: z.strictObject({}) })
    .components(() => ({ at: single(z.int()) }))
    .init(() => ({ at: 0 }))
    .deadlock('allowed');
  for (const [name, { to, fairness = 'none' }] of Object.entries(actions)) {
    model = model.action(name, {
      fairness,
      next: (s) => {
        const next = to[s.at.value];
        return next === undefined ? undefined : [s.at.set(next)];
      },
    });
  }
  return model;
}

async function run(spec: Spec, options: BreadthFirstOptions = { all: true }) {
  const space = new Space(configure(spec));
  const result = await breadthFirst(space, options);
  const lassos = result.violations.map(({ property, path, loop }) => ({
    property,
    loop,
    states: path?.states.map((state) => Number(space.valuesOf(state).at)),
  }));
  const found = Object.fromEntries(result.properties.map(({ name, result }) => [name, result]));
  return { ...result, found, lassos };
}

test('an action without effect is no progress, and so does not help (fabracht/tla-rs#63)', async () => {
  const model = walk({ idle: { to: { 0: 0 }, fairness: 'strong' }, go: { to: { 0: 1 } } });
  const { lassos } = await run(properties(model).temporal('goes', { eventually: (s) => s.at.value === 1 }));
  expect(lassos).toEqual([{ property: 'goes', loop: 0, states: [0] }]);
});

test('where nothing fair is enabled a run may stay for ever (fabracht/tla-rs#62)', async () => {
  const spec = (fairness: Fairness) =>
    properties(walk({ go: { to: { 0: 1, 1: 2 }, fairness } }))
      .temporal('arrives', { eventually: (s) => s.at.value === 2 })
      .temporal('stays', { eventuallyAlways: (s) => s.at.value === 2 })
      .temporal('fromOneToTwo', { from: (s) => s.at.value === 1, leadsTo: (s) => s.at.value === 2 });
  expect((await run(spec('weak'))).found).toMatchObject({
    arrives: 'holds',
    stays: 'holds',
    fromOneToTwo: 'holds',
  });
  expect((await run(spec('none'))).lassos).toEqual([
    { property: 'arrives', loop: 0, states: [0] },
    { property: 'stays', loop: 0, states: [0] },
    { property: 'fromOneToTwo', loop: 1, states: [0, 1] },
  ]);
});

test('a real cycle is shown, of steps that the model takes (fabracht/tla-rs#64)', async () => {
  const model = walk({ round: { to: { 0: 1, 1: 2, 2: 3, 3: 1 }, fairness: 'weak' }, exit: { to: { 3: 4 } } });
  const { lassos } = await run(properties(model).temporal('exits', { eventually: (s) => s.at.value === 4 }));
  expect(lassos).toEqual([{ property: 'exits', loop: 1, states: [0, 1, 2, 3, 1] }]);
});

test('two fair actions that undo each other go on for ever (tlaplus/tlaplus#201)', async () => {
  const model = walk({ up: { to: { 0: 1 }, fairness: 'weak' }, down: { to: { 1: 0 }, fairness: 'weak' } });
  const { found, lassos } = await run(
    properties(model)
      .temporal('upAgain', { alwaysEventually: (s) => s.at.value === 1 })
      .temporal('downAgain', { alwaysEventually: (s) => s.at.value === 0 })
      .temporal('staysUp', { eventuallyAlways: (s) => s.at.value === 1 }),
  );
  expect(found).toMatchObject({ upAgain: 'holds', downAgain: 'holds', staysUp: 'violated' });
  expect(lassos).toEqual([{ property: 'staysUp', loop: 0, states: [0, 1, 0] }]);
});

test('what is enabled again and again, but not always, needs strong fairness', async () => {
  const spec = (fairness: Fairness) =>
    properties(
      walk({ turn: { to: { 0: 1, 1: 0 }, fairness: 'weak' }, leave: { to: { 1: 2 }, fairness } }),
    ).temporal('leaves', { eventually: (s) => s.at.value === 2 });
  expect((await run(spec('strong'))).found).toMatchObject({ leaves: 'holds' });
  expect((await run(spec('weak'))).lassos).toEqual([{ property: 'leaves', loop: 0, states: [0, 1, 0] }]);
});

test('ways that join and cycles hide no violation (stateright/stateright#3)', async () => {
  const join = walk({
    left: { to: { 0: 1, 1: 3, 3: 4 }, fairness: { weak: 'step' } },
    right: { to: { 0: 2, 2: 3, 3: 4 }, fairness: { weak: 'step' } },
    back: { to: { 4: 3 } },
  });
  const { lassos } = await run(properties(join).temporal('left', { eventually: (s) => s.at.value === 1 }));
  expect(lassos).toEqual([{ property: 'left', loop: 3, states: [0, 2, 3, 4] }]);
});

test('a name shared by actions asks for any of them, an action alone for each of its instances', async () => {
  const model = (fairness: Fairness) =>
    defineModel('lamps', { about: 'two lamps', params: z.strictObject({}) })
      .components(() => ({ a: single(z.boolean()), b: single(z.boolean()) }))
      .init(() => ({ a: false, b: false }))
      .action('switch', {
        each: () => ['a', 'b'] as const,
        fairness,
        next: (s, lamp) => [s[lamp].set(!s[lamp].value)],
      });
  const claim = (fairness: Fairness) =>
    properties(model(fairness)).temporal('shines', {
      each: () => ['a', 'b'] as const,
      eventually: (s, lamp) => s[lamp].value,
    });
  expect((await run(claim('weak'))).found).toMatchObject({ shines: 'holds' });
  expect((await run(claim({ weak: 'some lamp' }))).found).toMatchObject({ shines: 'violated' });
});

test('a claim may be made of some runs only', async () => {
  const model = walk({ go: { to: { 0: 1, 1: 0 }, fairness: 'weak' }, win: { to: { 1: 2 } } });
  const { found } = await run(
    properties(model)
      .temporal('wins', { eventually: (s) => s.at.value === 2 })
      .temporal('winsUnlessItTurns', {
        provided: { eventuallyAlways: (s) => s.at.value !== 0 },
        eventually: (s) => s.at.value === 2,
      }),
  );
  expect(found).toMatchObject({ wins: 'violated', winsUnlessItTurns: 'holds' });
});

test('claims combine; a run that breaks one says which of its parts', async () => {
  const model = walk({
    turn: { to: { 0: 1, 1: 0 }, fairness: 'weak' },
    fall: { to: { 1: 2 } },
    stand: { to: { 2: 0 }, fairness: 'weak' },
  });
  const at = (n: number) => (s: { at: { value: number } }) => s.at.value === n;
  const { found, violations } = await run(
    properties(model)
      .temporal('oneAgainOrTwoAgain', { or: [{ alwaysEventually: at(1) }, { alwaysEventually: at(2) }] })
      .temporal('twoAgainIfOneAgain', {
        provided: { alwaysEventually: at(1) },
        alwaysEventually: at(2),
      })
      .temporal('zeroAgainIfTwoAgain', { provided: { alwaysEventually: at(2) }, alwaysEventually: at(0) })
      .temporal('fallsAndStands', { and: [{ eventually: at(2) }, { from: at(2), leadsTo: at(0) }] })
      .temporal('neverFallsOrAgain', {
        or: [{ always: (s) => s.at.value !== 2 }, { not: { always: at(0) } }],
      }),
  );
  expect(found).toEqual({
    oneAgainOrTwoAgain: 'holds',
    twoAgainIfOneAgain: 'violated',
    zeroAgainIfTwoAgain: 'holds',
    fallsAndStands: 'violated',
    neverFallsOrAgain: 'holds',
  });
  expect(violations.map(({ property, sentence }) => [property, sentence])).toEqual([
    ['twoAgainIfOneAgain', 'from some point on it never happens again'],
    ['fallsAndStands', 'what must come never comes'],
  ]);
});

test('what a run has seen is remembered where a claim asks for it', async () => {
  // Up and down for ever, or away for ever: by the door or by the window.
  const model = walk({
    turn: { to: { 0: 1, 1: 0 }, fairness: 'weak' },
    door: { to: { 0: 2 }, fairness: 'none' },
    window: { to: { 1: 3 }, fairness: 'none' },
    home: { to: { 2: 0 }, fairness: 'none' },
  });
  const at = (n: number) => (s: { at: { value: number } }) => s.at.value === n;
  const { found, lassos } = await run(
    properties(model)
      .temporal('neverOutIfAlwaysHome', {
        provided: { from: at(2), leadsTo: at(0) },
        or: [{ always: (s) => s.at.value !== 2 }, { eventuallyAlways: (s) => s.at.value !== 3 }],
      })
      .temporal('homeIfOut', { provided: { eventually: at(2) }, alwaysEventually: at(0) }),
  );
  expect(found).toEqual({ neverOutIfAlwaysHome: 'violated', homeIfOut: 'violated' });
  expect(lassos).toEqual([
    { property: 'neverOutIfAlwaysHome', loop: 4, states: [0, 2, 0, 1, 3] },
    { property: 'homeIfOut', loop: 1, states: [0, 2] },
  ]);
});

test('a step may be what happens again and again: of an action, or of some of its instances', async () => {
  const model = defineModel('lamps', { about: 'two lamps', params: z.strictObject({}) })
    .components(() => ({ at: single(z.int()), b: single(z.boolean()) }))
    .init(() => ({ at: 0, b: false }))
    .action('switch', {
      each: () => [0, 1],
      fairness: { weak: 'one of them' },
      next: (s, lamp) => (lamp === 0 ? [s.at.set(1 - s.at.value)] : [s.b.set(!s.b.value)]),
    })
    .action('look', { fairness: 'weak', next: (s) => [s.at.set(s.at.value)] })
    .deadlock('allowed');
  const { found, violations } = await run(
    properties(model)
      .temporal('someSwitch', { alwaysEventually: { taken: 'switch' } })
      .temporal('eachSwitch', {
        each: () => [0, 1],
        alwaysEventually: { taken: 'switch', of: (taken, lamp) => taken === lamp },
      })
      .temporal('oneStops', {
        not: {
          and: [0, 1].map((i) => ({ alwaysEventually: { taken: 'switch', of: (lamp) => lamp === i } })),
        },
      })
      .temporal('looks', { alwaysEventually: { taken: 'look' } }),
  );
  expect(found).toEqual({
    someSwitch: 'holds',
    eachSwitch: 'violated',
    oneStops: 'violated',
    looks: 'violated',
  });
  expect(violations.map(({ property, sentence }) => [property, sentence])).toEqual([
    ['eachSwitch', 'from some point on switch is never taken again'],
    ['oneStops', 'switch is taken again and again'],
    ['looks', 'from some point on look is never taken again'],
  ]);
});

test('a claim about runs that no fair run is one of is never put to the test', async () => {
  const model = walk({ go: { to: { 0: 1 }, fairness: 'weak' } });
  const spec = properties(model).temporal('t', {
    provided: { always: (s) => s.at.value === 0 },
    eventually: (s) => s.at.value === 7,
  });
  expect((await run(spec)).properties).toMatchObject([{ result: 'holds', premise: 0 }]);
});

test('a claim that says nothing, and one about steps that nobody takes, is refused', async () => {
  const model = walk({ go: { to: { 0: 1 } } });
  await expect(run(properties(model).temporal('t', { or: [] }))).rejects.toThrow('combines no claims');
  await expect(run(properties(model).temporal('t', { alwaysEventually: { taken: 'went' } }))).rejects.toThrow(
    "'went'",
  );
});

test('a constraint that cuts off runs makes liveness unchecked; one that cuts nothing does not (tlaplus/tlaplus#839)', async () => {
  const model = walk({ go: { to: { 0: 1, 1: 2 }, fairness: 'weak' } });
  const within = (most: number) =>
    properties(model.within((s) => s.at.value <= most)).temporal('arrives', {
      eventually: (s) => s.at.value === 2,
    });
  const cut = await run(within(1));
  expect([cut.verdict, cut.found]).toEqual(['holds', { arrives: 'unchecked' }]);
  expect(cut.liveness?.unchecked).toContain('the constraint (within) cuts off runs');
  expect((await run(within(2))).found).toEqual({ arrives: 'holds' });
});

test('a limit that stops the search makes liveness unchecked', async () => {
  const model = walk({ go: { to: { 0: 1, 1: 2, 2: 3 }, fairness: 'weak' } });
  const spec = properties(model).temporal('arrives', { eventually: (s) => s.at.value === 3 });
  const { verdict, found, liveness } = await run(spec, { states: 2 });
  expect([verdict, found]).toEqual(['stopped', { arrives: 'unchecked' }]);
  expect(liveness?.unchecked).toContain('needs a complete search');
  expect((await run(spec, { states: 5 })).found).toEqual({ arrives: 'holds' });
});

test('without temporal properties nothing is recorded', async () => {
  const { liveness } = await run(properties(walk({ go: { to: { 0: 1 }, fairness: 'weak' } })));
  expect(liveness).toBeUndefined();
});

test('the fairness that a verdict relies on is told in words', async () => {
  const model = walk({
    a: { to: { 0: 1 }, fairness: 'weak' },
    b: { to: { 1: 0 }, fairness: 'strong' },
    c: { to: { 1: 2 }, fairness: { weak: 'System' } },
    d: { to: { 2: 0 } },
  });
  const { liveness } = await run(properties(model).temporal('t', { eventually: () => true }));
  expect(liveness?.assumptions).toEqual([
    'assuming that a (each instance) is taken again and again while enabled without a break',
    'assuming that System (whichever of c) is taken again and again while enabled without a break',
    'assuming that b (each instance) is taken again and again if enabled again and again',
  ]);
});

test('a claim for each of nobody is refused', async () => {
  const spec = properties(walk({})).temporal('t', { each: (): number[] => [], eventually: () => true });
  await expect(run(spec)).rejects.toThrow(ModelError);
});
