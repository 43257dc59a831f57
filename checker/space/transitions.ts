import { canonicalJson, describe } from '../language/canonical.ts';
import { ModelError } from '../language/errors.ts';
import type { AnyAction, AnyParams, AnyRules, Instance } from '../language/model.ts';
import { type Alternative, Choice, Update } from '../language/operations.ts';
import { Footprints } from './footprints.ts';
import { instancesOf } from './instances.ts';
import type { Layout } from './layout.ts';
import { Memo, UNKNOWN } from './memo.ts';
import { Outcomes } from './outcomes.ts';
import { runPurely } from './purity.ts';
import { Readables } from './readables.ts';
import { type Read, Recorder } from './recorder.ts';
import { sampled } from './sample.ts';
import { SkipLists } from './skip-lists.ts';
import type { Successors } from './successors.ts';
import { makeView, type RuntimeView } from './views.ts';

export interface ActionInstance {
  readonly action: AnyAction;
  readonly instance: Instance | undefined;
  /** recv(0, 2) */
  readonly name: string;
}

/** One evaluation of an action instance, for traces and messages: what it would do and what it read to decide that. */
export interface Evaluation {
  readonly alternatives: readonly Alternative[];
  readonly reads: readonly Read[];
}

/** After forgetting, each instance starts anew with as many hits as misses, past the full purity sample. */
const FRESH_MISSES = 64;
const MEMO_FLOOR_BYTES = 192 * 2 ** 20;

/** The transition relation: every action instance, run through memo tries. */
export class Transitions {
  readonly instances: readonly ActionInstance[];
  readonly outcomes: Outcomes;
  readonly footprints: Footprints;
  /** How often the model's own code ran. */
  evaluations = 0;
  private readonly model: string;
  private readonly layout: Layout;
  private readonly params: AnyParams;
  private readonly rules: AnyRules;
  private readonly recorder: Recorder;
  private readonly memo: Memo;
  private readonly skips: SkipLists;
  private readonly view: RuntimeView;
  private readonly misses: Float64Array;
  private readonly lookups: Float64Array;
  /** 1 for instances whose code runs directly, because remembering did not pay. */
  private readonly direct: Uint8Array;
  private readonly memoFloor: number;
  private memoLimit: number;
  /** Evaluations and results of operations when memory was measured last. */
  private remembered = 0;

  constructor(
    model: string,
    layout: Layout,
    actions: readonly AnyAction[],
    params: AnyParams,
    rules: AnyRules,
    memoFloor = MEMO_FLOOR_BYTES,
  ) {
    this.model = model;
    this.layout = layout;
    this.params = params;
    this.rules = rules;
    this.memoFloor = memoFloor;
    this.memoLimit = memoFloor;
    this.instances = actions.flatMap((action) => this.instancesOf(action));
    const readables = new Readables(layout.slots);
    this.recorder = new Recorder(readables);
    this.memo = new Memo(readables);
    this.skips = new SkipLists(readables, this.instances.length);
    this.view = makeView(layout, this.recorder, 'action');
    this.outcomes = new Outcomes(layout);
    this.footprints = new Footprints(layout, this.instances, params, model);
    this.misses = new Float64Array(this.instances.length);
    this.lookups = new Float64Array(this.instances.length);
    this.direct = new Uint8Array(this.instances.length);
  }

  /**
   * All steps out of the state, by instance in order of declaration. Of instances with a bit in `asleep` there is only how many
   * steps they have. @throws ModelError
   */
  expand(vector: Int32Array, into: Successors, asleep?: Int32Array): void {
    into.clear();
    this.look(vector);
    const { candidates } = this.skips;
    for (let word = 0; word < candidates.length; word++) {
      let bits = candidates[word] as number;
      while (bits !== 0) {
        const bit = 31 - Math.clz32(bits & -bits);
        bits &= bits - 1;
        const isAsleep = asleep !== undefined && ((asleep[word] as number) & (1 << bit)) !== 0;
        this.step((word << 5) + bit, vector, into, isAsleep);
      }
    }
    if (this.evaluations + this.outcomes.results.size !== this.remembered) this.measure();
  }

  /** After something new was remembered: forgets all when it is too much. */
  private measure(): void {
    if (this.memo.bytes + this.outcomes.bytes > this.memoLimit) this.forget();
    this.remembered = this.evaluations + this.outcomes.results.size;
  }

  private look(vector: Int32Array): void {
    try {
      this.skips.look(vector);
    } catch (error) {
      throw this.placed(error);
    }
  }

  private step(i: number, vector: Int32Array, into: Successors, isAsleep: boolean): void {
    try {
      let outcome = this.memo.find(i, vector);
      this.lookups[i] = (this.lookups[i] as number) + 1;
      if (outcome === 0) return;
      const before = this.outcomes.size;
      if (outcome === UNKNOWN) outcome = this.evaluate(i, vector);
      if (isAsleep) this.outcomes.emitAsleep(outcome, i, into);
      else this.outcomes.emit(outcome, i, vector, into);
      if (this.direct[i] === 1) this.outcomes.truncate(before);
    } catch (error) {
      throw this.placed(error, i);
    }
  }

