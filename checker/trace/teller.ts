import { describe } from '../language/canonical.ts';
import type { Slot } from '../space/layout.ts';
import { runPurely } from '../space/purity.ts';
import { Readables } from '../space/readables.ts';
import { Recorder } from '../space/recorder.ts';
import type { Space } from '../space/space.ts';
import type { ActionInstance } from '../space/transitions.ts';
import { makeView, type RuntimeView } from '../space/views.ts';
import type { Json, TraceMessage, TraceStep } from './format.ts';
import { Lanes } from './lanes.ts';
import { type Passed, passedMessages } from './messages.ts';

/** One step of a run, evaluated once more. */
interface Evaluated {
  readonly by: ActionInstance;
  readonly label: string;
  readonly before: Int32Array;
  readonly after: Int32Array;
  readonly changed: readonly Slot[];
  readonly passed: readonly Passed[];
}

/** Tells steps: in words, as changes, as messages between lanes. */
export class Teller {
  readonly lanes: Lanes;
  private readonly space: Space;
  private readonly recorder: Recorder;
  private readonly before: RuntimeView;
  private readonly after: RuntimeView;

  constructor(space: Space) {
    const { layout } = space;
    this.space = space;
    this.lanes = new Lanes(layout);
    this.recorder = new Recorder(new Readables([...layout.slots, ...layout.slots]));
    this.before = makeView(layout, this.recorder, 'property');
    this.after = makeView(layout, this.recorder, 'property', layout.slots.length);
  }

  /** @throws ModelError when the action's code fails: it is impure, since the step was taken before. */
  tell(instance: number, label: string, before: Int32Array, after: Int32Array): TraceStep {
    const { layout, transitions } = this.space;
    const by = transitions.instances[instance];
    if (by === undefined) throw new RangeError(`there is no action instance number ${instance}`);
    const { alternatives } = transitions.explain(instance, before);
    const updates = alternatives.find((alternative) => alternative.label === label)?.updates ?? [];
    const changed = layout.slots.filter(({ index }) => before[index] !== after[index]);
    const passed = passedMessages(layout, before, updates);
    const step = { by, label, before, after, changed, passed };
    const lane = this.laneOf(step) ?? null;
    return {
      action: by.action.name,
      instance: instanceJson(by),
      label,
      says: this.says(step),
      lane,
      changes: changed.map((slot) => ({
        component: slot.name,
        before: valueIn(slot, before),
        after: valueIn(slot, after),
      })),
      messages: passed.map((message) => this.message(message, step, lane)),
    };
  }

  /** The receiver, otherwise the sender where the channel knows it, otherwise whoever the step is about. */
  private laneOf({ by, changed, passed }: Evaluated): string | undefined {
    const received = passed.find(({ kind, slot }) => kind === 'receive' && slot.keys.length > 0);
    if (received) return this.lanes.of(received.slot, received.slot.keys.length - 1);
    const sent = passed.find(({ slot }) => slot.keys.length === 2);
    return sent ? this.lanes.of(sent.slot, 0) : this.lanes.actor(by.instance, changed);
  }

  private message(passed: Passed, step: Evaluated, lane: string | null): TraceMessage {
    const { kind, slot, message } = passed;
    const { from, to } = this.ends(passed, step, lane);
    return { kind, channel: slot.name, from, to, message, says: this.words(slot, message) };
  }

  /** The lanes between which a message goes. */
  private ends(
    { kind, slot }: Passed,
    { by, changed, passed }: Evaluated,
    lane: string | null,
  ): Pick<TraceMessage, 'from' | 'to'> {
    const first = this.lanes.of(slot, 0) ?? null;
    if (slot.keys.length === 2) return { from: first, to: this.lanes.of(slot, 1) ?? null };
    if (slot.keys.length === 0)
      return kind === 'receive' ? { from: first, to: lane } : { from: lane, to: first };
    if (kind === 'receive') return { from: null, to: first };
    // An inbox knows its owner only: the sender is whoever takes the step, another one if there may be another.
    const sure = passed.some((other) => other.kind === 'receive' || other.slot.keys.length === 2);
    const from = lane === first && !sure ? (this.lanes.actor(by.instance, changed, lane) ?? lane) : lane;
    return { from, to: first };
  }

  private words({ declared }: Slot, message: Json): string | null {
    if (declared.says === undefined) return null;
    const said = saidBy(() => declared.says?.(message));
    return typeof said === 'string' ? said : `(its words ${said.fault})`;
  }

  /** The action's own sentence; its name where it has none. */
  private says({ by, label, before, after }: Evaluated): string {
    const name = label === '' ? by.name : `${by.name}: ${label}`;
    if (by.action.says === undefined) return name;
    this.recorder.start(Int32Array.from([...before, ...after]));
    const { params } = this.space.configuration;
    const view = { before: this.before, after: this.after, label, params };
    const said = saidBy(() => by.action.says?.(by.instance, view));
    return typeof said === 'string' ? said : `${name} (its sentence ${said.fault})`;
  }
}

/** What model code says. A faulty sentence must not cost the counterexample, nor pass unseen. */
function saidBy(says: () => unknown): string | { readonly fault: string } {
  try {
    const said = runPurely(says);
    return typeof said === 'string' ? said : { fault: `is ${describe(said)}` };
  } catch (error) {
    return { fault: `fails: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function instanceJson({ instance }: ActionInstance): TraceStep['instance'] {
  if (instance === undefined) return null;
  return typeof instance === 'object' ? [...instance] : instance;
}

function valueIn(slot: Slot, vector: Int32Array): Json {
  return slot.domain.value(vector[slot.index] ?? 0) as Json; // a domain holds plain values
}
