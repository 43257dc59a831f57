import { isDeepStrictEqual } from 'node:util';
import { ModelError } from '../../checker/language/index.ts';
import { type BreadthFirstOptions, breadthFirst } from '../../checker/search/breadth-first.ts';
import type { Path } from '../../checker/search/path.ts';
import type { Seen } from '../../checker/search/visited.ts';
import { Space } from '../../checker/space/space.ts';
import type { ModelTree } from './ast.ts';
import { configurationOf } from './compare.ts';

export const ways: readonly BreadthFirstOptions[] = [
  { all: true },
  {},
  { states: 40, all: true },
  { depth: 3 },
];

/**
 * Checks that a random model gives the same result with so many workers as with none, if it has as many states as it
 * should. Answers whether it has. @throws Error when the results differ
 */
export async function compareWorkers(
  tree: ModelTree,
  entry: string,
  count: number,
  way: BreadthFirstOptions,
  atLeast: number,
): Promise<boolean> {
  const alone = await told(tree, way);
  if (typeof alone !== 'string' && (alone.distinct ?? 0) < atLeast) return false;
  const workers = { entry, data: tree, count, after: 0, leastRound: 1, tableBits: 8 };
  const together = await told(tree, { ...way, workers });
  if (isDeepStrictEqual(together, alone)) return true;
  const show = (value: unknown): string => JSON.stringify(value, null, 1);
  throw new Error(`${count} workers say ${show(together)}, one thread ${show(alone)}`);
}

/** All that a search says and that must not depend on threads, with the states in their order and their parents. */
async function told(tree: ModelTree, options: BreadthFirstOptions) {
  const space = new Space(configurationOf(tree));
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
    const { seconds, bytes, evaluations, ...result } = await breadthFirst(space, { ...options, onEnd });
    return {
      ...result,
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
