import type { PathStep } from '../search/path.ts';
import { hashOf, rehash } from '../space/hash.ts';
import { IntList } from '../space/int-list.ts';
import { PairMap } from '../space/pair-map.ts';
import type { Space } from '../space/space.ts';
import { NO_PARENT, StateStore } from '../space/state-store.ts';
import { Successors } from '../space/successors.ts';
import type { Names } from './names.ts';

/** Where an edge leads that the constraint (within) cuts. */
export const CUT = -1;

/**
 * The transitions of a space between its numbered states, found as far as somebody asks: the edges of an expanded state are
 * `begin(state)` to `end(state)`, each with its label, (action, instance, alternative) as a number, and its target. A
 * label leads from a state to one other state at most. 8 bytes an edge.
 */
export class LabelledGraph {
  readonly space: Space;
  /** The initial states that the constraint does not cut. */
  readonly initial: readonly number[];
  private readonly names: Names;
  private readonly store: StateStore;
  private readonly labels = new IntList();
  private readonly targets = new IntList();
  /** By state: its first edge + 1; 0 as long as it is not expanded. */
  private readonly first = new IntList();
  private readonly last = new IntList();
  /** By instance and alternative: the label + 1. */
  private readonly labelIds = new PairMap();
  private readonly steps = new Map<number, PathStep>();
  private readonly successors = new Successors();
  private readonly next: Int32Array;

  constructor(space: Space, names: Names) {
    this.space = space;
    this.names = names;
    this.store = new StateStore(space.layout);
    this.next = new Int32Array(space.layout.slots.length);
    const inside = space.initial.filter((vector) => !this.isCut(vector));
    this.initial = [...new Set(inside.map((vector) => this.number(vector, hashOf(vector))))];
  }

  /** States found so far. */
  get count(): number {
    return this.store.count;
  }

  get bytes(): number {
    const lists = [this.labels, this.targets, this.first, this.last];
    return this.store.bytes + lists.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** The first edge of a state. Expands it if need be. @throws ModelError */
  begin(state: number): number {
    if (this.first.at(state) === 0) this.expand(state);
    return this.first.at(state) - 1;
  }

  /** One past the last edge of a state whose `begin` was asked for. */
  end(state: number): number {
    return this.last.at(state);
  }

  labelOf(edge: number): number {
    return this.labels.data[edge] as number;
  }

  /** The number of the state after the edge, or CUT. */
  targetOf(edge: number): number {
    return this.targets.data[edge] as number;
  }

  /** The step that a label names. @throws RangeError for a label that no edge has */
  stepOf(label: number): PathStep {
    const step = this.steps.get(label);
    if (step === undefined) throw new RangeError(`no edge has the label ${label}`);
    return step;
  }

  vectorOf(state: number): Int32Array {
    const vector = new Int32Array(this.next.length);
    this.store.read(state, vector);
    return vector;
  }

  private expand(state: number): void {
    const { space, successors, next } = this;
    const hash = this.store.open(state);
    const current = this.store.vector;
    space.transitions.expand(current, successors);
    space.transitions.allowMemo(8 * this.store.count);
    this.first.put(state, this.labels.length + 1);
    next.set(current);
    for (let i = 0; i < successors.count; i++) {
      const [from, to] = [successors.start(i), successors.end.data[i] as number];
      let nextHash = hash;
      for (let c = from; c < to; c++) {
        const slot = successors.slot.data[c] as number;
        const id = successors.id.data[c] as number;
        next[slot] = id;
        nextHash = rehash(nextHash, slot, current[slot] as number, id);
      }
      this.labels.push(this.label(successors.instance.at(i), successors.label.at(i)));
      this.targets.push(this.isCut(next) ? CUT : this.number(next, nextHash));
      for (let c = from; c < to; c++) {
        const slot = successors.slot.data[c] as number;
        next[slot] = current[slot] as number;
      }
    }
    this.last.put(state, this.labels.length);
  }

  private isCut(vector: Int32Array): boolean {
    return this.space.states.constrained && !this.space.states.within(vector);
  }

  private number(vector: Int32Array, hash: number): number {
    const known = this.store.insert(vector, hash, NO_PARENT);
    return known < 0 ? -1 - known : known;
  }

  private label(instance: number, alternative: number): number {
    const known = this.labelIds.get(instance, alternative);
    if (known !== 0) return known - 1;
    const { instances, outcomes } = this.space.transitions;
    const text = outcomes.labels[alternative] ?? '';
    const label = this.names.idOf(JSON.stringify([instances[instance]?.name, text]));
    this.labelIds.set(instance, alternative, label + 1);
    this.steps.set(label, { instance, label: text });
    return label;
  }
}
