import type { z } from 'zod';
import { describe, isPlainObject } from './canonical.ts';
import { ModelError } from './errors.ts';
import { isSet } from './schema.ts';

/** The one canonical encoding of a schema's values: JSON in the schema's key order, sets sorted. */
export interface Codec {
  /** @throws ModelError for a value that has no canonical form (unknown key, undefined, -0, a class instance). */
  encode(value: unknown): string;
  /** Whether the value has this schema's outer shape: decides between the options of a union. */
  matches(value: unknown): boolean;
}

type Def = z.core.$ZodTypes['_zod']['def'];

/** @throws ModelError for a schema that could change a value or whose values have no canonical form. */
export function compileCodec(schema: z.core.$ZodType, path: string): Codec {
  const def = (schema as z.core.$ZodTypes)._zod.def;
  refuseOverwriting(def, path);
  switch (def.type) {
    case 'boolean':
    case 'string':
      return primitive(def.type, path);
    case 'number':
      return { encode: (v) => encodeNumber(v, path), matches: (v) => typeof v === 'number' };
    case 'null':
      return exactly([null], path);
    case 'literal':
      if (def.values.some((v) => typeof v === 'bigint' || v === undefined))
        throw refused(path, 'a literal that JSON does not have');
      return exactly(def.values, path);
    case 'enum':
      return exactly([...(schema as z.core.$ZodEnum)._zod.values], path);
    case 'nullable':
      return union([exactly([null], path), compileCodec(def.innerType, path)], path);
    case 'readonly':
      return compileCodec(def.innerType, path);
    case 'object':
      return object(def, path);
    case 'array':
      return array(compileCodec(def.element, `${path}[]`), isSet(schema), path);
    case 'tuple':
      if (def.rest) throw refused(path, 'a tuple with a rest element');
      return tuple(
        def.items.map((item, i) => compileCodec(item, `${path}[${i}]`)),
        path,
      );
    case 'record':
      compileCodec(def.keyType, `${path} (its keys)`);
      return record(compileCodec(def.valueType, `${path}{}`), path);
    case 'union':
      return union(
        def.options.map((option) => compileCodec(option, path)),
        path,
      );
    default:
      throw refused(path, `z.${def.type}`);
  }
}

function refused(path: string, what: string): ModelError {
  return new ModelError(
    `the schema at ${path} uses ${what}, which may change a value or has no canonical encoding; ` +
      'use plain objects, arrays, tuples, records, unions, nullable, enums, numbers, strings and booleans',
  );
}

function refuseOverwriting(def: Def, path: string): void {
  if ('coerce' in def && def.coerce) throw refused(path, 'z.coerce');
  for (const check of def.checks ?? []) {
    if (check._zod.def.check === 'overwrite') throw refused(path, 'a check that rewrites the value');
  }
}

function wrong(path: string, value: unknown, expected: string): ModelError {
  return new ModelError(`${path} is ${describe(value)}, expected ${expected}`);
}

function isPlain(v: unknown): v is object {
  return typeof v === 'object' && v !== null && isPlainObject(v);
}

function primitive(type: 'boolean' | 'string', path: string): Codec {
  const matches = (v: unknown): boolean => typeof v === type;
  return {
    matches,
    encode(v) {
      if (!matches(v)) throw wrong(path, v, `a ${type}`);
      return JSON.stringify(v);
    },
  };
}

function encodeNumber(v: unknown, path: string): string {
  if (typeof v !== 'number' || !Number.isFinite(v)) throw wrong(path, v, 'a finite number');
  if (Object.is(v, -0)) throw wrong(path, v, '0 (-0 and 0 would be two states)');
  return String(v);
}

function exactly(values: readonly unknown[], path: string): Codec {
  const texts = new Map(values.map((v) => [v, JSON.stringify(v)]));
  return {
    matches: (v) => texts.has(v) && !Object.is(v, -0),
    encode(v) {
      const text = Object.is(v, -0) ? undefined : texts.get(v);
      if (text === undefined) throw wrong(path, v, `one of ${[...texts.values()].join(', ')}`);
      return text;
    },
  };
}

