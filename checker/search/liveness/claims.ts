import { isChecked } from '../../language/configure.ts';
import { ModelError } from '../../language/errors.ts';
import type { Instance } from '../../language/model.ts';
import type { AnyProperty } from '../../language/properties.ts';
import type { AnyFormula } from '../../language/temporal.ts';
import { instancesOf } from '../../space/instances.ts';
import { HOLDS, Predicates } from '../../space/predicates.ts';
import { Readables } from '../../space/readables.ts';
import { Recorder } from '../../space/recorder.ts';
import type { Space } from '../../space/space.ts';
import { makeView } from '../../space/views.ts';
import type { Visited } from '../visited.ts';
import { Bits } from './bits.ts';
import { type Logic, logicOf } from './formula.ts';
import type { Work } from './work.ts';

/** A multiple of 32 states, which takes some milliseconds. */
const BLOCK = 2 ** 12;

type TemporalProperty = Extract<AnyProperty, { kind: 'temporal' }>;

/** A temporal property for one instance. */
export interface Claim {
  readonly property: TemporalProperty;
  /** Among the properties of the spec. */
  readonly number: number;
  readonly instance: string;
  readonly claimed: Logic;
  /** Says something only of runs of which this is true. */
  readonly provided: Logic | undefined;
}

/** The temporal properties that apply, ready to be asked of states. */
export class Claims {
  readonly list: readonly Claim[];
  private readonly space: Space;
  private readonly predicates: Predicates;
  private count = 0;

  /** @throws ModelError for an `each` that lists nothing, an empty formula, a step of no action */
  constructor(space: Space) {
    this.space = space;
    const { spec, params } = space.configuration;
    const recorder = new Recorder(new Readables(space.layout.slots));
    this.predicates = new Predicates(spec.model.name, recorder);
    this.list = spec.properties.flatMap((property, number) => {
      if (property.kind !== 'temporal' || !isChecked(property, params)) return [];
      try {
        return this.claimsOf(property, number, recorder);
      } catch (error) {
        const place = { model: spec.model.name, property: property.name };
        throw error instanceof ModelError ? error.at(place) : error;
      }
    });
  }

  private claimsOf(property: TemporalProperty, number: number, recorder: Recorder): Claim[] {
    const { params, rules } = this.space.configuration;
    const view = makeView(this.space.layout, recorder, 'property');
    const instances = instancesOf(property.each, params, rules);
    if (instances.length === 0)
      throw new ModelError('`each` lists no instance: it would hold without saying anything');
    return instances.map(({ instance, suffix }): Claim => {
      const logic = (formula: AnyFormula): Logic =>
        logicOf(
          formula,
          (test) => {
            this.count++;
            return this.predicates.add(property.name + suffix, () => test(view, instance, params, rules));
          },
          ({ taken, of }) => this.steps(taken, (by) => of?.(by, instance, params) ?? true),
        );
      const { provided } = property;
      return {
        property,
        number,
        instance: suffix,
        claimed: logic(property),
        provided: provided && logic(provided),
      };
    });
  }

  /** The instances of an action that a claim means, by number. */
  private steps(taken: string, of: (instance: Instance | undefined) => boolean): Uint8Array {
    const { instances } = this.space.transitions;
    const steps = Uint8Array.from(instances, ({ action, instance }) =>
      action.name === taken && of(instance) ? 1 : 0,
    );
    if (!steps.includes(1)) throw new ModelError(`it is about steps of '${taken}', but there are none such`);
    return steps;
  }

  /** Whether a predicate is true in a state. @throws ModelError */
  is(predicate: number, vector: Int32Array): boolean {
    return this.predicates.test(predicate, vector) === HOLDS;
  }

  /** Where the answers of each predicate go, by number: the states where it is true. */
  answersFor(states: number): readonly Bits[] {
    return Array.from({ length: this.count }, () => new Bits(states));
  }

  /** Asks every predicate of every state. @throws ModelError */
  *ask(store: Visited, answers: readonly Bits[]): Work<void> {
    for (let block = 0; this.askBlock(block, store, answers); block++) yield;
  }

  /**
   * Asks every predicate of the states of one block, whose answers are words of their own, so that threads may ask several at
   * once. Answers whether there is such a block. @throws ModelError
   */
  askBlock(block: number, store: Visited, answers: readonly Bits[]): boolean {
    const states = answers[0]?.size ?? 0;
    const end = Math.min(states, (block + 1) * BLOCK);
    const { vector } = store;
    for (let state = block * BLOCK; state < end; state++) {
      store.open(state);
      for (let p = 0; p < answers.length; p++) {
        if (this.predicates.test(p, vector) === HOLDS) answers[p]?.add(state);
      }
    }
    return end === (block + 1) * BLOCK;
  }

  get memoBytes(): number {
    return this.predicates.memoBytes;
  }
}
