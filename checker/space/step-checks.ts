import { type Configuration, isChecked } from '../language/configure.ts';
import { ModelError } from '../language/errors.ts';
import { suggestion } from '../language/nearest.ts';
import { IntList } from './int-list.ts';
import { JointMemo } from './joint-memo.ts';
import type { Layout } from './layout.ts';
import { IDLE, Predicates } from './predicates.ts';
import { Readables } from './readables.ts';
import { type Read, Recorder } from './recorder.ts';
import type { Failure } from './state-checks.ts';
import { type DeclaredStep, type StepNumbers, StepProperty } from './step-property.ts';
import type { Transitions } from './transitions.ts';
import { makeView } from './views.ts';

/** As many properties as have a bit in a mask; those beyond are asked of every step. */
const BITS = 32;
const EVERYTHING = -1;

/**
 * What is asked of every transition. A transition is a vector of twice the length: the state before, then after.
 *
 * Most steps change nothing that a given property reads. To a property that does not ask which step it looks at, all of these
 * are alike: so in each state it is asked of one of them, and if that is none of its business, of no other.
 */
export class StepChecks {
  readonly armed: Float64Array;
  /** Before in the first half, after in the second. */
  readonly pair: Int32Array;
  private readonly predicates: Predicates;
  private readonly recorder: Recorder;
  private readonly properties: readonly StepProperty[];
  /** By action instance: the properties that look at its steps. */
  private readonly looking: Int32Array;
  /** By component: the properties that have ever read it, before or after a step. */
  private readonly readers: Int32Array;
  /** Those that have nothing to say of a step out of the present state that changes nothing that they read. */
  private idle = 0;
  /** Those that have not asked yet which step they look at. */
  private alike = EVERYTHING;
  private readonly present: StepNumbers = { instance: 0, label: 0 };
  /** Of those that have asked: what they say of a step, together. */
  private joint: JointMemo;
  /** By action instance: root + 1 by label. */
  private readonly roots: readonly IntList[];
  /** Of the properties. */
  private readonly results: Int32Array;

  constructor(layout: Layout, configuration: Configuration, transitions: Transitions) {
    const { spec, params } = configuration;
    const size = layout.slots.length;
    const later = layout.slots.map((slot) => ({ ...slot, name: `afterwards ${slot.name}` }));
    const recorder = new Recorder(new Readables([...layout.slots, ...later]));
    this.recorder = recorder;
    this.predicates = new Predicates(spec.model.name, recorder);
    this.pair = new Int32Array(2 * size);
    this.armed = new Float64Array(spec.properties.length);
    this.readers = new Int32Array(size);
    const views = [
      makeView(layout, recorder, 'property'),
      makeView(layout, recorder, 'property', size),
    ] as const;
    const actions = spec.model.definition.actions.map((action) => action.name);
    this.properties = spec.properties.flatMap((property, number) => {
      if (property.kind !== 'step' || !isChecked(property, params)) return [];
      checkActions(property, actions, spec.model.name);
      const { predicates, present } = this;
      return [new StepProperty(property, number, configuration, transitions, predicates, views, present)];
    });
    this.results = new Int32Array(this.properties.length);
    this.joint = new JointMemo(recorder.readables, this.predicates);
    this.roots = transitions.instances.map(() => new IntList());
    this.looking = Int32Array.from(transitions.instances, (_, instance) =>
      this.properties.reduce((mask, step, i) => (step.looksAt(instance) ? mask | bitOf(i) : mask), 0),
    );
  }

  get any(): boolean {
    return this.properties.length > 0;
  }

  /** A new search counts from zero. */
  begin(): void {
    this.armed.fill(0);
  }

  /** Steps out of this state are looked at by `failuresOf` until another one is left. */
  leave(state: Int32Array): void {
    this.pair.set(state);
    this.pair.set(state, state.length);
    this.idle = 0;
  }

  /** What the step out of the present state violates that changes the components `slots[from..to)` to `ids`. @throws ModelError */
  failuresOf(
    instance: number,
    label: number,
    slots: Int32Array,
    ids: Int32Array,
    from: number,
    to: number,
  ): readonly Failure[] {
    const { pair, readers, properties } = this;
    let touched = 0;
    for (let c = from; c < to; c++) touched |= readers[slots[c] as number] as number;
    const asked = (this.looking[instance] as number) & (touched | ~this.idle);
    if (asked === 0 && properties.length <= BITS) return NONE;
    const size = readers.length;
    for (let c = from; c < to; c++) pair[size + (slots[c] as number)] = ids[c] as number;
    const failed = this.ask(asked, touched, instance, label);
    for (let c = from; c < to; c++) pair[size + (slots[c] as number)] = pair[slots[c] as number] as number;
    return failed;
  }

  /** The step properties that the transition in `pair`, taken by `instance` with `label`, violates. @throws ModelError */
  failures(instance: number, label: number): readonly Failure[] {
    return this.ask(this.looking[instance] as number, EVERYTHING, instance, label);
  }

