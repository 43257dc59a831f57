import fc from 'fast-check';
import type { Space } from '../space/space.ts';
import type { Successors } from '../space/successors.ts';
import { Shrinker, type Shrunk } from './shrink.ts';
import { type Walk, Walker } from './walker.ts';

/**
 * Random walks as fast-check generates and shrinks them. A walk is the list of the transitions that it took, by name:
 * each was drawn evenly among those enabled, the initial state among all initial states.
 */
export class RandomWalks extends fc.Arbitrary<Walk> {
  /** Of the walks as generated; shrinking counts for itself. */
  readonly walker: Walker;
  private readonly space: Space;
  private readonly steps: number;
  private readonly onStep: () => void;
  private readonly shrinker: Shrinker;

  /** `steps` is the length at which a walk ends; `onStep` is called with every choice. */
  constructor(space: Space, steps: number, onStep: () => void) {
    super();
    this.walker = new Walker(space);
    this.space = space;
    this.steps = steps;
    this.onStep = onStep;
    this.shrinker = new Shrinker(space, new Walker(space));
  }

  /** @throws ModelError, which ends the search: a fault of the model is no violation */
  override generate(random: fc.Random): fc.Value<Walk> {
    const below = (count: number): number => random.nextInt(0, count - 1);
    const refused: number[] = [];
    const pick = ({ count }: Successors, refusals: number, length: number): number => {
      this.onStep();
      if (length >= this.steps || refusals === count) return -1;
      refused.length = refusals;
      let i = below(count - refusals);
      for (const one of refused.toSorted((a, b) => a - b)) if (i >= one) i++;
      refused.push(i);
      return i;
    };
    const initial = this.space.initial[below(this.space.initial.length)] ?? new Int32Array(0);
    return new fc.Value(this.walker.walk(initial, pick), undefined);
  }

  override canShrinkWithoutContext(_: unknown): _ is Walk {
    return false; // no walk comes from anywhere else
  }

  override shrink(walk: Walk, context: unknown): fc.Stream<fc.Value<Walk>> {
    return fc.stream(valuesOf(this.shrinker.shrink(walk, context)));
  }
}

function* valuesOf(shrunk: Iterable<Shrunk>): Generator<fc.Value<Walk>> {
  for (const { walk, context } of shrunk) yield new fc.Value(walk, context);
}
