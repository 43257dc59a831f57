import type { Configuration } from '../language/configure.ts';
import { ModelError } from '../language/errors.ts';
import { initialStates } from './initial.ts';
import { Layout } from './layout.ts';
import { runPurely } from './purity.ts';
import { StateChecks } from './state-checks.ts';
import { StepChecks } from './step-checks.ts';
import { Transitions } from './transitions.ts';

export interface SpaceOptions {
  /** Bytes that the memo may always take. A cache: what a search finds does not depend on it. */
  readonly memoFloor?: number | undefined;
}

/** A configured spec made ready for searching: every search consumes the same transitions and the same checks. */
export class Space {
  readonly configuration: Configuration;
  readonly layout: Layout;
  readonly transitions: Transitions;
  readonly initial: readonly Int32Array[];
  readonly states: StateChecks;
  readonly steps: StepChecks;

  /** @throws ModelError for a faulty declaration */
  constructor(configuration: Configuration, options: SpaceOptions = {}) {
    const { spec, params, rules } = configuration;
    const { name, definition } = spec.model;
    this.configuration = configuration;
    try {
      this.layout = new Layout(runPurely(() => definition.components(params, rules)));
    } catch (error) {
      throw error instanceof ModelError ? error.at({ model: name }) : error;
    }
    this.transitions = new Transitions(
      name,
      this.layout,
      definition.actions,
      params,
      rules,
      options.memoFloor,
    );
    this.initial = initialStates(name, definition, this.layout, params, rules);
    this.states = new StateChecks(this.layout, configuration);
    this.steps = new StepChecks(this.layout, configuration, this.transitions);
  }

  /** Every search begins with this: what it counts and looks for is its own. */
  begin(): void {
    this.states.begin();
    this.steps.begin();
  }

  /** The state as an object: component names with keys to values, in order of declaration. */
  valuesOf(vector: Int32Array): Readonly<Record<string, unknown>> {
    return Object.fromEntries(
      this.layout.slots.map((slot) => [slot.name, slot.domain.value(vector[slot.index] as number)]),
    );
  }

  /** About what the values of the components and the memo take. */
  get bytes(): number {
    return this.layout.bytes + this.memoBytes;
  }

  get memoBytes(): number {
    return this.transitions.memoBytes + this.states.memoBytes + this.steps.memoBytes;
  }
}
