import { ModelError } from './errors.ts';

/**
 * JSON with sorted keys: the key of operation arguments and of projected values, which have no schema of their own.
 * @throws ModelError for what is not plain
 */
export function canonicalJson(value: unknown): string {
  if (value === undefined) return 'undefined';
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new ModelError(`gives ${value}, which is not a plain value`);
    return Object.is(value, -0) ? '0' : String(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || !isPlainObject(value))
    throw new ModelError(`gives ${describe(value)}, which is not a plain value`);
  const entries = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(Reflect.get(value, key))}`);
  return `{${entries.join(',')}}`;
}

/** The same value as any other with the same JSON: keys in order, no -0. For a value that `canonicalJson` accepts. */
export function canonicalCopy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonicalCopy);
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? 0 : value;
  const sorted = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([key, inner]) => [key, canonicalCopy(inner)]));
}

export function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** A short name of any value for an error message. */
export function describe(value: unknown): string {
  if (value === undefined) return 'undefined';
  if (typeof value === 'function') return `a function (${value.name || 'anonymous'})`;
  if (typeof value === 'bigint' || typeof value === 'symbol') return `${typeof value} ${String(value)}`;
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && !isPlainObject(value)) {
    return `an instance of ${value.constructor?.name ?? 'an unnamed class'}`;
  }
  const text = Object.is(value, -0) ? '-0' : jsonText(value);
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value, (_, v) => (typeof v === 'bigint' ? `${v}n` : v));
  } catch {
    return outline(value); // a circle, or something in it that is no value
  }
}

function outline(value: unknown): string {
  const part = (v: unknown): string =>
    typeof v === 'object' && v !== null && (Array.isArray(v) || isPlainObject(v)) ? '...' : describe(v);
  if (Array.isArray(value)) return `[${value.map(part).join(', ')}]`;
  return `{${Object.entries(value ?? {})
    .map(([key, inner]) => `${key}: ${part(inner)}`)
    .join(', ')}}`;
}

/** Freezes a plain value and everything in it, also what lies in something frozen already. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}
