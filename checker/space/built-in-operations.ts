import { describe, isPlainObject } from '../language/canonical.ts';
import { ModelError } from '../language/errors.ts';
import { type Operation, operation, type Projection, projection } from '../language/operations.ts';
import type { ListDomain } from './list-domain.ts';

type Messages = readonly unknown[];

/** What an operation of channels does, by the ids of lists and messages alone; undefined where it fails: its code says why. */
type ByMessages = (lists: ListDomain, id: number, message: () => number) => number | undefined;

const onMessages = new Map<unknown, ByMessages>();

/** undefined for an operation whose code has to read the value. */
export function byMessages(operation: Operation<unknown, unknown>): ByMessages | undefined {
  return onMessages.get(operation);
}

export const setValue: Operation<unknown, unknown> = operation('set', (_, value: unknown) => value);

export const patchFields: Operation<unknown, unknown> = operation(
  'patch',
  (value: unknown, fields: unknown) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new ModelError('patch needs a value with fields; use set');
    }
    if (typeof fields !== 'object' || fields === null || !isPlainObject(fields)) {
      throw new ModelError(
        `patch is given ${describe(fields)}; expected an object with the fields to replace`,
      );
    }
    return { ...value, ...fields };
  },
);

export const receiveMessage: Operation<Messages, unknown> = operation('receive', (messages: Messages) => {
  if (messages.length === 0) throw new ModelError('receive from an empty channel; look at `head` first');
  return messages.slice(1);
});

onMessages.set(receiveMessage, (lists, id) => (lists.length(id) === 0 ? undefined : lists.rest(id)));

export const putMessage: Operation<Messages, unknown> = operation('put', (_, message: unknown) => [message]);

onMessages.set(putMessage, (lists, _, message) => lists.of(message()));

export const clearMessages: Operation<Messages, unknown> = operation('clear', () => []);

onMessages.set(clearMessages, (lists) => lists.of());

const sends = new Map<number, Operation<Messages, unknown>>();

/** One operation for each capacity, so that its results can be remembered. */
export function sendMessage(capacity: number): Operation<Messages, unknown> {
  let send = sends.get(capacity);
  if (send === undefined) {
    send = operation('send', (messages: Messages, message: unknown) => {
      if (messages.length >= capacity)
        throw new ModelError(`send into a full channel (capacity ${capacity})`);
      return [...messages, message];
    });
    sends.set(capacity, send);
    onMessages.set(send, (lists, id, message) =>
      lists.length(id) >= capacity ? undefined : lists.append(id, message()),
    );
  }
  return send;
}

export const headOf: Projection<unknown, unknown> = projection('head', (messages: unknown) =>
  Array.isArray(messages) ? messages[0] : undefined,
);

/** What a projection of channels goes by: lists with the same key show the same. */
type KeyOf = (lists: ListDomain, id: number) => number;

const keys = new Map<unknown, KeyOf>();

/** undefined for a projection whose code has to read each value. */
export function keyOf(projection: Projection<unknown, unknown>): KeyOf | undefined {
  return keys.get(projection);
}

keys.set(headOf, (lists, id) => (lists.head(id) ?? -1) + 1);

export const lengthOf: Projection<unknown, unknown> = projection('length', (messages: unknown) =>
  Array.isArray(messages) ? messages.length : 0,
);

keys.set(lengthOf, (lists, id) => lists.length(id));

const fields = new Map<string, Projection<unknown, unknown>>();

export function fieldOf(name: string): Projection<unknown, unknown> {
  let field = fields.get(name);
  if (field === undefined) {
    field = projection(name, (value: unknown) =>
      typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined,
    );
    fields.set(name, field);
  }
  return field;
}

const numbered: readonly unknown[] = [setValue, patchFields, receiveMessage, putMessage, clearMessages];

/** A number that means the same operation in every thread; undefined for operations of a model's own. */
export function numberOf(operation: Operation<unknown, unknown>): number | undefined {
  const number = numbered.indexOf(operation);
  if (number >= 0) return number;
  for (const [capacity, send] of sends)
    if (send === (operation as unknown)) return numbered.length + capacity;
  return undefined;
}
