import { ModelError } from '../language/errors.ts';
import type { Footprint, Place } from '../language/footprint.ts';
import type { AnyParams } from '../language/model.ts';
import type { Alternative } from '../language/operations.ts';
import type { Layout } from './layout.ts';
import { runPurely } from './purity.ts';
import type { Recorder } from './recorder.ts';
import type { ActionInstance } from './transitions.ts';

/** What an action instance may read and write: sets of numbers of components. */
interface Reach {
  readonly reads: ReadonlySet<number>;
  readonly writes: ReadonlySet<number>;
}

/** The declared footprints of action instances; one that declares none may touch everything. */
export class Footprints {
  private readonly layout: Layout;
  private readonly reaches: readonly (Reach | undefined)[];
  private readonly everything: ReadonlySet<number>;

  /** @throws ModelError for a place that does not exist */
  constructor(layout: Layout, instances: readonly ActionInstance[], params: AnyParams, model: string) {
    this.layout = layout;
    this.everything = new Set(layout.slots.keys());
    this.reaches = instances.map(({ action, instance, name }) => {
      const { touches } = action;
      if (touches === undefined) return undefined;
      try {
        const { reads, writes }: Footprint = runPurely(() => touches(instance, params));
        return { reads: this.slotsOf(reads), writes: this.slotsOf(writes) };
      } catch (error) {
        throw error instanceof ModelError ? error.at({ model, action: name }) : error;
      }
    });
  }

  /** Whether any action declares what it touches. */
  get any(): boolean {
    return this.reaches.some((reach) => reach !== undefined);
  }

  readsOf(instance: number): ReadonlySet<number> {
    return this.reaches[instance]?.reads ?? this.everything;
  }

  writesOf(instance: number): ReadonlySet<number> {
    return this.reaches[instance]?.writes ?? this.everything;
  }

  /** @throws ModelError where the instance's evaluation has left its footprint */
  check(instance: number, recorder: Recorder, alternatives: readonly Alternative[]): void {
    const reach = this.reaches[instance];
    if (reach === undefined) return;
    for (const readable of recorder.reads)
      this.within(reach.reads, recorder.readables.positionOf(readable), 'reads');
    for (const { updates } of alternatives)
      for (const { slot } of updates) this.within(reach.writes, slot, 'writes');
  }

  private within(allowed: ReadonlySet<number>, slot: number, does: 'reads' | 'writes'): void {
    if (allowed.has(slot)) return;
    throw new ModelError(`${does} what its footprint (touches) does not name`, {
      component: this.layout.slots[slot]?.name,
    });
  }

  private slotsOf(places: readonly Place[]): ReadonlySet<number> {
    return new Set(
      places.flatMap((place) => {
        const [component, ...keys] = typeof place === 'string' ? [place] : place;
        const found = this.layout.slots.filter(
          (slot) => slot.component === component && keys.every((key, i) => slot.keys[i] === key),
        );
        if (found.length === 0)
          throw new ModelError(
            `its footprint (touches) names ${[component, ...keys].join(', ')}, which does not exist`,
          );
        return found.map(({ index }) => index);
      }),
    );
  }
}
