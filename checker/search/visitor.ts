import { hashOf, rehash } from '../space/hash.ts';
import { IntList } from '../space/int-list.ts';
import type { Space } from '../space/space.ts';
import type { Failure } from '../space/state-checks.ts';
import { NO_PARENT } from '../space/state-store.ts';
import { Successors } from '../space/successors.ts';
import type { Counts } from './counts.ts';
import type { Violation } from './result.ts';
import { type SleepKeeper, sleepWords } from './sleep-sets.ts';
import { Sleepers } from './sleepers.ts';
import type { Representative, StepSource, Visited } from './visited.ts';

/** What a visitor tells of. Each may be told of again and again; the first time is the one that counts. */
export interface Listener {
  /** Failures in the state after step `i` out of `state` (or in that step), in `state` itself (-1), or in an initial state. */
  failed(kind: Violation['kind'], failures: readonly Failure[], state: number, i: number): void;
  reached(witnesses: readonly string[], state: number, i: number): void;
  /** Step by `instance` to another state, by what `Visited` answers for it. */
  readonly stepped?: ((target: number, instance: number) => void) | undefined;
  wasCut?(): void;
}

export interface VisitorOptions {
  readonly steps?: StepSource | undefined;
  readonly representative?: Representative | undefined;
  /** Where it is kept which steps need not be looked for; with it neither `steps` nor `representative`, nor a listener to each step. */
  readonly sleep?: SleepKeeper | undefined;
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
  private readonly sleepers: Sleepers | undefined;
  /** Whether something is asked of every step, also of one that leads to a known state. */
  private readonly asksSteps: boolean;
  /** A bit for each action instance of whose steps nothing is asked. */
  private readonly unasked: Int32Array;
  /** Of those, the ones that sleep: what they change need not be worked out. */
  private readonly left: Int32Array;
  /** Of the states that are looked for. */
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
    this.current = store.vector;
    this.next = new Int32Array(size);
    this.kept = new Int32Array(size);
    this.asksSteps = space.steps.any || space.states.constrained || listener.stepped !== undefined;
    const { instances, outcomes } = space.transitions;
    this.sleepers = options.sleep && new Sleepers(instances.length, outcomes.reaches, options.sleep);
    this.left = new Int32Array(sleepWords(instances.length));
    this.unasked = new Int32Array(this.left.length);
    if (!space.states.constrained && listener.stepped === undefined)
      for (let i = 0; i < instances.length; i++)
        if (!space.steps.looksAt(i))
          this.unasked[i >>> 5] = (this.unasked[i >>> 5] as number) | (1 << (i & 31));
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
      const reached = space.states.reached(vector);
      if (reached !== undefined) listener.reached(reached, NO_PARENT, -1);
    }
    listener.failed('always', space.states.failures(vector), NO_PARENT, -1);
  }

  /** @throws ModelError */
  expand(state: number): void {
    const { space, store, successors, current, next, counts, sleepers, asksSteps } = this;
    const hash = store.open(state);
    sleepers?.wake(state);
    this.steps.expand(current, successors, sleepers && this.unaskedOf(sleepers.asleep));
    counts.expanded++;
    counts.generated += successors.count + successors.asleep;
    if (successors.count + successors.asleep === 0) this.deadlock(state);
    if (space.steps.any) space.steps.leave(current);
    sleepers?.begin(successors.count);
    next.set(current);
    const looked = this.hash(hash);
    const hashes = this.hashes.data;
    if (this.representative === undefined) store.expect?.(hashes, looked);
    const { slot, id, end, instance } = successors;
    let from = 0;
    let h = 0;
    for (let i = 0; i < successors.count; i++) {
      const to = end.data[i] as number;
      const by = instance.data[i] as number;
      counts.taken[by] = (counts.taken[by] as number) + 1;
      const isKnown = from === to || sleepers?.has(by) === true;
      if (isKnown && !asksSteps) {
        from = to;
        continue;
      }
      for (let c = from; c < to; c++) next[slot.data[c] as number] = id.data[c] as number;
      if (isKnown) this.ask(state, i, from, to);
      else this.visit(state, i, from, to, hashes[h++] as number);
      for (let c = from; c < to; c++) {
        const s = slot.data[c] as number;
        next[s] = current[s] as number;
      }
      from = to;
    }
    if (successors.asleep > 0) counts.takenAsleep(successors);
    sleepers?.end(successors);
  }

  private unaskedOf(asleep: Int32Array): Int32Array {
    const { unasked, left } = this;
    for (let w = 0; w < left.length; w++) left[w] = (asleep[w] as number) & (unasked[w] as number);
    return left;
  }

  /** Computes the hash of each state that is to be looked for, from that of the present one; answers how many. */
  private hash(hash: number): number {
    const { current, successors, hashes, sleepers } = this;
    const { slot, id, end, instance } = successors;
    hashes.reserve(successors.count);
    let looked = 0;
    let c = 0;
    for (let i = 0; i < successors.count; i++) {
      const to = end.data[i] as number;
      if (c === to) continue;
      if (sleepers?.has(instance.data[i] as number)) {
        c = to;
        continue;
      }
      let next = hash;
      for (; c < to; c++) {
        const s = slot.data[c] as number;
        next = rehash(next, s, current[s] as number, id.data[c] as number);
      }
      hashes.data[looked++] = next;
    }
    return looked;
  }

  /** Checks step `i` out of `state`, after which the state (in `next`) is known unless it is cut, now as whenever it is come to. */
  private ask(state: number, i: number, from: number, to: number): void {
    this.checkStep(state, i, from, to);
    // Steps that are recorded change something, and none of them sleeps.
    if (from < to && this.isCut()) {
      this.sleepers?.lost(i);
      this.check(state, i);
    }
  }

  /** Checks step `i` out of `state`, and the state after it (in `next`) unless it is known. */
  private visit(state: number, i: number, from: number, to: number, hash: number): void {
    const { space, store, successors, next, listener, sleepers } = this;
    this.checkStep(state, i, from, to);
    if (this.isCut()) sleepers?.lost(i);
    else {
      const found =
        this.representative === undefined
          ? store.insertNear(next, successors.slot.data, from, to, hash)
          : this.keep(state, next, hash);
      if (found < 0) sleepers?.isNew(i, -1 - found);
      else if (!store.wasBefore(found)) sleepers?.isLate(i);
      listener.stepped?.(found < 0 ? -1 - found : found, successors.instance.at(i));
      if (found >= 0) return;
      const reached = space.states.reached(next);
      if (reached !== undefined) listener.reached(reached, state, i);
    }
    this.check(state, i);
  }

  private checkStep(state: number, i: number, from: number, to: number): void {
    const { steps } = this.space;
    if (!steps.any) return;
    const { instance, label, slot, id } = this.successors;
    const failed = steps.failuresOf(instance.at(i), label.at(i), slot.data, id.data, from, to);
    if (failed.length > 0) this.listener.failed('step', failed, state, i);
  }

  private check(state: number, i: number): void {
    const failed = this.space.states.failures(this.next);
    if (failed.length > 0) this.listener.failed('always', failed, state, i);
  }

  /** Whether the state in `next` is beyond the constraint; then it is counted. */
  private isCut(): boolean {
    const { states } = this.space;
    if (!states.constrained || states.within(this.next)) return false;
    this.counts.cut++;
    this.listener.wasCut?.();
    return true;
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
