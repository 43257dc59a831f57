import type { Footprints } from '../space/footprints.ts';
import { hashOf } from '../space/hash.ts';
import type { Space } from '../space/space.ts';
import type { StateStore } from '../space/state-store.ts';
import { Successors } from '../space/successors.ts';
import type { StepSource } from './visited.ts';

/**
 * As many of the steps out of a state as suffice to find every deadlock, and every state of what `visible` shows: a stubborn
 * set (Valmari) of action instances. With one that is enabled come all that depend on it, with one that is not all that might
 * enable it; so nothing outside of the set can interfere with what is enabled in it, whatever happens first.
 * Unless all steps are taken, those taken write nothing visible, and one of them leads to a new state, so that nothing is put
 * off for ever (Bosnacki and Holzmann's condition for a queue).
 */
export class StubbornSteps implements StepSource {
  /** States from which not all steps were taken. */
  reduced = 0;
  private readonly space: Space;
  private readonly store: StateStore;
  /** By instance: those that it must not be separated from while enabled, and while disabled. */
  private readonly dependent: readonly (readonly number[])[];
  private readonly enabling: readonly (readonly number[])[];
  private readonly isVisible: readonly boolean[];
  private readonly all = new Successors();
  private readonly after: Int32Array;

  constructor(space: Space, store: StateStore, footprints: Footprints, visible: ReadonlySet<number>) {
    const instances = Array.from(space.transitions.instances.keys());
    const meet = (a: ReadonlySet<number>, b: ReadonlySet<number>): boolean =>
      [...a].some((one) => b.has(one));
    const writes = instances.map((i) => footprints.writesOf(i));
    const reads = instances.map((i) => footprints.readsOf(i));
    const of = (sets: readonly ReadonlySet<number>[], i: number): ReadonlySet<number> => sets[i] ?? new Set();
    this.space = space;
    this.store = store;
    this.after = new Int32Array(space.layout.slots.length);
    this.enabling = instances.map((i) => instances.filter((j) => meet(of(writes, j), of(reads, i))));
    this.dependent = instances.map((i) =>
      instances.filter(
        (j) =>
          meet(of(writes, i), of(writes, j)) ||
          meet(of(writes, i), of(reads, j)) ||
          meet(of(reads, i), of(writes, j)),
      ),
    );
    this.isVisible = instances.map((i) => meet(of(writes, i), visible));
  }

  expand(vector: Int32Array, into: Successors): void {
    const { all } = this;
    this.space.transitions.expand(vector, all);
    const enabled = new Set(Array.from({ length: all.count }, (_, i) => all.instance.at(i)));
    let best: ReadonlySet<number> = enabled;
    for (const instance of enabled) {
      const taken = this.closure(instance, enabled, best.size);
      if (taken !== undefined && this.leadsOn(vector, taken)) best = taken;
    }
    if (best.size < enabled.size) this.reduced++;
    copy(all, best, into);
  }

  /** The enabled instances of the stubborn set around one of them; undefined when that is visible, or not smaller. */
  private closure(
    first: number,
    enabled: ReadonlySet<number>,
    below: number,
  ): ReadonlySet<number> | undefined {
    const set = new Set([first]);
    const taken = new Set<number>();
    for (const instance of set) {
      if (!enabled.has(instance)) {
        for (const other of this.enabling[instance] ?? []) set.add(other);
        continue;
      }
      taken.add(instance);
      if (taken.size >= below || this.isVisible[instance]) return undefined;
      for (const other of this.dependent[instance] ?? []) set.add(other);
    }
    return taken;
  }

  /** Whether one of the steps leads to a new state. */
  private leadsOn(vector: Int32Array, taken: ReadonlySet<number>): boolean {
    const { all, after, store } = this;
    for (let i = 0; i < all.count; i++) {
      if (!taken.has(all.instance.at(i))) continue;
      after.set(vector);
      all.applyTo(after, i);
      if (!store.has(after, hashOf(after))) return true;
    }
    return false;
  }
}

/** The steps of these instances. */
function copy(from: Successors, taken: ReadonlySet<number>, into: Successors): void {
  into.clear();
  for (let i = 0; i < from.count; i++) {
    if (!taken.has(from.instance.at(i))) continue;
    for (let c = from.start(i); c < from.end.at(i); c++) {
      into.slot.push(from.slot.at(c));
      into.id.push(from.id.at(c));
    }
    into.add(from.instance.at(i), from.label.at(i), from.reach.at(i));
  }
}