  private ask(asked: number, touched: number, instance: number, label: number): readonly Failure[] {
    const { joint, predicates, pair } = this;
    const { evaluations } = predicates;
    const looking = this.looking[instance] as number;
    const together = looking & ~this.alike;
    const root = isSeveral(together) ? this.rootOf(instance, label) : -1;
    const known = root < 0 ? undefined : joint.find(root, pair);
    const alone = known === undefined ? asked : asked & ~together;
    if (known !== undefined && alone === 0 && this.properties.length <= BITS) return this.tell(known, 0);
    const results = this.each(alone, instance, label);
    if (known !== undefined) {
      for (let i = 0; i < results.length; i++)
        if ((bitOf(i) & together) !== 0) results[i] = known[i] as number;
    } else if (root >= 0 && joint === this.joint) {
      this.remember(root, together, instance, label);
    }
    // What was read now for the first time may be what the step has changed.
    return this.tell(results, predicates.evaluations > evaluations ? 0 : looking & ~touched);
  }

  /** What `each` has just said of those that are asked together. */
  private remember(root: number, together: number, instance: number, label: number): void {
    const results = this.results.slice();
    const predicates: number[] = [];
    for (let i = 0; i < results.length; i++) {
      if ((bitOf(i) & together) === 0) results[i] = IDLE;
      else predicates.push((this.properties[i] as StepProperty).predicate(instance, label));
    }
    this.joint.learn(root, predicates, results, this.pair);
  }

  /** Where results of a step are remembered together; -1 where that is not worth it. */
  private rootOf(instance: number, label: number): number {
    const roots = this.roots[instance] as IntList;
    let root = roots.at(label) - 1;
    if (root < 0) {
      root = this.joint.newRoot();
      roots.put(label, root + 1);
    }
    return this.joint.isGivenUp(root) ? -1 : root;
  }

  /** The results of the properties that are asked; IDLE of others. */
  private each(asked: number, instance: number, label: number): Int32Array {
    const { predicates, properties, present, results } = this;
    present.instance = instance;
    present.label = label;
    for (let i = 0; i < properties.length; i++) {
      const step = properties[i] as StepProperty;
      const bit = bitOf(i);
      results[i] = IDLE;
      if (bit === 0 ? !step.looksAt(instance) : (asked & bit) === 0) continue;
      const { evaluations } = predicates;
      results[i] = predicates.test(step.predicate(instance, label), this.pair);
      if (predicates.evaluations > evaluations) this.learn(step, bit);
    }
    return results;
  }

  /** Counts and tells the results; those of `untouched` properties stand for other steps like this one. */
  private tell(results: Int32Array, untouched: number): readonly Failure[] {
    const { properties } = this;
    let failed: Failure[] | undefined;
    let idle = 0;
    for (let i = 0; i < results.length; i++) {
      const result = results[i] as number;
      if (result === IDLE) {
        idle |= bitOf(i);
        continue;
      }
      const { number, property } = properties[i] as StepProperty;
      this.armed[number] = (this.armed[number] as number) + 1;
      if (result > 1) {
        failed ??= [];
        failed.push({ property: property.name, instance: '', sentence: this.predicates.sentence(result) });
      }
    }
    this.idle |= idle & this.alike & untouched;
    return failed ?? NONE;
  }

  /** After an evaluation. */
  private learn(step: StepProperty, bit: number): void {
    const { readers, recorder } = this;
    for (const readable of recorder.reads) {
      const slot = recorder.readables.positionOf(readable) % readers.length;
      readers[slot] = (readers[slot] as number) | bit;
    }
    if (!step.asksWhich || (this.alike & bit) === 0) return;
    this.alike &= ~bit;
    this.joint = new JointMemo(recorder.readables, this.predicates);
    for (const roots of this.roots) roots.reset();
  }

  /** Whether any property looks at the steps of this action instance. */
  looksAt(instance: number): boolean {
    return this.properties.some((step) => step.looksAt(instance));
  }

  /** What a step property reads of the transition in `pair`; what it reads of the state after it is marked. @throws ModelError */
  reads(property: string, instance: number, label: number): readonly Read[] {
    const step = this.properties.find((one) => one.property.name === property);
    if (step === undefined || !step.looksAt(instance)) return [];
    this.present.instance = instance;
    this.present.label = label;
    return this.predicates.looksAt(step.predicate(instance, label), this.pair);
  }

  get memoBytes(): number {
    return this.predicates.memoBytes + this.joint.bytes;
  }
}

function isSeveral(mask: number): boolean {
  return (mask & (mask - 1)) !== 0;
}

function bitOf(property: number): number {
  return property < BITS ? 1 << property : 0;
}

function checkActions({ on, name }: DeclaredStep, actions: readonly string[], model: string): void {
  const stranger = on?.find((action) => !actions.includes(action));
  if (stranger === undefined) return;
  throw new ModelError(
    `looks at the action '${stranger}', which the model does not have.${suggestion(stranger, actions)}`,
    { model, property: name },
  );
}

const NONE: readonly never[] = [];
