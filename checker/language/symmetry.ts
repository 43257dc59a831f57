import type { z } from 'zod';
import { canonicalJson } from './canonical.ts';
import { compileCodec } from './codec.ts';
import type { Key } from './components.ts';
import { isSet, referenceOf } from './schema.ts';

/** Members that are interchangeable: whatever happens to them may happen with any two of them having changed places. */
export interface Symmetric<P, Names extends string = string> {
  /** The keys of the members. */
  readonly keys: (params: P) => readonly Key[];
  /** The components that have one part for each member: every key of theirs is a member. */
  readonly components: readonly Names[];
}

/** As the engine reads it; `family` is what `ref(family)` in a schema names. */
// biome-ignore lint/suspicious/noExplicitAny: the engine runs models of any parameters
export type AnySymmetric = Symmetric<any> & { readonly family: string };

/** Replaces the ids of a family within a value. */
export type Rename = (value: unknown, to: (id: unknown) => unknown) => unknown;

/** How ids of the family are replaced in a schema's values; undefined where it has none. */
export function compileRename(schema: z.core.$ZodType, family: string): Rename | undefined {
  if (referenceOf(schema) === family) return (value, to) => to(value);
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'nullable':
    case 'readonly': {
      const inner = compileRename(def.innerType, family);
      return inner && ((value, to) => (value === null ? null : inner(value, to)));
    }
    case 'array': {
      const element = compileRename(def.element, family);
      if (element === undefined) return undefined;
      const sort = isSet(schema) ? sorted : (list: readonly unknown[]) => list;
      return (value, to) => sort(listOf(value).map((one) => element(one, to)));
    }
    case 'tuple':
      return parts(
        def.items.map((item, i) => [`${i}`, compileRename(item, family)]),
        (value) => [...listOf(value)],
      );
    case 'object':
      return parts(
        Object.entries(def.shape).map(([key, field]) => [key, compileRename(field, family)]),
        (value) => ({ ...(value as object) }),
      );
    case 'record': {
      const inner = compileRename(def.valueType, family);
      const entries = (value: unknown): [string, unknown][] => Object.entries(value as object);
      return (
        inner &&
        ((value, to) => Object.fromEntries(entries(value).map(([key, one]) => [key, inner(one, to)])))
      );
    }
    case 'union': {
      const options = def.options.map((option) => ({
        rename: compileRename(option, family),
        codec: compileCodec(option, 'union'),
      }));
      if (options.every(({ rename }) => rename === undefined)) return undefined;
      return (value, to) => {
        const option = options.find(({ codec }) => codec.matches(value));
        return option?.rename === undefined ? value : option.rename(value, to);
      };
    }
    default:
      return undefined;
  }
}

/** What a set is made of must not depend on how its members were called. */
function sorted(list: readonly unknown[]): readonly unknown[] {
  const texts = new Map(list.map((one) => [one, canonicalJson(one)]));
  return list.toSorted((a, b) => ((texts.get(a) ?? '') < (texts.get(b) ?? '') ? -1 : 1));
}

const listOf = (value: unknown): readonly unknown[] => value as readonly unknown[];

function parts(
  all: readonly (readonly [string, Rename | undefined])[],
  copy: (value: unknown) => object,
): Rename | undefined {
  const inner = all.flatMap(([key, rename]) => (rename === undefined ? [] : [{ key, rename }]));
  if (inner.length === 0) return undefined;
  return (value, to) => {
    const copied = copy(value);
    for (const { key, rename } of inner) Reflect.set(copied, key, rename(Reflect.get(copied, key), to));
    return copied;
  };
}