function object(def: Extract<Def, { type: 'object' }>, path: string): Codec {
  if (def.catchall && def.catchall._zod.def.type !== 'never')
    throw refused(path, 'an object with unlisted keys');
  const fields = Object.entries(def.shape).map(([key, field]) => {
    const codec = compileCodec(field, `${path}.${key}`);
    return { key, codec, prefix: `${JSON.stringify(key)}:` };
  });
  const keys = new Set(fields.map((field) => field.key));
  return {
    matches(v) {
      if (!isPlain(v)) return false;
      const own = Object.keys(v);
      if (own.length !== fields.length || !own.every((key) => keys.has(key))) return false;
      return fields.every((field) => field.codec.matches(Reflect.get(v, field.key)));
    },
    encode(v) {
      if (!isPlain(v)) throw wrong(path, v, 'a plain object');
      let text = '';
      for (const { key, codec, prefix } of fields) {
        if (!Object.hasOwn(v, key)) throw new ModelError(`${path} lacks the field '${key}': ${describe(v)}`);
        text += `${text === '' ? '{' : ','}${prefix}${codec.encode(Reflect.get(v, key))}`;
      }
      if (Object.keys(v).length !== fields.length) {
        const extra = Object.keys(v).filter((key) => !keys.has(key));
        throw new ModelError(
          `${path} has the unknown field '${extra[0]}'; its fields are ${[...keys].join(', ')}`,
        );
      }
      return text === '' ? '{}' : `${text}}`;
    },
  };
}

function array(element: Codec, set: boolean, path: string): Codec {
  return {
    matches: (v) => Array.isArray(v) && v.every((e) => element.matches(e)),
    encode(v) {
      if (!Array.isArray(v)) throw wrong(path, v, 'an array');
      const parts: string[] = Array.from(v, (e) => element.encode(e));
      return `[${(set ? sortedUnique(parts) : parts).join(',')}]`;
    },
  };
}

/** Numbers by size (the shorter text of two non-negative integers is the smaller number), anything else by text. */
function sortedUnique(parts: readonly string[]): string[] {
  const compare = (a: string, b: string): number => {
    const difference = Number(a) - Number(b);
    return Number.isNaN(difference) ? (a < b ? -1 : a > b ? 1 : 0) : difference;
  };
  return [...new Set(parts)].sort(compare);
}

function tuple(items: readonly Codec[], path: string): Codec {
  return {
    matches: (v) =>
      Array.isArray(v) && v.length === items.length && items.every((item, i) => item.matches(v[i])),
    encode(v) {
      if (!Array.isArray(v) || v.length !== items.length) throw wrong(path, v, `a tuple of ${items.length}`);
      return `[${items.map((item, i) => item.encode(v[i])).join(',')}]`;
    },
  };
}

function record(value: Codec, path: string): Codec {
  return {
    matches: (v) => isPlain(v) && Object.values(v).every((e) => value.matches(e)),
    encode(v) {
      if (!isPlain(v)) throw wrong(path, v, 'a plain object');
      const keys = Object.keys(v).sort();
      return `{${keys.map((key) => `${JSON.stringify(key)}:${value.encode(Reflect.get(v, key))}`).join(',')}}`;
    },
  };
}

function union(options: readonly Codec[], path: string): Codec {
  return {
    matches: (v) => options.some((option) => option.matches(v)),
    encode(v) {
      const option = options.find((candidate) => candidate.matches(v));
      if (option) return option.encode(v);
      const only = options.length === 2 && options[0]?.matches(null) ? options[1] : undefined;
      if (only) return only.encode(v); // nullable: its own message says more
      throw wrong(path, v, 'a value of one of the options of its union');
    },
  };
}
