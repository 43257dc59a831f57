import type { Configuration } from '../language/configure.ts';
import type { AnyProperty, Taken } from '../language/properties.ts';
import { IntList } from './int-list.ts';
import { type Predicates, underPremise } from './predicates.ts';
import type { Transitions } from './transitions.ts';
import type { RuntimeView } from './views.ts';

/** A step by the numbers of its action instance and of its label. */
export interface StepNumbers {
  instance: number;
  label: number;
}

export type DeclaredStep = Extract<AnyProperty, { kind: 'step' }>;

/** A step property as predicates on pairs of states. */
export class StepProperty {
  readonly property: DeclaredStep;
  /** Among the properties of the spec. */
  readonly number: number;
  /** Whether its code has ever asked which step it looks at. Until then one predicate serves all steps. */
  asksWhich = false;
  private readonly predicates: Predicates;
  private readonly evaluate: (taken: Taken) => unknown;
  private readonly transitions: Transitions;
  private readonly common: number;
  /** By action instance: undefined where the property does not look; otherwise predicate + 1 by label. */
  private readonly byStep: readonly (IntList | undefined)[];

  /** `present` says which step is looked at, whenever code runs. */
  constructor(
    property: DeclaredStep,
    number: number,
    { params, rules }: Configuration,
    transitions: Transitions,
    predicates: Predicates,
    [before, after]: readonly [RuntimeView, RuntimeView],
    present: StepNumbers,
  ) {
    this.property = property;
    this.number = number;
    this.transitions = transitions;
    this.predicates = predicates;
    const { premise } = property;
    this.evaluate = (taken) =>
      underPremise(premise && (() => premise(before, after, taken, params, rules)), () =>
        property.holds(before, after, taken, params, rules),
      );
    this.byStep = transitions.instances.map(({ action }) =>
      property.on === undefined || property.on.includes(action.name) ? new IntList() : undefined,
    );
    const which = (): Taken => {
      this.asksWhich = true;
      return this.taken(present.instance, present.label);
    };
    const asked: Taken = Object.freeze({
      get action() {
        return which().action;
      },
      get instance() {
        return which().instance;
      },
      get label() {
        return which().label;
      },
    });
    this.common = predicates.add(property.name, () => this.evaluate(asked));
  }

  looksAt(instance: number): boolean {
    return this.byStep[instance] !== undefined;
  }

  /** The predicate for a step that it looks at. */
  predicate(instance: number, label: number): number {
    if (!this.asksWhich) return this.common;
    const byLabel = this.byStep[instance] as IntList;
    const known = byLabel.at(label);
    if (known !== 0) return known - 1;
    const taken = this.taken(instance, label);
    const predicate = this.predicates.add(this.property.name, () => this.evaluate(taken));
    byLabel.put(label, predicate + 1);
    return predicate;
  }

  private taken(instance: number, label: number): Taken {
    const by = this.transitions.instances[instance];
    return Object.freeze({
      action: by?.action.name ?? '',
      instance: by?.instance,
      label: this.transitions.outcomes.labels[label] ?? '',
    });
  }
}
