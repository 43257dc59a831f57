import { z } from 'zod';

// Marks in a schema's definition, where they stay when a method such as `.max(3)` or `.describe(...)` copies the schema.
const setMark = Symbol.for('fencepost.set');
const referenceMark = Symbol.for('fencepost.reference');

function mark<S extends z.ZodType>(schema: S, key: symbol, value: unknown): S {
  Reflect.set(schema._zod.def, key, value);
  return schema;
}

/** A finite set: an array in canonical (sorted) order without duplicates. The checker sorts what an action returns. */
export function setOf<S extends z.ZodType>(element: S): z.ZodArray<S> {
  return mark(z.array(element), setMark, true);
}

export function isSet(schema: z.core.$ZodType): boolean {
  return Reflect.get(schema._zod.def, setMark) === true;
}

/**
 * An id of a member of the component family (or of the lane) `family`, such as `ref('server')`: known to diagrams and to
 * symmetry.
 */
export function ref(family: string, bounds: { readonly min?: number; readonly max?: number } = {}): z.ZodInt {
  const schema = z
    .int()
    .min(bounds.min ?? Number.MIN_SAFE_INTEGER)
    .max(bounds.max ?? Number.MAX_SAFE_INTEGER);
  return mark(schema, referenceMark, family);
}

/** The family that a schema made by `ref` refers to. */
export function referenceOf(schema: z.core.$ZodType): string | undefined {
  const family: unknown = Reflect.get(schema._zod.def, referenceMark);
  return typeof family === 'string' ? family : undefined;
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
