import { type Configuration, isChecked } from '../language/configure.ts';
import { ModelError } from '../language/errors.ts';
import type { Instance } from '../language/model.ts';
import type { AnyProperty } from '../language/properties.ts';
import { formatInstance, type Layout } from './layout.ts';
import { HOLDS, IDLE, Predicates } from './predicates.ts';
import { Readables } from './readables.ts';
import { Recorder } from './recorder.ts';
import { SkipLists } from './skip-lists.ts';
import { makeView, type RuntimeView } from './views.ts';

type Named<K extends AnyProperty['kind']> = Extract<AnyProperty, { kind: K }>;

/** One instance of an invariant: what is violated, and for whom. */
export interface Failure {
  readonly property: string;
  /** The failing instance: (0, 1); empty for a property without `each`. */
  readonly instance: string;
  /** The property's own sentence; empty when it only said false. */
  readonly sentence: string;
}

interface Invariant {
  readonly property: Named<'always'>;
  readonly number: number;
  readonly instance: string;
  readonly predicate: number;
}

interface Witness {
  readonly property: Named<'reachable'>;
  readonly predicate: number;
}

/** What is asked of every single state: invariants, witnesses, the constraint, the expected end. */
export class StateChecks {
  /** How often each invariant's premise was true, over states and instances, by number of the property. */
  readonly armed: Float64Array;
  private readonly recorder: Recorder;
  private readonly predicates: Predicates;
  private readonly skips: SkipLists;
  private readonly invariants: readonly Invariant[];
  private witnesses: readonly Witness[];
  private readonly constraints: readonly number[];
  private readonly end: number | undefined;

  constructor(layout: Layout, configuration: Configuration) {
    const { spec, params, rules } = configuration;
    const readables = new Readables(layout.slots);
    this.recorder = new Recorder(readables);
    const view: RuntimeView = makeView(layout, this.recorder, 'property');
    this.predicates = new Predicates(spec.model.name, this.recorder);
    this.armed = new Float64Array(spec.properties.length);
    this.invariants = spec.properties.flatMap((property, number) =>
      property.kind === 'always' && isChecked(property, params)
        ? this.compile(property, number, view, configuration)
        : [],
    );
    this.skips = new SkipLists(readables, this.invariants.length);
    this.witnesses = spec.properties.flatMap((property) =>
      property.kind === 'reachable' && isChecked(property, params)
        ? [
            {
              property,
              predicate: this.predicates.add(property.name, () => property.when(view, params, rules)),
            },
          ]
        : [],
    );
    const { within, deadlock } = spec.model.definition;
    this.constraints = within.map((test) => this.predicates.add('within', () => test(view, params, rules)));
    this.end =
      typeof deadlock === 'function'
        ? this.predicates.add('deadlock', () => deadlock(view, params))
        : undefined;
  }

  private compile(
    property: Named<'always'>,
    number: number,
    view: RuntimeView,
    { spec, params, rules }: Configuration,
  ): readonly Invariant[] {
    const keys: readonly (Instance | undefined)[] = property.each
      ? property.each(params, rules)
      : [undefined];
    if (keys.length === 0) {
      throw new ModelError('`each` lists no instance: it would hold without saying anything', {
        model: spec.model.name,
        property: property.name,
      });
    }
    return keys.map((key) => {
      const instance = formatInstance(key);
      const predicate = this.predicates.add(property.name + instance, () => {
        if (property.premise && !property.premise(view, key, params, rules)) return undefined;
        return property.holds(view, key, params, rules);
      });
      return { property, number, instance, predicate };
    });
  }

  /** The invariants that fail in this state. @throws ModelError */
  failures(vector: Int32Array): readonly Failure[] {
    let failed: Failure[] | undefined;
    this.skips.look(vector);
    const { candidates } = this.skips;
    for (let word = 0; word < candidates.length; word++) {
      let bits = candidates[word] as number;
      while (bits !== 0) {
        const bit = 31 - Math.clz32(bits & -bits);
        bits &= bits - 1;
        const i = (word << 5) + bit;
        const result = this.ask(i, vector);
        if (result === IDLE) continue;
        const { property, number, instance } = this.invariants[i] as Invariant;
        this.armed[number] = (this.armed[number] as number) + 1;
        if (result > 1) {
          failed ??= [];
          failed.push({ property: property.name, instance, sentence: this.predicates.sentence(result) });
        }
      }
    }
    return failed ?? NONE;
  }

  private ask(i: number, vector: Int32Array): number {
    const { evaluations } = this.predicates;
    const result = this.predicates.test((this.invariants[i] as Invariant).predicate, vector);
    if (this.predicates.evaluations > evaluations) this.skips.learn(i, this.recorder, result === IDLE);
    return result;
  }

  /** The witnesses that this state is the first one to be; each is looked for until it is found once. */
  reached(vector: Int32Array): readonly string[] {
    let found: Witness[] | undefined;
    for (const witness of this.witnesses) {
      if (this.predicates.test(witness.predicate, vector) !== HOLDS) continue;
      found ??= [];
      found.push(witness);
    }
    if (found === undefined) return NONE;
    this.witnesses = this.witnesses.filter((witness) => !found.includes(witness));
    return found.map(({ property }) => property.name);
  }

  get constrained(): boolean {
    return this.constraints.length > 0;
  }

  within(vector: Int32Array): boolean {
    return this.constraints.every((predicate) => this.predicates.test(predicate, vector) === 1);
  }

  /** Whether the model declares this state a proper end. */
  isExpectedEnd(vector: Int32Array): boolean {
    return this.end !== undefined && this.predicates.test(this.end, vector) === 1;
  }

  get memoBytes(): number {
    return this.predicates.memoBytes + this.skips.bytes;
  }
}

const NONE: readonly never[] = [];
