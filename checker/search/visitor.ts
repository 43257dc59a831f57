import { IntList } from '../space/int-list.ts';
import type { Space } from '../space/space.ts';
import type { Failure } from '../space/state-checks.ts';
import { hashOf, hashOfSlot, NO_PARENT } from '../space/state-store.ts';
import { Successors } from '../space/successors.ts';
import type { Counts } from './counts.ts';
import type { Violation } from './result.ts';
import type { Representative, StepSource, Visited } from './visited.ts';

/** What a visitor tells of. Each may be told of again and again; the first time is the one that counts. */
export interface Listener {
  /** Failures in the state after step `i` out of `state` (or in that step), in `state` itself (-1), or in an initial state. */
  failed(kind: Violation['kind'], failures: readonly Failure[], state: number, i: number): void;
  reached(witnesses: readonly string[], state: number, i: number): void;
  /** Step by `instance` to state number `target`. */
  readonly stepped?: ((target: number, instance: number) => void) | undefined;
  wasCut?(): void;
}

export interface VisitorOptions {
  readonly steps?: StepSource | undefined;
  readonly representative?: Representative | undefined;
}

/** Expands states: counts, checks and keeps what follows them. How states are chosen is not its concern. */
export class Visitor {
  /** The state that is expanded, the state after its present step, and the steps. */
  readonly current: Int32Array;
  readonly next: Int32Array;
  readonly successors = new Successors();
  private readonly space: Space;
  private readonly store: Visited;
  private readonly counts: Counts;
  private readonly listener: Listener;
  private readonly steps: StepSource;
  private readonly representative: Representative | undefined;
  private readonly kept: Int32Array;
  /** Of the states after the steps that change something. */
  private readonly hashes = new IntList();

  constructor(
    space: Space,
    store: Visited,
    counts: Counts,
    listener: Listener,
    options: VisitorOptions = {},
  ) {
    this.space = space;
    this.store = store;
    this.counts = counts;
    this.listener = listener;
    this.steps = options.steps ?? space.transitions;
    this.representative = options.representative;
    const size = space.layout.slots.length;
    this.current = new Int32Array(size);
    this.next = new Int32Array(size);
    this.kept = new Int32Array(size);
  }

  /** @throws ModelError */
  visitInitial(vector: Int32Array): void {
    const { space, counts, listener } = this;
    this.next.set(vector);
    counts.generated++;
    if (space.states.constrained && !space.states.within(vector)) {
      counts.cut++;
      listener.wasCut?.();
    } else {
      if (this.keep(NO_PARENT, vector, hashOf(vector)) >= 0) return;
      listener.reached(space.states.reached(vector), NO_PARENT, -1);
    }
    listener.failed('always', space.states.failures(vector), NO_PARENT, -1);
  }

  /** @throws ModelError */
  expand(state: number): void {
    const { space, store, successors, current, next, counts } = this;
    const hash = store.open(state, current);
    this.steps.expand(current, successors);
    counts.expanded++;
    counts.generated += successors.count;
    if (successors.count === 0) this.deadlock(state);
    if (space.steps.any) space.steps.pair.set(current);
    next.set(current);
    const changing = this.hash(hash);
    const hashes = this.hashes.data;
    if (this.representative === undefined) store.expect?.(hashes, changing);
    const { slot, id, end, instance } = successors;
    let from = 0;
    let h = 0;
    for (let i = 0; i < successors.count; i++) {
      const to = end.data[i] as number;
      const by = instance.data[i] as number;
      counts.taken[by] = (counts.taken[by] as number) + 1;
      for (let c = from; c < to; c++) next[slot.data[c] as number] = id.data[c] as number;
      this.visit(state, i, from, to, from === to ? hash : (hashes[h++] as number));
      for (let c = from; c < to; c++) {
        const s = slot.data[c] as number;
        next[s] = current[s] as number;
      }
      from = to;
    }
  }

  /** Computes the hash of the state after each step that changes something, from that of the present one; answers how many. */
  private hash(hash: number): number {
    const { current, successors, hashes } = this;
    const { slot, id, end } = successors;
    hashes.reserve(successors.count);
    let changing = 0;
    let c = 0;
    for (let i = 0; i < successors.count; i++) {
      const to = end.data[i] as number;
      if (c === to) continue;
      let next = hash;
      for (; c < to; c++) {
        const s = slot.data[c] as number;
        next ^= hashOfSlot(s, current[s] as number) ^ hashOfSlot(s, id.data[c] as number);
      }
      hashes.data[changing++] = next;
    }
    return changing;
  }

  /** Checks step `i` out of `state`, and the state after it (in `next`) unless it is known. */
  private visit(state: number, i: number, from: number, to: number, hash: number): void {
    const { space, store, successors, next, listener } = this;
    if (space.steps.any) {
      space.steps.pair.set(next, next.length);
      const failed = space.steps.failures(successors.instance.at(i), successors.label.at(i));
      if (failed.length > 0) listener.failed('step', failed, state, i);
    }
    if (from === to) {
      // Nothing has changed: the state is the one that is expanded.
      listener.stepped?.(state, successors.instance.at(i));
      return;
    }
    if (space.states.constrained && !space.states.within(next)) {
      this.counts.cut++;
      listener.wasCut?.();
    } else {
      const known =
        this.representative === undefined
          ? store.insertNear(next, successors.slot.data, from, to, hash)
          : this.keep(state, next, hash);
      listener.stepped?.(known < 0 ? -1 - known : known, successors.instance.at(i));
      if (known >= 0) return;
      const reached = space.states.reached(next);
      if (reached.length > 0) listener.reached(reached, state, i);
    }
    const failed = space.states.failures(next);
    if (failed.length > 0) listener.failed('always', failed, state, i);
  }

  /** Puts the state, or the one that stands for it, among the visited ones. */
  private keep(parent: number, vector: Int32Array, hash: number): number {
    if (this.representative === undefined) return this.store.insert(vector, hash, parent);
    this.representative(vector, this.kept);
    return this.store.insert(this.kept, hashOf(this.kept), parent);
  }

  private deadlock(state: number): void {
    const { space } = this;
    this.counts.deadlocks++;
    const { deadlock } = space.configuration.spec.model.definition;
    if (deadlock === 'allowed' || space.states.isExpectedEnd(this.current)) return;
    const failure = { property: 'deadlock', instance: '', sentence: 'no action is enabled' };
    this.listener.failed('deadlock', [failure], state, -1);
  }
}
