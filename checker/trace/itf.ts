import type { Key } from '../language/components.ts';
import { isList } from './compact.ts';
import type { Json, Trace, TraceComponent } from './format.ts';
import { design, headline, stepName } from './headline.ts';
import { statesOf } from './states.ts';

/** A value in the Informal Trace Format: what JSON cannot say is an object with a `#` key. */
export type ItfValue =
  | boolean
  | string
  | readonly ItfValue[]
  | { readonly [key: string]: ItfValue | readonly (readonly ItfValue[])[] };

/** The values of the variables; `#meta` says which state it is, and which step led to it. */
export type ItfState = Readonly<Record<string, ItfValue | StateMeta>>;

interface StateMeta {
  readonly index: number;
  readonly action?: string;
  readonly says?: string;
}

/**
 * A trace for tools that read the Informal Trace Format (Apalache ADR-015; Quint, itf-rs). Variables are the model's
 * components: families are maps from their keys, tables maps from pairs; an absent value is the variant None.
 */
export interface ItfTrace {
  /** Strings only: itf-rs accepts nothing else here. */
  readonly '#meta': Readonly<Record<string, string>>;
  readonly vars: readonly string[];
  readonly states: readonly ItfState[];
  /** The state that follows the last one, in a run that goes on for ever. */
  readonly loop?: number;
}

export function toItf(trace: Trace): ItfTrace {
  const { steps, loop, components } = trace;
  const all = statesOf(trace);
  // ITF does not repeat the state that closes a loop; a run that stops loops in its last state.
  const shown = loop !== null && loop < steps.length ? all.slice(0, -1) : all;
  return {
    '#meta': {
      format: 'ITF',
      'format-description': 'https://apalache-mc.org/docs/adr/015adr-trace.html',
      source: trace.model,
      status: trace.verdict === 'reached' ? 'reached' : 'violation',
      description: headline(trace),
      design: design(trace),
    },
    vars: components.map(({ name }) => name),
    states: shown.map((state, index) => ({
      '#meta': { index, ...(index === 0 ? {} : stepMeta(steps[index - 1])) },
      ...Object.fromEntries(components.map((component) => [component.name, variable(component, state)])),
    })),
    ...(loop === null ? {} : { loop }),
  };
}

function stepMeta(step: Trace['steps'][number] | undefined): Omit<StateMeta, 'index'> {
  return step === undefined ? {} : { action: stepName(step), says: step.says };
}

function variable({ name, axes, places }: TraceComponent, state: ReadonlyMap<string, Json>): ItfValue {
  const value = (member: string): ItfValue => itf(state.get(member) ?? null, places, []);
  const [rows, columns] = axes;
  if (rows === undefined) return value(name);
  const key = (one: Key): ItfValue => itf(one, [], []);
  if (columns === undefined) return { '#map': rows.map((a) => [key(a), value(`${name}(${a})`)]) };
  const pairs = rows.flatMap((a) => columns.map((b) => [a, b] as const));
  return { '#map': pairs.map(([a, b]) => [{ '#tup': [key(a), key(b)] }, value(`${name}(${a}, ${b})`)]) };
}

/** A JSON value at a path of its component, with what `places` know about it. */
function itf(value: Json, places: TraceComponent['places'], path: readonly string[]): ItfValue {
  const here = (is: string): boolean =>
    places.some((place) => place.is === is && place.path.join('.') === path.join('.'));
  if (!here('option')) return plain(value, places, path, here);
  if (value === null) return { tag: 'None', value: { '#tup': [] } };
  return { tag: 'Some', value: plain(value, places, path, here) };
}

function plain(
  value: Json,
  places: TraceComponent['places'],
  path: readonly string[],
  here: (is: string) => boolean,
): ItfValue {
  if (typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') {
    return Number.isInteger(value)
      ? { '#bigint': BigInt(value).toString() }
      : { '#unserializable': String(value) };
  }
  if (value === null) return { '#unserializable': 'null' };
  if (isList(value)) {
    if (here('tuple')) return { '#tup': value.map((inner, i) => itf(inner, places, [...path, String(i)])) };
    const elements = value.map((inner) => itf(inner, places, [...path, '[]']));
    return here('set') ? { '#set': elements } : elements;
  }
  const entries = Object.entries(value).flatMap(([key, inner]) =>
    inner === undefined ? [] : [[key, inner] as const],
  );
  if (here('map'))
    return { '#map': entries.map(([key, inner]) => [key, itf(inner, places, [...path, '[]'])]) };
  return Object.fromEntries(entries.map(([key, inner]) => [key, itf(inner, places, [...path, key])]));
}
