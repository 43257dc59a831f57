import { IntList } from '../space/int-list.ts';

/** What a node leads to: one node for each label. */
export class Moves {
  readonly label = new IntList();
  readonly node = new IntList();

  get count(): number {
    return this.label.length;
  }

  add(label: number, node: number): void {
    this.label.push(label);
    this.node.push(node);
  }

  clear(): void {
    this.label.length = 0;
    this.node.length = 0;
  }
}

/**
 * The traces of a design as a deterministic automaton, by the subset construction: a node stands for all states that a run
 * may be in after one and the same trace, so that a trace leads to one node, or is no trace of the design.
 */
export interface Traces {
  /** The beginnings: what can be seen of an initial state, or one label that says nothing. */
  begin(into: Moves): void;
  /** Where the traces go on from a node. @throws ModelError */
  next(node: number, into: Moves): void;
  /** The states of a node, in order. */
  statesOf(node: number): readonly number[];
}

/** Sets of states as numbers: that of one state is even and needs no table. */
export class StateSets {
  private readonly ids = new Map<string, number>();
  private readonly sets: (readonly number[])[] = [];
  /** States in all sets of several. */
  size = 0;

  /** `states`: each once, in any order. */
  idOf(states: readonly number[]): number {
    if (states.length === 1) return 2 * (states[0] as number);
    const sorted = [...states].sort((a, b) => a - b);
    const key = sorted.join();
    const known = this.ids.get(key);
    if (known !== undefined) return known;
    const id = 2 * this.sets.length + 1;
    this.ids.set(key, id);
    this.sets.push(sorted);
    this.size += sorted.length;
    return id;
  }

  statesOf(id: number): readonly number[] {
    return id % 2 === 0 ? [id / 2] : (this.sets[(id - 1) / 2] ?? []);
  }
}
