import type { z } from 'zod';
import { isSet } from '../language/schema.ts';
import type { TraceComponent } from './format.ts';

type Place = TraceComponent['places'][number];

/** The places in a schema's values where JSON alone does not say what is meant; formats richer than JSON need them. */
export function placesOf(schema: z.core.$ZodType, path: readonly string[] = []): Place[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  const here = (is: Place['is']): Place => ({ path: [...path], is });
  switch (def.type) {
    case 'nullable':
      return [here('option'), ...placesOf(def.innerType, path)];
    case 'readonly':
      return placesOf(def.innerType, path);
    case 'object':
      return Object.entries(def.shape).flatMap(([key, field]) => placesOf(field, [...path, key]));
    case 'array':
      return [...(isSet(schema) ? [here('set')] : []), ...placesOf(def.element, [...path, '[]'])];
    case 'tuple':
      return [here('tuple'), ...def.items.flatMap((item, i) => placesOf(item, [...path, String(i)]))];
    case 'record':
      return [here('map'), ...placesOf(def.valueType, [...path, '[]'])];
    case 'union':
      return def.options.flatMap((option) => (isNull(option) ? [here('option')] : placesOf(option, path)));
    default:
      return [];
  }
}

function isNull(schema: z.core.$ZodType): boolean {
  return (schema as z.core.$ZodTypes)._zod.def.type === 'null';
}
