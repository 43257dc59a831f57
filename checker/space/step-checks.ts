import { type Configuration, isChecked } from '../language/configure.ts';
import { ModelError } from '../language/errors.ts';
import { suggestion } from '../language/nearest.ts';
import type { AnyProperty, Taken } from '../language/properties.ts';
import { IntList } from './int-list.ts';
import type { Layout } from './layout.ts';
import { IDLE, Predicates, underPremise } from './predicates.ts';
import { Readables } from './readables.ts';
import { type Read, Recorder } from './recorder.ts';
import type { Failure } from './state-checks.ts';
import type { Transitions } from './transitions.ts';
import { makeView, type RuntimeView } from './views.ts';

interface StepProperty {
  readonly property: Extract<AnyProperty, { kind: 'step' }>;
  readonly number: number;
  /** By action instance: undefined where the property does not look; otherwise predicate + 1 by label. */
  readonly predicates: readonly (IntList | undefined)[];
}

/** What is asked of every transition. A transition is a vector of twice the length: the state before, then after. */
export class StepChecks {
  readonly armed: Float64Array;
  /** For the search to fill: before in the first half, after in the second. */
  readonly pair: Int32Array;
  private readonly configuration: Configuration;
  private readonly transitions: Transitions;
  private readonly predicates: Predicates;
  private readonly before: RuntimeView;
  private readonly after: RuntimeView;
  private readonly properties: readonly StepProperty[];

  constructor(layout: Layout, configuration: Configuration, transitions: Transitions) {
    const { spec } = configuration;
    const size = layout.slots.length;
    const later = layout.slots.map((slot) => ({ ...slot, name: `afterwards ${slot.name}` }));
    const recorder = new Recorder(new Readables([...layout.slots, ...later]));
    this.configuration = configuration;
    this.transitions = transitions;
    this.predicates = new Predicates(spec.model.name, recorder);
    this.before = makeView(layout, recorder, 'property');
    this.after = makeView(layout, recorder, 'property', size);
    this.pair = new Int32Array(2 * size);
    this.armed = new Float64Array(spec.properties.length);
    const actions = spec.model.definition.actions.map((action) => action.name);
    this.properties = spec.properties.flatMap((property, number) => {
      if (property.kind !== 'step' || !isChecked(property, configuration.params)) return [];
      const stranger = property.on?.find((name) => !actions.includes(name));
      if (stranger !== undefined) {
        throw new ModelError(
          `looks at the action '${stranger}', which the model does not have.${suggestion(stranger, actions)}`,
          {
            model: spec.model.name,
            property: property.name,
          },
        );
      }
      const predicates = transitions.instances.map(({ action }) =>
        property.on === undefined || property.on.includes(action.name) ? new IntList() : undefined,
      );
      return [{ property, number, predicates }];
    });
  }

  get any(): boolean {
    return this.properties.length > 0;
  }

  /** A new search counts from zero. */
  begin(): void {
    this.armed.fill(0);
  }

  /** The step properties that the transition in `pair`, taken by `instance` with `label`, violates. @throws ModelError */
  failures(instance: number, label: number): readonly Failure[] {
    let failed: Failure[] | undefined;
    for (const step of this.properties) {
      const predicates = step.predicates[instance];
      if (predicates === undefined) continue;
      const predicate = predicates.at(label) - 1;
      const result = this.predicates.test(
        predicate < 0 ? this.add(step, instance, label) : predicate,
        this.pair,
      );
      if (result === IDLE) continue;
      this.armed[step.number] = (this.armed[step.number] as number) + 1;
      if (result > 1) {
        failed ??= [];
        failed.push({
          property: step.property.name,
          instance: '',
          sentence: this.predicates.sentence(result),
        });
      }
    }
    return failed ?? NONE;
  }

  /** What a step property reads of the transition in `pair`; what it reads of the state after it is marked. @throws ModelError */
  looksAt(property: string, instance: number, label: number): readonly Read[] {
    const step = this.properties.find((one) => one.property.name === property);
    const known = step?.predicates[instance]?.at(label) ?? 0;
    if (step === undefined || known === 0) return [];
    return this.predicates.looksAt(known - 1, this.pair);
  }

  private add({ property, predicates }: StepProperty, instance: number, label: number): number {
    const { params, rules } = this.configuration;
    const by = this.transitions.instances[instance];
    const taken: Taken = Object.freeze({
      action: by?.action.name ?? '',
      instance: by?.instance,
      label: this.transitions.outcomes.labels[label] ?? '',
    });
    const predicate = this.predicates.add(property.name, () => {
      const { before, after } = this;
      const { premise } = property;
      return underPremise(premise && (() => premise(before, after, taken, params, rules)), () =>
        property.holds(before, after, taken, params, rules),
      );
    });
    predicates[instance]?.put(label, predicate + 1);
    return predicate;
  }

  get memoBytes(): number {
    return this.predicates.memoBytes;
  }
}

const NONE: readonly never[] = [];
