import { expect, test } from 'vitest';
import type { Spec } from '../../../checker/language/index.ts';
import alternatingBit from '../../../invariants/examples/alternating-bit.ts';
import boundedFifo from '../../../invariants/examples/bounded-fifo.ts';
import chameneos from '../../../invariants/examples/chameneos.ts';
import dieHard from '../../../invariants/examples/die-hard.ts';
import diningPhilosophers from '../../../invariants/examples/dining-philosophers.ts';
import ewd840 from '../../../invariants/examples/ewd840.ts';
import indexer from '../../../invariants/examples/indexer.ts';
import lamportMutex from '../../../invariants/examples/lamport-mutex.ts';
import liveHourClock from '../../../invariants/examples/live-hour-clock.ts';
import peterson from '../../../invariants/examples/peterson.ts';
import readersWriters from '../../../invariants/examples/readers-writers.ts';
import twoPhaseCommit from '../../../invariants/examples/two-phase-commit.ts';
import { explore } from './explore.ts';

interface Counts {
  readonly distinct: number;
  readonly generated: number;
  readonly depth: number;
  readonly initial?: number;
  readonly deadlocks?: number;
}

const once = { initial: 1, deadlocks: 0 };

// What other checkers find for the public modules (tlaplus/Examples) that the models are written after.
// EWD840 is published with 2 001 and 15 986 generated: there a guard with two true disjuncts counts twice.
const published: [spec: Spec, set: Readonly<Record<string, number | string>>, counts: Counts][] = [
  [twoPhaseCommit, { resourceManagers: 3 }, { distinct: 288, generated: 1_146, depth: 11 }],
  [twoPhaseCommit, { resourceManagers: 5 }, { distinct: 8_832, generated: 58_146, depth: 17 }],
  [dieHard, { small: 3, big: 5 }, { distinct: 16, generated: 97, depth: 8 }],
  [ewd840, { nodes: 3 }, { distinct: 302, generated: 1_817, depth: 9, initial: 192, deadlocks: 1 }],
  [ewd840, { nodes: 4 }, { distinct: 1_566, generated: 14_962, depth: 12, initial: 1_024, deadlocks: 1 }],
  [diningPhilosophers, { philosophers: 5 }, { distinct: 67, generated: 336, depth: 29 }],
  [readersWriters, { actors: 3 }, { distinct: 21_527, generated: 59_674, depth: 13 }],
  [alternatingBit, { full: 'cut' }, { distinct: 240, generated: 1_392, depth: 10, initial: 8 }],
  [liveHourClock, {}, { distinct: 12, generated: 24, depth: 1, initial: 12 }],
  [peterson, {}, { distinct: 42, generated: 77, depth: 11 }],
  [boundedFifo, { messages: 3, capacity: 3 }, { distinct: 3_864, generated: 9_660, depth: 11, initial: 36 }],
  [
    chameneos,
    { creatures: 4, meetings: 4 },
    { distinct: 34_534, generated: 104_697, depth: 13, initial: 81, deadlocks: 85 },
  ],
];

test.each(published.map(([spec, set, counts]) => [spec.model.name, set, spec, counts] as const))(
  '%s with %j has as many states as published',
  async (_, set, spec, counts) => {
    expect(await explore(spec, { set })).toMatchObject({
      verdict: 'holds',
      complete: true,
      ...once,
      ...counts,
    });
  },
);

const specs = [...new Set(published.map(([spec]) => spec)), lamportMutex, indexer];

test.each(specs.map((spec) => [spec.model.name, spec] as const))(
  '%s holds at its default bounds; every action is taken and every promise says something',
  async (_, spec) => {
    const { verdict, complete, taken, properties } = await explore(spec);
    expect([verdict, complete]).toEqual(['holds', true]);
    expect([...taken].filter(([, times]) => times === 0)).toEqual([]);
    expect(properties.filter(({ result, premise }) => result !== 'unchecked' && premise === 0)).toEqual([]);
  },
);

test('the jugs hold four litres after six steps, and not before', async () => {
  const { witnesses } = await explore(dieHard);
  expect(witnesses.map(({ property, path }) => [property, path.steps.length])).toEqual([['fourLitres', 6]]);
});
