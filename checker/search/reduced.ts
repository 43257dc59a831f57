import { isChecked } from '../language/configure.ts';
import { UsageError } from '../language/errors.ts';
import type { Space } from '../space/space.ts';
import { StateStore } from '../space/state-store.ts';
import { type BreadthFirstOptions, breadthFirst } from './breadth-first.ts';
import type { SearchResult } from './result.ts';
import { StubbornSteps } from './stubborn.ts';

/**
 * `breadthFirst` with as few steps out of each state as suffice for invariants, witnesses and deadlocks (partial-order
 * reduction). What properties read is found out while they are asked; when that turns out to be more than was taken for visible,
 * the search begins again with that. Counterexamples are runs of the model, not always the shortest ones.
 * @throws UsageError where the reduction would not be sound or of no use, ModelError for a step out of its footprint
 */
export async function reducedSearch(space: Space, options: BreadthFirstOptions = {}): Promise<SearchResult> {
  const { footprints } = space.transitions;
  refuse(space);
  for (let visible = space.states.everRead; ; ) {
    const store = new StateStore(space.layout);
    const steps = new StubbornSteps(space, store, footprints, visible);
    const result = await breadthFirst(space, { ...options, visited: store, steps });
    const read = space.states.everRead;
    // A violation is one whatever was visible. Otherwise no state may have shown a property more than what was.
    if (result.violations.some(({ path }) => path !== undefined) && !options.all)
      return { ...result, reduced: steps.reduced };
    if (read.size === visible.size || result.stoppedBy !== undefined)
      return { ...result, reduced: steps.reduced };
    visible = read;
  }
}

function refuse({ configuration, transitions }: Space): void {
  const { spec, params } = configuration;
  const { name, definition } = spec.model;
  if (!transitions.footprints.any)
    throw new UsageError(
      `${name} does not declare what its actions read and write (touches): there is nothing to reduce by.`,
    );
  const unsound = spec.properties.find(
    (property) => (property.kind === 'temporal' || property.kind === 'step') && isChecked(property, params),
  );
  if (unsound !== undefined) {
    throw new UsageError(
      `${unsound.name} is a ${unsound.kind} property, which --reduce cannot check: it is about steps, and some are left out. ` +
        'Name others with --property, or search without --reduce.',
    );
  }
  if (definition.within.length > 0)
    throw new UsageError(
      `${name} is cut off by a constraint (within), which --reduce cannot check: the order of steps decides what it cuts.`,
    );
}
