import { type Configuration, isChecked } from '../../language/configure.ts';
import { ModelError } from '../../language/errors.ts';
import type { AnyProperty } from '../../language/properties.ts';
import { instancesOf } from '../../space/instances.ts';
import type { Layout } from '../../space/layout.ts';
import { HOLDS, Predicates } from '../../space/predicates.ts';
import { Readables } from '../../space/readables.ts';
import { Recorder } from '../../space/recorder.ts';
import type { StateStore } from '../../space/state-store.ts';
import { makeView } from '../../space/views.ts';
import { Bits } from './bits.ts';

type TemporalProperty = Extract<AnyProperty, { kind: 'temporal' }>;
type Predicate = Extract<TemporalProperty, { eventually: unknown }>['eventually'];

export type Form = 'eventually' | 'alwaysEventually' | 'eventuallyAlways' | 'leadsTo';

/** A temporal property for one instance: predicates by number. */
export interface Claim {
  readonly property: TemporalProperty;
  /** Among the properties of the spec. */
  readonly number: number;
  readonly instance: string;
  readonly form: Form;
  /** What is to come. */
  readonly goal: number;
  /** `leadsTo`: from where on. */
  readonly from: number | undefined;
  /** Says something only of runs where this is true again and again, and that from some point on. */
  readonly again: number | undefined;
  readonly forGood: number | undefined;
}

/** The temporal properties that apply, ready to be asked of states. */
export class Claims {
  readonly list: readonly Claim[];
  private readonly predicates: Predicates;
  private count = 0;

  /** @throws ModelError for an `each` that lists nothing */
  constructor(layout: Layout, { spec, params, rules }: Configuration) {
    const recorder = new Recorder(new Readables(layout.slots));
    const view = makeView(layout, recorder, 'property');
    this.predicates = new Predicates(spec.model.name, recorder);
    const place = { model: spec.model.name };
    this.list = spec.properties.flatMap((property, number) => {
      if (property.kind !== 'temporal' || !isChecked(property, params)) return [];
      const instances = instancesOf(property.each, params, rules);
      if (instances.length === 0) {
        throw new ModelError('`each` lists no instance: it would hold without saying anything', {
          ...place,
          property: property.name,
        });
      }
      return instances.map(({ instance, suffix }): Claim => {
        const add = (test: Predicate | undefined): number | undefined => {
          if (test === undefined) return undefined;
          this.count++;
          return this.predicates.add(property.name + suffix, () => test(view, instance, params, rules));
        };
        const [form, test] = goalOf(property);
        return {
          property,
          number,
          instance: suffix,
          form,
          goal: add(test) ?? 0,
          from: add('from' in property ? property.from : undefined),
          again: add(property.provided?.alwaysEventually),
          forGood: add(property.provided?.eventuallyAlways),
        };
      });
    });
  }

  /** Whether a predicate is true in a state; one that a claim does not have is. @throws ModelError */
  is(predicate: number | undefined, vector: Int32Array): boolean {
    return predicate === undefined || this.predicates.test(predicate, vector) === HOLDS;
  }

  /** The states where each predicate is true, by number. @throws ModelError */
  evaluate(store: StateStore, layout: Layout): readonly Bits[] {
    const vector = new Int32Array(layout.slots.length);
    const answers = Array.from({ length: this.count }, () => new Bits(store.count));
    for (let state = 0; state < store.count; state++) {
      store.read(state, vector);
      for (let p = 0; p < answers.length; p++) {
        if (this.predicates.test(p, vector) === HOLDS) answers[p]?.add(state);
      }
    }
    return answers;
  }

  get memoBytes(): number {
    return this.predicates.memoBytes;
  }
}

function goalOf(property: TemporalProperty): [Form, Predicate] {
  if ('eventually' in property) return ['eventually', property.eventually];
  if ('alwaysEventually' in property) return ['alwaysEventually', property.alwaysEventually];
  if ('eventuallyAlways' in property) return ['eventuallyAlways', property.eventuallyAlways];
  return ['leadsTo', property.leadsTo];
}
