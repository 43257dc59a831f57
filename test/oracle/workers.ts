import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { ModelError } from '../../checker/language/index.ts';
import { type BreadthFirstOptions, breadthFirst } from '../../checker/search/breadth-first.ts';
import type { Path } from '../../checker/search/path.ts';
import type { Seen } from '../../checker/search/visited.ts';
import { Space } from '../../checker/space/space.ts';
import { modelTree } from './arbitraries.ts';
import type { ModelTree } from './ast.ts';
import { configurationOf } from './compare.ts';
import type { Any } from './kinds.ts';

/** What both threads build: a random model, with temporal claims or without. */
export interface Searched {
  readonly tree: ModelTree;
  readonly live: boolean;
}

export const ways: readonly BreadthFirstOptions[] = [
  { all: true },
  {},
  { states: 40, all: true },
  { depth: 3 },
];

/** Seconds after which workers are started: before the search begins, or not before it has ended. */
export type After = number;

/**
 * Checks that a random model gives the same result with so many threads as with one, if it has as many states as it
 * should. @throws Error when the results differ
 */
export async function compareWorkers(
  searched: Searched,
  { entry, count, after }: { entry: string; count: number; after: After },
  way: BreadthFirstOptions,
  atLeast: number,
): Promise<'few states' | 'the same' | 'the same loop'> {
  const alone = await told(searched, way);
  if (typeof alone !== 'string' && (alone.distinct ?? 0) < atLeast) return 'few states';
  const workers = { entry, data: searched, count, after, leastRound: 1, tableBits: 8 };
  const together = await told(searched, { ...way, workers });
  const hasLoop = typeof alone !== 'string' && alone.violations.some(({ kind }) => kind === 'temporal');
  if (isDeepStrictEqual(together, alone)) return hasLoop ? 'the same loop' : 'the same';
  const show = (value: unknown): string => JSON.stringify(value, null, 1);
  throw new Error(`${count} threads say ${show(together)}, one thread ${show(alone)}`);
}

/** The same for random models, in searches that end before their workers are there. Answers how often it came to what. */
export async function compareBeforeWorkers(numRuns: number, seed: number | undefined) {
  const threads = {
    entry: 'file:///nobody/comes/to/load/this.js',
    count: 2,
    after: Number.POSITIVE_INFINITY,
  };
  const seen = { 'few states': 0, 'the same': 0, 'the same loop': 0 };
  await fc.assert(
    fc.asyncProperty(modelTree, fc.boolean(), fc.constantFrom(...ways), async (tree, live, way) => {
      seen[await compareWorkers({ tree, live }, threads, way, 10)]++;
    }),
    { numRuns, ...(seed === undefined ? {} : { seed }) },
  );
  return seen;
}

/** All that a search says and that must not depend on threads, with the states in their order and their parents. */
async function told(searched: Searched, options: BreadthFirstOptions) {
  const space = spaceOf(searched);
  const run = (path: Path | undefined) =>
    path && {
      states: path.states.map((state) => space.valuesOf(state)),
      steps: path.steps.map(({ instance, label }) => [space.transitions.instances[instance]?.name, label]),
    };
  try {
    const states: unknown[] = [];
    const vector = new Int32Array(space.layout.slots.length);
    const onEnd = ({ count, read, parentOf }: Seen): void => {
      for (let state = 0; state < count; state++) {
        read(state, vector);
        states.push([parentOf(state), space.valuesOf(vector)]);
      }
    };
    const { seconds, bytes, evaluations, liveness, ...result } = await breadthFirst(space, {
      ...options,
      onEnd,
    });
    return {
      ...result,
      liveness: liveness && { ...liveness, seconds: 0, bytes: 0 },
      states,
      taken: [...result.taken],
      violations: result.violations.map((violation) => ({ ...violation, path: run(violation.path) })),
      witnesses: result.witnesses.map((witness) => ({ ...witness, path: run(witness.path) })),
    };
  } catch (error) {
    if (error instanceof ModelError) return error.message;
    throw error;
  }
}

export function spaceOf({ tree, live }: Searched): Space {
  const configuration = configurationOf(tree);
  if (!live) return new Space(configuration);
  // Of some values of the first component, whatever it is.
  const marked = (s: Any): boolean => {
    const value = firstMember(tree, s).value;
    return JSON.stringify(value).length % 2 === 0 || JSON.stringify(value).includes('1');
  };
  const spec = (configuration.spec as Any)
    .temporal('again', { alwaysEventually: marked })
    .temporal('settles', { eventuallyAlways: marked })
    .temporal('goesOn', { alwaysEventually: { taken: 'a0' } });
  return new Space({ ...configuration, spec });
}

function firstMember({ components }: ModelTree, { c0 }: Any): Any {
  switch (components[0]?.shape) {
    case 'family':
    case 'queues':
      return c0(0);
    case 'table':
      return c0(0, 'p');
    case 'channels':
      return c0(0, 1);
    default:
      return c0;
  }
}
