import { canonicalJson } from '../language/canonical.ts';
import { ModelError } from '../language/errors.ts';
import type { Operation, Update } from '../language/operations.ts';
import { numberOf, setValue } from './built-in-operations.ts';
import { IntList } from './int-list.ts';
import { type Domain, PlainInterner } from './interner.ts';
import type { Layout, Slot } from './layout.ts';
import { PairMap } from './pair-map.ts';
import { runPurely } from './purity.ts';
import { Reaches } from './reaches.ts';
import type { Recorder } from './recorder.ts';
import { sampled } from './sample.ts';
import type { Successors } from './successors.ts';

/** About what a call takes, with its argument and the maps that find it. */
const CALL_BYTES = 200;

/** An operation with its argument on the values of one domain. */
interface Call {
  readonly operation: Operation<unknown, unknown>;
  readonly argument: unknown;
  /** What other threads know it by, once somebody has asked. */
  shared: number | undefined;
}

const NOT_SHARED = -1;

/** What operations have made of values, for threads that search together: what one has worked out, the others need not. */
export interface SharedResults {
  /** A number that means the same call to all threads. `operation` is that of `numberOf`, `argument` canonical JSON. */
  callNumber(domain: Domain, operation: number, argument: string): number;
  /** The id of the result + 1, or 0 when nobody has told it. */
  get(call: number, id: number): number;
  set(call: number, id: number, result: number): void;
}

/**
 * Remembered outcomes: alternatives of compiled writes. A write is either a constant (the id to store) or a call whose
 * result is remembered per value of the component, so that writing does not force reading.
 */
export class Outcomes {
  private shared: SharedResults | undefined;
  private readonly layout: Layout;
  /** Labels by id. */
  readonly labels: string[] = [];
  private readonly labelIds = new Map<string, number>();
  private readonly firstAlternative = new IntList();
  private readonly labelOf = new IntList();
  /** By outcome. */
  private readonly reachOf = new IntList();
  readonly reaches: Reaches;
  private readonly firstWrite = new IntList();
  private readonly writeSlot = new IntList();
  /** id >= 0: that constant; below: the call -code - 1. */
  private readonly writeCode = new IntList();
  private calls: Call[] = [];
  private readonly callIds = new Map<Domain, Map<Operation<unknown, unknown>, Map<number, number>>>();
  private arguments = new PlainInterner();
  /** How often each operation ran. */
  private readonly runs = new Map<Operation<unknown, unknown>, number>();
  /** By call and id: the id of the result + 1. */
  private readonly resultOf = new PairMap();

  constructor(layout: Layout) {
    this.layout = layout;
    this.reaches = new Reaches(layout.slots.length);
    this.clear();
  }

  private get lists(): readonly IntList[] {
    const { firstAlternative, reachOf, labelOf, firstWrite, writeSlot, writeCode } = this;
    return [firstAlternative, reachOf, labelOf, firstWrite, writeSlot, writeCode];
  }

  /** While threads search together; undefined when this one goes on by itself. */
  shareWith(shared: SharedResults | undefined): void {
    this.shared = shared;
    for (const call of this.calls) call.shared = undefined; // others number them anew
  }

  /** Outcome 0: disabled, no alternative. */
  clear(): void {
    for (const list of this.lists) list.reset();
    this.firstAlternative.push(0);
    this.firstAlternative.push(0);
    this.reachOf.push(0);
    this.firstWrite.push(0);
    this.resultOf.clear();
    this.calls = [];
    this.callIds.clear();
    this.arguments = new PlainInterner();
    this.runs.clear();
  }

  /** The present end, for `truncate`: outcomes that are not worth remembering are dropped after use. */
  get size(): number {
    return this.firstAlternative.length - 1;
  }

  /** How many results of operations are remembered. */
  get results(): number {
    return this.resultOf.size;
  }

  /** Forgets the outcomes from number `size` on. */
  truncate(size: number): void {
    if (this.size <= size) return;
    this.firstAlternative.length = size + 1;
    this.reachOf.length = size;
    this.labelOf.length = this.firstAlternative.at(size);
    this.firstWrite.length = this.labelOf.length + 1;
    this.writeSlot.length = this.firstWrite.at(this.labelOf.length);
    this.writeCode.length = this.writeSlot.length;
  }

  /** Compiles the alternatives of one evaluation; `recorder` tells which components' values are fixed by its path. */
  add(
    alternatives: readonly { readonly label: string; readonly updates: readonly Update[] }[],
    recorder: Recorder,
    vector: Int32Array,
  ): number {
    for (const { label, updates } of alternatives) {
      this.labelOf.push(this.labelId(label));
      const known = new Map<number, number>();
      for (const update of updates) this.write(update, known, recorder, vector);
      for (const [slot, id] of known) this.pushWrite(slot, id);
      this.firstWrite.push(this.writeSlot.length);
    }
    this.firstAlternative.push(this.labelOf.length);
    this.reachOf.push(this.reaches.numberOf(recorder, alternatives));
    return this.size - 1;
  }

  private labelId(label: string): number {
    let id = this.labelIds.get(label);
    if (id === undefined) {
      id = this.labels.push(label) - 1;
      this.labelIds.set(label, id);
    }
    return id;
  }

  private pushWrite(slot: number, code: number): void {
    this.writeSlot.push(slot);
    this.writeCode.push(code);
  }

