import type { Key } from '../language/components.ts';
import { ModelError } from '../language/errors.ts';
import { type Operation, type Projection, Update } from '../language/operations.ts';
import {
  clearMessages,
  fieldOf,
  headOf,
  lengthOf,
  patchFields,
  putMessage,
  receiveMessage,
  sendMessage,
  setValue,
} from './built-in-operations.ts';
import type { Layout, Slot } from './layout.ts';
import type { Recorder } from './recorder.ts';

type AnyOperation = Operation<unknown, unknown>;

/** What model code holds of one component. `position` is its place in the recorder's vector. */
class Handle {
  private readonly recorder: Recorder;
  private readonly position: number;
  private readonly slot: Slot;
  private readonly mode: 'action' | 'property';

  constructor(recorder: Recorder, position: number, slot: Slot, mode: 'action' | 'property') {
    this.recorder = recorder;
    this.position = position;
    this.slot = slot;
    this.mode = mode;
  }

  private readable(): void {
    if (this.mode === 'action' && this.slot.declared.ghost) {
      throw new ModelError('reads a ghost component, which only properties may read', {
        component: this.slot.name,
      });
    }
  }

  private update(operation: AnyOperation, argument: unknown): Update {
    if (this.mode === 'property') {
      throw new ModelError('a property or constraint writes', { component: this.slot.name });
    }
    return new Update(this.slot, this.slot.index, operation, argument);
  }

  /** `s.epoch > 3`, or a component in JSON: in a file that nobody type-checked, `.value` was forgotten. */
  toJSON(): never {
    throw new ModelError(`uses ${this.slot.name} as a value; write ${this.slot.name}.value`, {
      component: this.slot.name,
    });
  }

  [Symbol.toPrimitive](): never {
    return this.toJSON();
  }

  get value(): unknown {
    this.readable();
    return this.recorder.readWhole(this.position);
  }

  get(field: string): unknown {
    return this.read(fieldOf(field));
  }

  read(projection: Projection<unknown, unknown>): unknown {
    this.readable();
    return this.recorder.readPart(this.position, projection);
  }

  get head(): unknown {
    return this.read(headOf);
  }

  get length(): unknown {
    return this.read(lengthOf);
  }

  set(value: unknown): Update {
    return this.update(setValue, value);
  }

  patch(fields: unknown): Update {
    return this.update(patchFields, fields);
  }

  apply(operation: AnyOperation, argument: unknown): Update {
    return this.update(operation, argument);
  }

  send(message: unknown): Update {
    return this.update(sendMessage(this.slot.declared.capacity) as AnyOperation, message);
  }

  put(message: unknown): Update {
    return this.update(putMessage as AnyOperation, message);
  }

  receive(): Update {
    return this.update(receiveMessage as AnyOperation, undefined);
  }

  clear(): Update {
    return this.update(clearMessages as AnyOperation, undefined);
  }
}

// biome-ignore lint/suspicious/noExplicitAny: the typed view of a model is made of untyped handles here
export type RuntimeView = any;

/** The `s` of actions and properties. `offset` is where the state begins in the recorder's vector. */
export function makeView(
  layout: Layout,
  recorder: Recorder,
  mode: 'action' | 'property',
  offset = 0,
): RuntimeView {
  const handles = layout.slots.map((slot) => new Handle(recorder, slot.index + offset, slot, mode));
  const view: Record<string, Handle | ((a?: Key, b?: Key) => Handle)> = {};
  for (const [component, declared] of Object.entries(layout.components)) {
    const member = (a?: Key, b?: Key): Handle => handles[layout.slotOf(component, a, b)] as Handle;
    view[component] = declared.axes.length === 0 ? member() : member;
  }
  return Object.freeze(view);
}
