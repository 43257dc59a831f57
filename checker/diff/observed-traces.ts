import { UsageError } from '../language/errors.ts';
import { suggestion } from '../language/nearest.ts';
import { IntList } from '../space/int-list.ts';
import type { Layout, Slot } from '../space/layout.ts';
import { CUT, type LabelledGraph } from './labelled-graph.ts';
import type { Names } from './names.ts';
import { type Moves, StateSets, type Traces } from './traces.ts';

/** What somebody sees who looks at some components only, as a number: the same values, the same number on either side. */
export class Observer {
  private readonly graph: LabelledGraph;
  private readonly slots: readonly Slot[];
  private readonly names: Names;
  /** By state: what is seen + 1; 0 as long as nobody looked. */
  private readonly seen = new IntList();

  /** @throws UsageError for a name that is no component, nor a member of one */
  constructor(graph: LabelledGraph, components: readonly string[], names: Names) {
    this.graph = graph;
    this.slots = observedSlots(graph.space.layout, components);
    this.names = names;
  }

  of(state: number): number {
    const known = this.seen.at(state);
    if (known !== 0) return known - 1;
    const vector = this.graph.vectorOf(state);
    const text = this.slots.map(({ index, domain }) => domain.encoding(vector[index] as number)).join('\n');
    const seen = this.names.idOf(text);
    this.seen.put(state, seen + 1);
    return seen;
  }
}

function observedSlots(layout: Layout, components: readonly string[]): readonly Slot[] {
  return components.flatMap((name) => {
    const slots = layout.slots.filter((slot) => slot.component === name || slot.name === name);
    if (slots.length > 0) return slots;
    throw new UsageError(
      `there is no component '${name}'.${suggestion(name, Object.keys(layout.components))}`,
    );
  });
}

/**
 * Traces of what an observer sees: each change of it is visible, steps that do not change it are not. So a run may be in
 * several states after the same trace: all that steps nobody sees lead to.
 */
export class ObservedTraces implements Traces {
  private readonly graph: LabelledGraph;
  private readonly observer: Observer;
  private readonly sets = new StateSets();

  constructor(graph: LabelledGraph, observer: Observer) {
    this.graph = graph;
    this.observer = observer;
  }

  begin(into: Moves): void {
    into.clear();
    const groups = new Map<number, Set<number>>();
    for (const state of this.graph.initial) group(groups, this.observer.of(state), state);
    this.addClosed(groups, into);
  }

  next(node: number, into: Moves): void {
    into.clear();
    const groups = new Map<number, Set<number>>();
    for (const state of this.statesOf(node)) {
      const now = this.observer.of(state);
      this.each(state, (target) => {
        const seen = this.observer.of(target);
        if (seen !== now) group(groups, seen, target);
      });
    }
    this.addClosed(groups, into);
  }

  statesOf(node: number): readonly number[] {
    return this.sets.statesOf(node);
  }

  /** Each set with the states that unseen steps lead to from it. */
  private addClosed(groups: ReadonlyMap<number, Set<number>>, into: Moves): void {
    for (const [seen, states] of groups) {
      for (const state of states) {
        this.each(state, (target) => {
          if (this.observer.of(target) === seen) states.add(target); // a set grows while it is gone through
        });
      }
      into.add(seen, this.sets.idOf([...states]));
    }
  }

  private each(state: number, found: (target: number) => void): void {
    const { graph } = this;
    const begin = graph.begin(state);
    for (let edge = begin, end = graph.end(state); edge < end; edge++) {
      const target = graph.targetOf(edge);
      if (target !== CUT) found(target);
    }
  }
}

function group(groups: Map<number, Set<number>>, key: number, state: number): void {
  const known = groups.get(key);
  if (known === undefined) groups.set(key, new Set([state]));
  else known.add(state);
}