  /** `known` holds the components whose value after the writes so far depends on nothing but the path. */
  private write(update: Update, known: Map<number, number>, recorder: Recorder, vector: Int32Array): void {
    const slot = this.layout.slots[update.slot];
    if (slot === undefined || slot !== update.owner)
      throw new ModelError('returns an update that was made in another run; make updates anew each time');
    const before = known.get(slot.index) ?? this.fixed(slot.index, recorder, vector);
    if (before !== undefined || update.operation === setValue) {
      const value = before === undefined ? undefined : slot.domain.value(before);
      known.set(slot.index, this.result(update, slot.index, value));
    } else {
      this.pushWrite(slot.index, -this.callId(update) - 1);
    }
  }

  /** A component that was read has one value on this path. */
  private fixed(slot: number, recorder: Recorder, vector: Int32Array): number | undefined {
    return recorder.hasRead(slot) ? vector[slot] : undefined;
  }

  private result(update: Pick<Update, 'operation' | 'argument'>, slot: number, value: unknown): number {
    const { domain } = this.layout.slots[slot] as Slot;
    const { operation, argument } = update;
    const apply = (): number => runPurely(() => domain.intern(operation.apply(value, argument)));
    return this.placed(slot, () => {
      const id = apply();
      if (operation !== setValue && this.isSampled(operation) && apply() !== id) {
        throw new ModelError(
          `the operation '${operation.name}' is impure: on the same value it did two different things`,
        );
      }
      return id;
    });
  }

  private isSampled(operation: Operation<unknown, unknown>): boolean {
    const runs = (this.runs.get(operation) ?? 0) + 1;
    this.runs.set(operation, runs);
    return sampled(runs);
  }

  private placed(slot: number, code: () => number): number {
    try {
      return code();
    } catch (error) {
      throw error instanceof ModelError ? error.at({ component: this.layout.slots[slot]?.name }) : error;
    }
  }

  private callId(update: Update): number {
    const { domain } = this.layout.slots[update.slot] as Slot;
    let byOperation = this.callIds.get(domain);
    if (byOperation === undefined) {
      byOperation = new Map();
      this.callIds.set(domain, byOperation);
    }
    let byArgument = byOperation.get(update.operation);
    if (byArgument === undefined) {
      byArgument = new Map();
      byOperation.set(update.operation, byArgument);
    }
    const argument = this.placed(update.slot, () => this.arguments.intern(update.argument));
    let call = byArgument.get(argument);
    if (call === undefined) {
      const { operation } = update;
      const value = this.arguments.value(argument);
      call = this.calls.push({ operation, argument: value, shared: undefined }) - 1;
      byArgument.set(argument, call);
    }
    return call;
  }

  private callResult(call: number, slot: number, id: number): number {
    const known = this.resultOf.get(call, id);
    if (known !== 0) return known - 1;
    const made = this.sharedResult(call, slot, id);
    this.resultOf.set(call, id, made + 1);
    return made;
  }

  private sharedResult(number: number, slot: number, id: number): number {
    const { shared } = this;
    const call = this.calls[number] as Call;
    const sharedNumber = shared === undefined ? NOT_SHARED : this.sharedNumber(call, slot, shared);
    const told = sharedNumber === NOT_SHARED ? 0 : (shared?.get(sharedNumber, id) ?? 0);
    if (told !== 0) return told - 1;
    const made = this.result(call, slot, this.layout.slots[slot]?.domain.value(id));
    if (sharedNumber !== NOT_SHARED) shared?.set(sharedNumber, id, made);
    return made;
  }

  /** Operations of a model's own are not shared: nothing says which one it is in another thread. */
  private sharedNumber(call: Call, slot: number, shared: SharedResults): number {
    if (call.shared === undefined) {
      const operation = numberOf(call.operation);
      const { domain } = this.layout.slots[slot] as Slot;
      call.shared =
        operation === undefined
          ? NOT_SHARED
          : shared.callNumber(domain, operation, canonicalJson(call.argument));
    }
    return call.shared;
  }

  /** Appends one step for each alternative of the outcome. */
  emit(outcome: number, instance: number, vector: Int32Array, into: Successors): void {
    const first = this.firstAlternative.data[outcome] as number;
    const end = this.firstAlternative.data[outcome + 1] as number;
    const reach = this.reachOf.data[outcome] as number;
    for (let alternative = first; alternative < end; alternative++) {
      const start = into.slot.length;
      const last = this.firstWrite.data[alternative + 1] as number;
      for (let w = this.firstWrite.data[alternative] as number; w < last; w++) {
        const slot = this.writeSlot.data[w] as number;
        const code = this.writeCode.data[w] as number;
        let at = start;
        while (at < into.slot.length && into.slot.data[at] !== slot) at++;
        const before = at < into.slot.length ? (into.id.data[at] as number) : (vector[slot] as number);
        const after = code >= 0 ? code : this.callResult(-code - 1, slot, before);
        if (at < into.slot.length) {
          into.id.data[at] = after;
        } else if (after !== before) {
          into.slot.push(slot);
          into.id.push(after);
        }
      }
      into.add(instance, this.labelOf.data[alternative] as number, reach);
    }
  }

  /** As `emit`, of steps whose changes do not matter. */
  emitAsleep(outcome: number, instance: number, into: Successors): void {
    const first = this.firstAlternative.data[outcome] as number;
    const end = this.firstAlternative.data[outcome + 1] as number;
    into.addAsleep(instance, end - first, this.reachOf.data[outcome] as number);
  }

  get bytes(): number {
    return this.lists.reduce(
      (sum, list) => sum + list.bytes,
      this.reaches.bytes + this.resultOf.bytes + this.calls.length * CALL_BYTES,
    );
  }
}
