import { isMainThread, threadId } from 'node:worker_threads';
import { z } from 'zod';
import { configure } from '../../../../checker/language/configure.ts';
import { defineModel, family, properties, range, specOf } from '../../../../checker/language/index.ts';
import { Space } from '../../../../checker/space/space.ts';

export interface GridOptions {
  /** How far each of three counters goes. */
  readonly to: number;
  /** Worker threads end once the sum of the counters is so large. */
  readonly exitAt?: number;
  /** The model throws here. */
  readonly throwAt?: number;
  /** Worker threads have another model. */
  readonly otherModel?: boolean;
  /** With a claim on fair runs, so that steps are recorded. */
  readonly live?: boolean;
  /** That claim throws where the first counter is so large, */
  readonly claimThrowsAt?: number;
  /** or ends the worker thread that asks it; the search's own thread takes its time. */
  readonly claimExits?: boolean;
  /** Worker threads take their time. */
  readonly claimIsSlow?: boolean;
}

/** Three counters, each in steps of one: level n has the states whose sum is n. What else it does is for tests. */
export function grid(options: GridOptions): Space {
  const { to, exitAt, throwAt, otherModel, live, claimThrowsAt, claimExits, claimIsSlow } = options;
  const first = otherModel && !isMainThread ? 1 : 0;
  const model = defineModel('grid', { about: 'three counters', params: z.strictObject({}) })
    .components(() => ({ counter: family(range(3), z.int()), label: family([0], z.string()) }))
    .init(() => ({ counter: first, label: '' }))
    .action('up', {
      each: () => range(3),
      next(s, i) {
        const sum = range(3).reduce((all, k) => all + s.counter(k).value, 0);
        if (exitAt !== undefined && sum >= exitAt && !isMainThread) process.exit(10 + threadId);
        if (sum === throwAt) throw new Error(`the sum is ${sum} at ${s.counter(0).value}`);
        if (s.counter(i).value < to) return [s.counter(i).set(s.counter(i).value + 1)];
        return undefined;
      },
    })
    .action('name', {
      next(s) {
        // Values of all sizes, so that the log of values has to grow.
        const n = s.counter(0).value;
        if (s.label(0).value !== '' || n === 0) return undefined;
        return [s.label(0).set(`${'ä'.repeat(n * 40_000)}x`)];
      },
    })
    .deadlock('allowed');
  // Of one level: its last state, many, some, the same ones.
  const spec = properties(model)
    .reachable('lastEdge', { when: (s) => s.counter(2).value === to })
    .reachable('edge', { when: (s) => range(3).some((k) => s.counter(k).value === to) })
    .reachable('plane', { when: (s) => s.counter(0).value + s.counter(1).value === to })
    .reachable('samePlane', { when: (s) => s.counter(0).value === to - s.counter(1).value })
    .reachable('farCorner', { when: (s) => range(3).every((k) => s.counter(k).value === to) });
  const claim = spec.temporal('leaves', {
    eventuallyAlways: (s) => {
      const first = s.counter(0).value;
      if (first === claimThrowsAt) throw new Error(`the first counter is ${first}`);
      if (claimExits && !isMainThread) process.exit(20);
      if (isMainThread ? claimExits : claimIsSlow)
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
      return first > 0;
    },
  });
  // How often it is put to the test says whether all states were asked.
  const claims = claim.temporal('ends', {
    from: (s) => (s.counter(1).value + s.counter(2).value) % 2 === 1,
    leadsTo: (s) => s.counter(0).value >= 0,
  });
  return new Space(configure(specOf(live ? claims : spec)));
}
