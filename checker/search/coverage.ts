import type { Read } from '../space/recorder.ts';
import type { Space } from '../space/space.ts';
import { hashOf, NO_PARENT, StateStore } from '../space/state-store.ts';
import { Successors } from '../space/successors.ts';
import { compact } from '../trace/compact.ts';
import type { Json } from '../trace/format.ts';

/** How often an action could do something in the sampled states, over all of its instances, and what kept it from it. */
export interface ActionCoverage {
  readonly action: string;
  /** States times instances. */
  readonly looked: number;
  readonly enabled: number;
  /** The last read of an evaluation that came to nothing, with the keys left out: `server(*).state = LOOKING`. The most frequent first. */
  readonly disabledBy: readonly { readonly read: string; readonly times: number }[];
}

export interface Coverage {
  /** Distinct states that were sampled. */
  readonly states: number;
  readonly actions: readonly ActionCoverage[];
}

const STATES = 2000;

/** Looks at a sample of the reachable states, found by random runs, the same ones every time. @throws ModelError */
export function coverage(space: Space, states = STATES): Coverage {
  const sample = sampled(space, states);
  const counts = new Map<string, { looked: number; enabled: number; reads: Map<string, number> }>();
  space.transitions.instances.forEach(({ action }, instance) => {
    const count = counts.get(action.name) ?? { looked: 0, enabled: 0, reads: new Map<string, number>() };
    counts.set(action.name, count);
    for (const vector of sample) {
      const { alternatives, reads } = space.transitions.explain(instance, vector);
      count.looked++;
      if (alternatives.length > 0) {
        count.enabled++;
        continue;
      }
      const why = shown(reads.at(-1));
      count.reads.set(why, (count.reads.get(why) ?? 0) + 1);
    }
  });
  const actions = [...counts].map(([action, { looked, enabled, reads }]) => ({
    action,
    looked,
    enabled,
    disabledBy: [...reads].map(([read, times]) => ({ read, times })).sort((a, b) => b.times - a.times),
  }));
  return { states: sample.length, actions };
}

function shown(read: Read | undefined): string {
  if (read === undefined) return 'nothing that it reads';
  const isCount = typeof read.value === 'number' && !read.name.includes('.');
  const name = isCount ? read.name : read.name.replace(/\([^)]*\)/, '(*)'); // budgets have names of their own
  return `${name} = ${read.value === undefined ? 'nothing' : compact(read.value as Json, 40)}`; // what models read is plain
}

/** Distinct states on random runs from the initial states, each run as long as it goes or until it has been round. */
function sampled(space: Space, most: number): readonly Int32Array[] {
  const store = new StateStore(space.layout);
  const sample: Int32Array[] = [];
  const successors = new Successors();
  const inside = (vector: Int32Array): boolean => !space.states.constrained || space.states.within(vector);
  const initial = space.initial.filter(inside);
  const random = dice();
  // Runs that find nothing new end the sampling: the space is small, or what is left is hard to come to.
  for (let idle = 0, run = 0; idle < 50 && sample.length < most && initial.length > 0; run++) {
    const before = sample.length;
    let current = Int32Array.from(initial[run % initial.length] as Int32Array);
    for (let steps = 0; steps < most && sample.length < most; steps++) {
      if (store.insert(current, hashOf(current), NO_PARENT) < 0) sample.push(current);
      space.transitions.expand(current, successors);
      if (successors.count === 0) break;
      const next = Int32Array.from(current);
      successors.applyTo(next, random(successors.count));
      if (!inside(next)) break;
      current = next;
    }
    idle = sample.length === before ? idle + 1 : 0;
  }
  return sample;
}

/** Numbers below a limit, in an order that is the same every time (xorshift32). */
function dice(): (below: number) => number {
  let x = 0x2545f491;
  return (below) => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return (x >>> 0) % below;
  };
}
