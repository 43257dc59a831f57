import type { Read } from '../space/recorder.ts';
import type { Space } from '../space/space.ts';
import { compact } from '../trace/compact.ts';
import type { Json } from '../trace/format.ts';
import type { Seen } from './visited.ts';

/** How often an action could do something in the states that were looked at, over all of its instances, and what kept it from it. */
export interface ActionCoverage {
  readonly action: string;
  /** States times instances. */
  readonly looked: number;
  readonly enabled: number;
  /** The last read of an evaluation that came to nothing, with the keys left out: `server(*).state = LOOKING`. The most frequent first. */
  readonly disabledBy: readonly { readonly read: string; readonly times: number }[];
}

export interface Coverage {
  /** How many of the states that were visited were looked at. */
  readonly states: number;
  readonly actions: readonly ActionCoverage[];
}

const MOST = 2000;

/** Looks at visited states, at most so many, spread evenly over the order in which they were found. @throws ModelError */
export function coverage(space: Space, seen: Seen, most = MOST): Coverage {
  const sample = spread(seen, space.layout.slots.length, most);
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

function spread(seen: Seen, slots: number, most: number): readonly Int32Array[] {
  const size = Math.min(most, seen.count);
  return Array.from({ length: size }, (_, i) => {
    const vector = new Int32Array(slots);
    seen.read(Math.floor((i * seen.count) / size), vector);
    return vector;
  });
}
