import type { Component, Key } from '../language/components.ts';
import type { Instance } from '../language/model.ts';
import type { Layout, Slot } from '../space/layout.ts';

/**
 * The vertical lines of a diagram: one for each key of the channels, and of the families that declare a `lane`. A
 * channel's keys stand on the lanes of the family that has the same keys, so that net(0, 1) runs between two servers;
 * links run between lanes of two kinds.
 */
export class Lanes {
  readonly names: readonly string[];
  private readonly kinds = new Map<string, string>();
  private readonly shown: readonly { readonly kind: string; readonly keys: readonly Key[] }[];

  constructor(layout: Layout) {
    const components = Object.entries(layout.components);
    for (const [name, declared] of components) this.kinds.set(name, kindOf(name, declared, components));
    const shown = new Map<string, readonly Key[]>();
    for (const [name, { kind, axes, lane, lanes }] of components) {
      if (kind !== 'channel' && lane === undefined) continue;
      for (const [axis, laneKind] of (lanes ?? [this.kinds.get(name) ?? name]).entries()) {
        if (!shown.has(laneKind)) shown.set(laneKind, axes[axis] ?? []);
      }
    }
    this.shown = [...shown].map(([kind, keys]) => ({ kind, keys }));
    this.names = this.shown.flatMap(({ kind, keys }) =>
      keys.length === 0 ? [kind] : keys.map((key) => laneName(kind, key)),
    );
  }

  /** The lane of one key of a component's member; of the component itself when it has no keys. */
  of(slot: Slot, axis: number): string | undefined {
    const kind = slot.declared.lanes?.[axis] ?? this.kinds.get(slot.component) ?? slot.component;
    const key = slot.keys[axis];
    const name = key === undefined ? kind : laneName(kind, key);
    return this.names.includes(name) ? name : undefined;
  }

  /**
   * Who takes a step that receives nothing and sends through no channel that knows its sender: the one whose components
   * change (of a table with a lane, by its rows), otherwise the first key of the instance that is a lane's.
   */
  actor(
    instance: Instance | undefined,
    changed: readonly Slot[],
    notThis: string | null = null,
  ): string | undefined {
    const members = changed.filter(
      ({ declared, keys }) => declared.kind === 'cell' && (keys.length === 1 || declared.lane !== undefined),
    );
    const touched = new Set(members.flatMap((slot) => this.of(slot, 0) ?? []));
    const [only] = touched;
    if (touched.size === 1 && only !== notThis) return only;
    const keys: readonly Key[] =
      typeof instance === 'object' ? instance : instance === undefined ? [] : [instance];
    for (const key of keys) {
      const names = this.shown
        .filter((kind) => kind.keys.includes(key))
        .map(({ kind }) => laneName(kind, key));
      const changes = names.find((name) => touched.has(name));
      if (changes !== undefined && changes !== notThis) return changes;
      // A member of another kind with this key has changed: the instance is one of those, not of a lane.
      if (members.some((slot) => slot.keys[0] === key && this.of(slot, 0) === undefined)) continue;
      const [name] = names;
      if (name !== undefined && name !== notThis) return name;
    }
    return undefined;
  }
}

function laneName(kind: string, key: Key): string {
  return `${kind} ${key}`;
}

function kindOf(name: string, declared: Component, all: readonly (readonly [string, Component])[]): string {
  if (declared.lane !== undefined) return declared.lane;
  if (declared.kind === 'cell') return name;
  const axis = declared.axes[0] ?? [];
  const family = all.find(([, other]) => {
    const keys = other.axes[0];
    return other.kind === 'cell' && other.axes.length === 1 && keys !== undefined && sameKeys(keys, axis);
  });
  return family === undefined ? name : (family[1].lane ?? family[0]);
}

function sameKeys(a: readonly Key[], b: readonly Key[]): boolean {
  return a.length > 0 && a.length === b.length && a.every((key) => b.includes(key));
}
