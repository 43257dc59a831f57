import type { Update } from '../language/operations.ts';
import { putMessage, receiveMessage, sendMessage } from '../space/built-in-operations.ts';
import type { Layout, Slot } from '../space/layout.ts';
import type { Json } from './format.ts';

/** A message that a step sends or receives, before anybody asks on which lanes. */
export interface Passed {
  readonly kind: 'send' | 'put' | 'receive';
  readonly slot: Slot;
  readonly message: Json;
}

/** The messages of one step: its updates applied once more, in order, since `receive` takes what is the head by then. */
export function passedMessages(
  layout: Layout,
  before: Int32Array,
  updates: readonly Update[],
): readonly Passed[] {
  const passed: Passed[] = [];
  const held = new Map<Slot, readonly Json[]>();
  for (const { slot: index, operation, argument } of updates) {
    const slot = layout.slots[index];
    if (slot === undefined || slot.declared.kind !== 'channel') continue;
    const old = held.get(slot) ?? contents(slot, before[index] ?? 0);
    const now = contents(slot, slot.domain.intern(operation.apply(old, argument)));
    held.set(slot, now);
    const kind = kindOf(operation, slot);
    const message = kind === 'receive' ? old[0] : now.at(-1);
    if (kind !== undefined && message !== undefined) passed.push({ kind, slot, message });
  }
  return passed;
}

function kindOf(operation: Update['operation'], slot: Slot): Passed['kind'] | undefined {
  const is = (built: unknown): boolean => built === operation;
  if (is(receiveMessage)) return 'receive';
  if (is(putMessage)) return 'put';
  return is(sendMessage(slot.declared.capacity)) ? 'send' : undefined;
}

function contents(slot: Slot, id: number): readonly Json[] {
  return slot.domain.value(id) as readonly Json[]; // a channel's schema is an array, and a domain holds plain values
}
