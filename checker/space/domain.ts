import type { z } from 'zod';
import { ModelError } from '../language/errors.ts';

/** A value as another thread, or the same search at another time, may learn it: its encoding, or the ids of its messages. */
export type Entry = string | ArrayLike<number>;

/** Where threads that search together agree on ids, so that a vector means the same to each of them. */
export interface SharedIds {
  /** The id of a valid value that this thread does not know yet, after learning what others have added. */
  idOf(domain: Domain, entry: Entry): number;
  /** Has every domain learn what others have added; answers whether there was anything. */
  catchUp(): boolean;
}

/**
 * The distinct values of one component, of all members of a family, or of the messages in them: each stored once, frozen,
 * known by its id.
 */
export interface Domain {
  readonly component: string;
  readonly size: number;
  /** Set while threads search together. */
  shared: SharedIds | undefined;
  /** undefined when there is no such id. */
  value(id: number): unknown;
  /** The canonical encoding: equal for equal values, in this and every other process. */
  encoding(id: number): string;
  /** @throws ModelError for a value outside the schema; each distinct value is validated once. */
  intern(value: unknown): number;
  entry(id: number): Entry;
  /** The id of an entry, if it is known. */
  find(entry: Entry): number | undefined;
  /** Adds a valid entry that is not known. */
  learn(entry: Entry): number;
  /** About what the values take: text, decoded form, and what finds them. */
  readonly bytes: number;
}

/** @throws ModelError when the value, which says itself as `text`, is outside the schema */
export function validate(component: string, schema: z.ZodType, value: unknown, text: string): void {
  const result = schema.safeParse(value);
  if (result.success) return;
  const issue = result.error.issues[0];
  const path = [component, ...(issue?.path ?? [])].join('.');
  throw new ModelError(`the value ${text} is outside the schema: ${path}: ${issue?.message ?? 'not valid'}`);
}