  /** Lets the memo grow with what it serves: a floor, and `bytes` more. */
  allowMemo(bytes: number): void {
    this.memoLimit = this.memoFloor + bytes;
  }

  get memoBytes(): number {
    return this.memo.bytes + this.outcomes.bytes + this.skips.bytes;
  }

  /** Runs one instance's code anew: its alternatives and what it read. @throws ModelError */
  explain(i: number, vector: Int32Array): Evaluation {
    const alternatives = this.run(i, vector);
    return { alternatives, reads: this.recorder.told };
  }

  /** The components that decide in this state what the instance does; while they stay as they are, it does the same. */
  decidedBy(i: number, vector: Int32Array): readonly number[] {
    const { readables, reads } = this.recorder;
    const path = this.memo.path(i, vector);
    if (path === undefined) this.run(i, vector);
    return (path ?? reads).map((readable) => readables.positionOf(readable));
  }

  private evaluate(i: number, vector: Int32Array): number {
    const misses = (this.misses[i] as number) + 1;
    this.misses[i] = misses;
    const alternatives = this.run(i, vector);
    this.footprints.check(i, this.recorder, alternatives);
    if (sampled(misses)) this.checkPurity(i, vector, alternatives);
    const outcome = alternatives.length === 0 ? 0 : this.outcomes.add(alternatives, this.recorder, vector);
    this.skips.learn(i, this.recorder, outcome === 0);
    if (this.direct[i] === 0 && !this.memo.insert(i, this.recorder, outcome)) throw impure();
    return outcome;
  }

  private run(i: number, vector: Int32Array): readonly Alternative[] {
    const { action, instance } = this.instances[i] as ActionInstance;
    this.evaluations++;
    this.recorder.start(vector);
    try {
      return alternativesOf(runPurely(() => action.next(this.view, instance, this.params, this.rules)));
    } catch (error) {
      throw this.placed(error, i);
    } finally {
      this.recorder.stop();
    }
  }

  /** Evaluates once more: a pure action reads the same and answers the same. */
  private checkPurity(i: number, vector: Int32Array, first: readonly Alternative[]): void {
    const reads = [...this.recorder.reads];
    const second = this.run(i, vector);
    const same =
      reads.length === this.recorder.reads.length &&
      reads.every((readable, at) => readable === this.recorder.reads[at]) &&
      this.signature(first) === this.signature(second);
    if (!same) throw impure();
  }

  /** What an outcome says, as text; arguments of operations must be plain. */
  private signature(alternatives: readonly Alternative[]): string {
    const write = ({ slot, operation, argument }: Update): string => {
      try {
        return `${slot} ${operation.name} ${runPurely(() => canonicalJson(argument))}`;
      } catch (error) {
        const component = this.layout.slots[slot]?.name;
        throw error instanceof ModelError ? error.at({ component }) : error;
      }
    };
    return alternatives.map(({ label, updates }) => `${label}: ${updates.map(write).join('; ')}`).join('\n');
  }

  private instancesOf(action: AnyAction): readonly ActionInstance[] {
    try {
      return instancesOf(action.each, this.params, this.rules).map(({ instance, suffix }) => {
        return { action, instance, name: action.name + suffix };
      });
    } catch (error) {
      throw error instanceof ModelError ? error.at({ model: this.model, action: action.name }) : error;
    }
  }

  private placed(error: unknown, i?: number): unknown {
    if (!(error instanceof ModelError)) return error;
    return error.at({ model: this.model, action: i === undefined ? undefined : this.instances[i]?.name });
  }

  /** Drops the memo; instances that mostly missed run their code directly from now on. */
  private forget(): void {
    this.memo.clear();
    this.outcomes.clear();
    for (let i = 0; i < this.instances.length; i++) {
      if ((this.misses[i] as number) * 2 > (this.lookups[i] as number)) this.direct[i] = 1;
      this.misses[i] = FRESH_MISSES;
      this.lookups[i] = 2 * FRESH_MISSES;
    }
  }
}

function alternativesOf(outcome: unknown): readonly Alternative[] {
  if (outcome === undefined) return [];
  const alternatives = outcome instanceof Choice ? outcome.alternatives : [{ label: '', updates: outcome }];
  const labels = new Set<string>();
  return alternatives.map(({ label, updates }) => {
    if (typeof label !== 'string')
      throw new ModelError(`choose has an outcome with the label ${describe(label)}; expected a text`);
    if (labels.has(label)) throw new ModelError(`choose has two outcomes with the label '${label}'`);
    labels.add(label);
    if (!Array.isArray(updates) || !updates.every(isUpdate)) {
      throw new ModelError(
        `returns ${describe(updates)}; expected undefined, a list of updates, or choose(...)`,
      );
    }
    return { label, updates };
  });
}

function isUpdate(value: unknown): value is Update {
  return value instanceof Update;
}

function impure(): ModelError {
  return new ModelError(
    'is impure: run twice on the same state it did two different things; it may depend on the state alone',
  );
}
