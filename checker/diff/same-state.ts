import type { Layout, Slot } from '../space/layout.ts';
import { PairMap } from '../space/pair-map.ts';

const SAME = 1;
const OTHER = 2;

/** Compares states of two layouts by the values of their components, whatever ids these have on either side. */
export class SameState {
  /** Whether both sides have the same components. */
  readonly comparable: boolean;
  private readonly pairs: readonly (readonly [left: Slot, right: Slot, known: PairMap])[];

  constructor(left: Layout, right: Layout) {
    const byName = new Map(right.slots.map((slot) => [slot.name, slot]));
    this.pairs = left.slots.flatMap((slot) => {
      const other = byName.get(slot.name);
      return other === undefined ? [] : [[slot, other, new PairMap()] as const];
    });
    this.comparable = this.pairs.length === left.slots.length && left.slots.length === right.slots.length;
  }

  /** Whether all components that both sides have hold the same values. */
  same(left: Int32Array, right: Int32Array): boolean {
    return this.pairs.every(([a, b, known]) => isSame(a, b, known, left, right));
  }

  /** The names of the components that differ. */
  differing(left: Int32Array, right: Int32Array): readonly string[] {
    return this.pairs.filter(([a, b, known]) => !isSame(a, b, known, left, right)).map(([{ name }]) => name);
  }
}

function isSame(a: Slot, b: Slot, known: PairMap, left: Int32Array, right: Int32Array): boolean {
  const [idA, idB] = [left[a.index] as number, right[b.index] as number];
  let result = known.get(idA, idB);
  if (result === 0) {
    result = a.domain.encoding(idA) === b.domain.encoding(idB) ? SAME : OTHER;
    known.set(idA, idB, result);
  }
  return result === SAME;
}
