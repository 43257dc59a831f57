import { type Configuration, isChecked } from '../language/configure.ts';
import { ModelError } from '../language/errors.ts';
import type { AnyProperty } from '../language/properties.ts';
import { instancesOf } from './instances.ts';
import type { Layout } from './layout.ts';
import { HOLDS, IDLE, Predicates, underPremise } from './predicates.ts';
import { Readables } from './readables.ts';
import { type Read, Recorder } from './recorder.ts';
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
  private readonly model: string;
  private readonly recorder: Recorder;
  private readonly predicates: Predicates;
  private readonly skips: SkipLists;
  private readonly invariants: readonly Invariant[];
  private readonly witnesses: readonly Witness[];
  /** Those that were not reached yet. */
  /** By witness: 1 while it is looked for. */
  private readonly isOpen: Uint8Array;
  private readonly constraints: readonly number[];
  /** Apart, since every deadlock is found whatever its test reads: see `everRead`. */
  private readonly ends: Predicates;
  private readonly end: number | undefined;

  constructor(layout: Layout, configuration: Configuration) {
    const { spec, params, rules } = configuration;
    this.model = spec.model.name;
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
              predicate: this.predicates.addTest(property.name, () => property.when(view, params, rules)),
            },
          ]
        : [],
    );
    this.isOpen = new Uint8Array(this.witnesses.length);
    const { within, deadlock } = spec.model.definition;
    this.constraints = within.map((test) =>
      this.predicates.addTest('within', () => test(view, params, rules)),
    );
    const ofEnds = new Recorder(readables);
    const atEnd: RuntimeView = makeView(layout, ofEnds, 'property');
    this.ends = new Predicates(spec.model.name, ofEnds);
    this.end =
      typeof deadlock === 'function'
        ? this.ends.addTest('deadlock', () => deadlock(atEnd, params))
        : undefined;
  }

  private compile(
    property: Named<'always'>,
    number: number,
    view: RuntimeView,
    { spec, params, rules }: Configuration,
  ): readonly Invariant[] {
    try {
      const instances = instancesOf(property.each, params, rules);
      if (instances.length === 0) {
        throw new ModelError('`each` lists no instance: it would hold without saying anything');
      }
      return instances.map(({ instance, suffix }) => {
        const { premise } = property;
        const predicate = this.predicates.add(property.name + suffix, () =>
          underPremise(premise && (() => premise(view, instance, params, rules)), () =>
            property.holds(view, instance, params, rules),
          ),
        );
        return { property, number, instance: suffix, predicate };
      });
    } catch (error) {
      const place = { model: spec.model.name, property: property.name };
      throw error instanceof ModelError ? error.at(place) : error;
    }
  }

  /** A new search counts from zero and looks for every witness. */
  begin(): void {
    this.armed.fill(0);
    this.lookFor(new Set());
  }

  /** Looks for every witness that is not known, from now on. */
  lookFor(known: ReadonlySet<string>): void {
    for (const [w, { property }] of this.witnesses.entries())
      this.isOpen[w] = known.has(property.name) ? 0 : 1;
  }

  /** The invariants that fail in this state. @throws ModelError */
  failures(vector: Int32Array): readonly Failure[] {
    let failed: Failure[] | undefined;
    this.look(vector);
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

  /** What an invariant reads of this state. @throws ModelError */
  looksAt({ property, instance }: Failure, vector: Int32Array): readonly Read[] {
    const found = this.invariants.find((one) => one.property.name === property && one.instance === instance);
    return found === undefined ? [] : this.predicates.looksAt(found.predicate, vector);
  }

  private look(vector: Int32Array): void {
    try {
      this.skips.look(vector);
    } catch (error) {
      throw error instanceof ModelError ? error.at({ model: this.model }) : error;
    }
  }

  private ask(i: number, vector: Int32Array): number {
    const { evaluations } = this.predicates;
    const result = this.predicates.test((this.invariants[i] as Invariant).predicate, vector);
    if (this.predicates.evaluations > evaluations) this.skips.learn(i, this.recorder, result === IDLE);
    return result;
  }

  /** The witnesses that this state is the first one to be, if any; each is looked for until it is found once. */
  reached(vector: Int32Array): readonly string[] | undefined {
    const { witnesses, isOpen } = this;
    let found: string[] | undefined;
    for (let w = 0; w < isOpen.length; w++) {
      if (isOpen[w] === 0) continue;
      const { predicate, property } = witnesses[w] as Witness;
      if (this.predicates.test(predicate, vector) !== HOLDS) continue;
      isOpen[w] = 0;
      found ??= [];
      found.push(property.name);
    }
    return found;
  }

  /** Every witness that this state is, found before or not. */
  witnessed(vector: Int32Array): readonly string[] {
    if (this.witnesses.length === 0) return NONE;
    return this.witnesses
      .filter(({ predicate }) => this.predicates.test(predicate, vector) === HOLDS)
      .map(({ property }) => property.name);
  }

  get constrained(): boolean {
    return this.constraints.length > 0;
  }

  within(vector: Int32Array): boolean {
    return this.constraints.every((predicate) => this.predicates.test(predicate, vector) === 1);
  }

  /** Whether the model declares this state a proper end. */
  isExpectedEnd(vector: Int32Array): boolean {
    return this.end !== undefined && this.ends.test(this.end, vector) === 1;
  }

  /** The components that any property has looked at so far. */
  get everRead(): ReadonlySet<number> {
    const { ever, readables } = this.recorder;
    return new Set([...ever].map((readable) => readables.positionOf(readable)));
  }

  get memoBytes(): number {
    return this.predicates.memoBytes + this.ends.memoBytes + this.skips.bytes;
  }
}

const NONE: readonly never[] = [];
