import { IntList } from './int-list.ts';

/**
 * The steps out of one state, as flat lists: step i is by `instance[i]`, and changes entries `end[i - 1]` to `end[i]`. Of steps
 * whose changes do not matter there is only the instance and how many they are.
 */
export class Successors {
  count = 0;
  readonly instance = new IntList();
  readonly label = new IntList();
  readonly end = new IntList();
  /** What the instance has read and written there: a number of `Reaches`. */
  readonly reach = new IntList();
  /** Changed components and their new ids; a component that keeps its value is not listed. */
  readonly slot = new IntList();
  readonly id = new IntList();

  /** Steps that are not listed. */
  asleep = 0;
  readonly sleeper = new IntList();
  readonly sleeperSteps = new IntList();
  readonly sleeperReach = new IntList();

  clear(): void {
    this.count = 0;
    this.asleep = 0;
    this.sleeper.length = 0;
    this.sleeperSteps.length = 0;
    this.sleeperReach.length = 0;
    this.instance.length = 0;
    this.label.length = 0;
    this.end.length = 0;
    this.reach.length = 0;
    this.slot.length = 0;
    this.id.length = 0;
  }

  /** Ends a step whose changes were listed. */
  add(instance: number, label: number, reach: number): void {
    this.instance.push(instance);
    this.label.push(label);
    this.reach.push(reach);
    this.end.push(this.slot.length);
    this.count++;
  }

  addAsleep(instance: number, steps: number, reach: number): void {
    this.sleeper.push(instance);
    this.sleeperSteps.push(steps);
    this.sleeperReach.push(reach);
    this.asleep += steps;
  }

  start(step: number): number {
    return step === 0 ? 0 : (this.end.data[step - 1] as number);
  }

  /** Writes the state after step i into `target`, which holds the state before it. */
  applyTo(target: Int32Array, step: number): void {
    const to = this.end.data[step] as number;
    for (let c = this.start(step); c < to; c++)
      target[this.slot.data[c] as number] = this.id.data[c] as number;
  }
}
