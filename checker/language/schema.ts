import { z } from 'zod';

const sets = new WeakSet<z.core.$ZodType>();
const references = new WeakMap<z.core.$ZodType, string>();

/** A finite set: an array in canonical (sorted) order without duplicates. The checker sorts what an action returns. */
export function setOf<S extends z.ZodType>(element: S): z.ZodArray<S> {
  const schema = z.array(element);
  sets.add(schema);
  return schema;
}

export function isSet(schema: z.core.$ZodType): boolean {
  return sets.has(schema);
}

/**
 * An id of a member of the component family (or of the lane) `family`, such as `ref('server')`: known to diagrams and to
 * symmetry. Bounds go in here: a method such as `.max(3)` would make another schema, which is no reference any more.
 */
export function ref(family: string, bounds: { readonly min?: number; readonly max?: number } = {}): z.ZodInt {
  const schema = z
    .int()
    .min(bounds.min ?? Number.MIN_SAFE_INTEGER)
    .max(bounds.max ?? Number.MAX_SAFE_INTEGER);
  references.set(schema, family);
  return schema;
}

/** The family that a schema made by `ref` refers to. */
export function referenceOf(schema: z.core.$ZodType): string | undefined {
  return references.get(schema);
}

/** 0, 1, ..., size - 1. */
export function range(size: number): readonly number[] {
  return Array.from({ length: size }, (_, i) => i);
}

/** All ordered pairs of different keys. */
export function pairs<K>(keys: readonly K[]): readonly (readonly [K, K])[] {
  return keys.flatMap((a) => keys.filter((b) => b !== a).map((b) => [a, b] as const));
}

/** All combinations of one element of each list, the last one varying fastest. */
export function product<A, B>(as: readonly A[], bs: readonly B[]): readonly (readonly [A, B])[] {
  return as.flatMap((a) => bs.map((b) => [a, b] as const));
}
