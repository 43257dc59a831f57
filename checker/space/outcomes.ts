import { ModelError } from '../language/errors.ts';
import type { Update } from '../language/operations.ts';
import { setValue } from './built-in-operations.ts';
import { IntList } from './int-list.ts';
import type { Layout } from './layout.ts';
import { Reaches } from './reaches.ts';
import type { Recorder } from './recorder.ts';
import { Results } from './results.ts';
import type { Successors } from './successors.ts';

/**
 * Remembered outcomes: alternatives of compiled writes. A write is either a constant (the id to store) or a call whose
 * result is remembered per value of the component, so that writing does not force reading.
 */
export class Outcomes {
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
  readonly results: Results;

  constructor(layout: Layout) {
    this.layout = layout;
    this.results = new Results(layout);
    this.reaches = new Reaches(layout.slots.length);
    this.clear();
  }

  private get lists(): readonly IntList[] {
    const { firstAlternative, reachOf, labelOf, firstWrite, writeSlot, writeCode } = this;
    return [firstAlternative, reachOf, labelOf, firstWrite, writeSlot, writeCode];
  }

  /** Outcome 0: disabled, no alternative. */
  clear(): void {
    for (const list of this.lists) list.reset();
    this.firstAlternative.push(0);
    this.firstAlternative.push(0);
    this.reachOf.push(0);
    this.firstWrite.push(0);
    this.results.clear();
  }

  /** The present end, for `truncate`: outcomes that are not worth remembering are dropped after use. */
  get size(): number {
    return this.firstAlternative.length - 1;
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
      known.set(slot.index, this.results.of(update, before));
    } else {
      this.pushWrite(slot.index, -this.results.callId(update) - 1);
    }
  }

  /** A component that was read has one value on this path. */
  private fixed(slot: number, recorder: Recorder, vector: Int32Array): number | undefined {
    return recorder.hasRead(slot) ? vector[slot] : undefined;
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
        const after = code >= 0 ? code : this.results.callResult(-code - 1, slot, before);
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
    return this.lists.reduce((sum, list) => sum + list.bytes, this.reaches.bytes + this.results.bytes);
  }
}
