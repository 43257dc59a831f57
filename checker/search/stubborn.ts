import type { Footprints } from '../space/footprints.ts';
import { hashOf } from '../space/hash.ts';
import type { Space } from '../space/space.ts';
import type { StateStore } from '../space/state-store.ts';
import { Successors } from '../space/successors.ts';
import type { StepSource } from './visited.ts';

/**
 * As many of the steps out of a state as suffice to find every deadlock, and every state of what `visible` shows: a stubborn
 * set (Valmari) of action instances. With each come all that write what decides in this state what it does, or that it does
 * nothing; with one that is enabled also all that touch what it writes. So nothing outside of the set can interfere with it,
 * whatever happens first.
 * Unless all steps are taken, those taken write nothing visible, and one of them leads to a state that is expanded later, so that
 * nothing is put off for ever (Bosnacki and Holzmann's condition for a queue).
 */
export class StubbornSteps implements StepSource {
  /** States from which not all steps were taken. */
  reduced = 0;
  private readonly space: Space;
  private readonly store: StateStore;
  private readonly writes: readonly ReadonlySet<number>[];
  /** By component: the instances that may write it, and those that may read or write it. */
  private readonly writers: readonly (readonly number[])[];
  private readonly users: readonly (readonly number[])[];
  private readonly isVisible: readonly boolean[];
  private readonly all = new Successors();
  private readonly after: Int32Array;

  constructor(space: Space, store: StateStore, footprints: Footprints, visible: ReadonlySet<number>) {
    const { layout, transitions } = space;
    const instances = Array.from(transitions.instances.keys());
    const slots = Array.from(layout.slots.keys());
    this.space = space;
    this.store = store;
    this.after = new Int32Array(slots.length);
    this.writes = instances.map((i) => footprints.writesOf(i));
    this.writers = slots.map((slot) => instances.filter((i) => footprints.writesOf(i).has(slot)));
    this.users = slots.map((slot) =>
      instances.filter((i) => footprints.writesOf(i).has(slot) || footprints.readsOf(i).has(slot)),
    );
    this.isVisible = this.writes.map((written) => [...written].some((slot) => visible.has(slot)));
  }

  expand(vector: Int32Array, into: Successors): void {
    const { all } = this;
    this.space.transitions.expand(vector, all);
    const enabled = new Set(Array.from({ length: all.count }, (_, i) => all.instance.at(i)));
    let best: ReadonlySet<number> = enabled;
    for (const instance of enabled) {
      const taken = this.closure(vector, instance, enabled, best.size);
      if (taken !== undefined && this.leadsOn(vector, taken)) best = taken;
    }
    if (best.size < enabled.size) this.reduced++;
    copy(all, best, into);
  }

  /** The enabled instances of the stubborn set around one of them; undefined when that is visible, or not smaller. */
  private closure(
    vector: Int32Array,
    first: number,
    enabled: ReadonlySet<number>,
    below: number,
  ): ReadonlySet<number> | undefined {
    const set = new Set([first]);
    const taken = new Set<number>();
    for (const instance of set) {
      for (const slot of this.space.transitions.decidedBy(instance, vector))
        for (const other of this.writers[slot] ?? []) set.add(other);
      if (!enabled.has(instance)) continue;
      taken.add(instance);
      if (taken.size >= below || this.isVisible[instance]) return undefined;
      for (const slot of this.writes[instance] ?? [])
        for (const other of this.users[slot] ?? []) set.add(other);
    }
    return taken;
  }

  /** Whether one of the steps leads to a state that is still to be expanded. */
  private leadsOn(vector: Int32Array, taken: ReadonlySet<number>): boolean {
    const { all, after, store } = this;
    for (let i = 0; i < all.count; i++) {
      if (!taken.has(all.instance.at(i))) continue;
      after.set(vector);
      all.applyTo(after, i);
      if (store.isAhead(after, hashOf(after))) return true;
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
