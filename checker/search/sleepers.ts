import { IntList } from '../space/int-list.ts';
import type { Reaches } from '../space/reaches.ts';
import type { Successors } from '../space/successors.ts';
import { type SleepKeeper, sleepWords } from './sleep-sets.ts';

/** Of a step whose target is not kept. */
const NEVER = 0x7fffffff;

/**
 * Knows of steps that they lead to states which are found without them, so that nobody has to look for these: they sleep
 * (Godefroid's sleep sets, for a breadth-first search, which still counts and checks every step).
 *
 * Let the state s be found from p by a step b, and let a be another step out of p, independent of b, to a state q with a
 * smaller number than s. Then a leads from s where b leads from q, and q is expanded before s. So a sleeps in s. It is the same
 * with an a that slept in p: its target was found from a state before p, so it has a smaller number than whatever p finds; or it
 * was cut, has none, and lets nothing sleep.
 */
export class Sleepers {
  /** The instances that sleep in the state that is expanded: a bit for each. */
  readonly asleep: Int32Array;
  private readonly keeper: SleepKeeper;
  private readonly reaches: Reaches;
  private readonly falling: Int32Array;
  /** By step: its target has a smaller number than those of new states that later steps than this lead to; -1 for all. */
  private readonly before = new IntList();
  private readonly newSteps = new IntList();
  private readonly newStates = new IntList();

  constructor(instances: number, reaches: Reaches, keeper: SleepKeeper) {
    this.keeper = keeper;
    this.reaches = reaches;
    this.asleep = new Int32Array(sleepWords(instances));
    this.falling = new Int32Array(this.asleep.length);
  }

  /** Begins with the state that is expanded next. */
  wake(state: number): void {
    this.keeper.take(state, this.asleep);
    this.newSteps.length = 0;
    this.newStates.length = 0;
  }

  has(instance: number): boolean {
    return (((this.asleep[instance >>> 5] as number) >>> (instance & 31)) & 1) !== 0;
  }

  /** Says how many steps there are; unless more is said of one, its target was there before. */
  begin(steps: number): void {
    this.before.reserve(steps);
    const { data } = this.before;
    for (let i = 0; i < steps; i++) data[i] = -1;
  }

  /** The target of a step is new. */
  isNew(step: number, state: number): void {
    this.isLate(step);
    this.newSteps.push(step);
    this.newStates.push(state);
  }

  /** The target of a step was found from this state first: by an earlier step, or by another hand that has begun later. */
  isLate(step: number): void {
    this.before.data[step] = step;
  }

  /** The target of a step was cut: it is not expanded, so that nothing is found from it. */
  lost(step: number): void {
    this.before.data[step] = NEVER;
  }

  /** Keeps what sleeps in the new states. */
  end(steps: Successors): void {
    for (let n = 0; n < this.newSteps.length; n++) {
      if (this.fallAsleep(this.newSteps.data[n] as number, steps))
        this.keeper.keep(this.newStates.data[n] as number, this.falling);
    }
  }

  /** Finds what sleeps in the state that step `by` leads to. Answers whether anything does. */
  private fallAsleep(by: number, steps: Successors): boolean {
    const { count, instance, reach, sleeper, sleeperReach } = steps;
    const { before, reaches, falling } = this;
    const reachOfBy = reach.data[by] as number;
    for (let w = 0; w < falling.length; w++) falling[w] = 0;
    let any = false;
    for (let i = 0; i < count; ) {
      const one = instance.data[i] as number;
      const reachOfOne = reach.data[i] as number;
      let last = -1;
      for (; i < count && instance.data[i] === one; i++) last = Math.max(last, before.data[i] as number);
      if (last >= by || !reaches.areIndependent(reachOfOne, reachOfBy)) continue;
      this.add(one);
      any = true;
    }
    for (let i = 0; i < sleeper.length; i++) {
      if (!reaches.areIndependent(sleeperReach.data[i] as number, reachOfBy)) continue;
      this.add(sleeper.data[i] as number);
      any = true;
    }
    return any;
  }

  private add(instance: number): void {
    const word = instance >>> 5;
    this.falling[word] = (this.falling[word] as number) | (1 << (instance & 31));
  }
}
