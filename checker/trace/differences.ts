import { canonicalJson } from '../language/canonical.ts';
import { compact, isList } from './compact.ts';
import type { Json, TraceComponent } from './format.ts';

/** One thing that has changed within a value. */
export interface Difference {
  /** Where: .state, .votes[2]; '' for the whole. */
  readonly path: string;
  /** What: LOOKING -> LEADING; + 3 (appended); - 3 (removed). */
  readonly text: string;
  /** What it is now, where it was something else before. */
  readonly now?: string;
}

type Places = TraceComponent['places'];

/**
 * What differs between two values, as deep inside as it can be said; nothing for equal ones. `places` tells sets from
 * lists: an element of a set has no position. Values are cut to `room` characters.
 */
export function differences(
  before: Json,
  after: Json,
  places: Places = [],
  room = 60,
): readonly Difference[] {
  return between(before, after, { text: '', path: [], places, room });
}

/** Where in a value the comparison is: as shown, and as `places` write it. */
interface Here {
  readonly text: string;
  readonly path: readonly string[];
  readonly places: Places;
  readonly room: number;
}

function inside(here: Here, text: string, key: string): Here {
  return { ...here, text: here.text + text, path: [...here.path, key] };
}

function between(before: Json, after: Json, here: Here): readonly Difference[] {
  if (canonicalJson(before) === canonicalJson(after)) return [];
  if (isList(before) && isList(after)) return inLists(before, after, here);
  if (isRecord(before) && isRecord(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => {
      const [old, now] = [before[key], after[key]];
      const there = inside(here, `.${key}`, key);
      if (old !== undefined && now !== undefined) return between(old, now, there);
      const [sign, value] = old === undefined ? ['+', now] : ['-', old];
      return value === undefined ? [] : [{ path: there.text, text: `${sign} ${compact(value, here.room)}` }];
    });
  }
  return [replaced(before, after, here)];
}

/** Elements that came and went, where the others kept their order; else element by element; else as a whole. */
function inLists(before: readonly Json[], after: readonly Json[], here: Here): readonly Difference[] {
  const [removed, kept] = split(before, after);
  const [added, stayed] = split(after, before);
  const sameOrder = canonicalJson(kept) === canonicalJson(stayed);
  const isSet = here.places.some((place) => place.is === 'set' && place.path.join() === here.path.join());
  if (!isSet && before.length === after.length && removed.length > 0) {
    const inPlace = before.map((old, i) => between(old, after[i] ?? null, inside(here, `[${i}]`, '[]')));
    if (inPlace.filter((one) => one.length > 0).length === removed.length) return inPlace.flat();
  }
  if (!sameOrder) return [replaced(before, after, here)];
  if (after.length === 0 && before.length > 1) return [{ path: here.text, text: `- all ${before.length}` }];
  if (removed.length + added.length > 4) return [replaced(before, after, here)];
  const sign = (mark: string) => (one: Json) => ({
    path: here.text,
    text: `${mark} ${compact(one, here.room)}`,
  });
  return [...removed.map(sign('-')), ...added.map(sign('+'))];
}

/** The elements that the other list lacks, and those that it has, each as often as it has them. */
export function split(
  list: readonly Json[],
  other: readonly Json[],
): readonly [readonly Json[], readonly Json[]] {
  const counts = new Map<string, number>();
  for (const element of other.map(canonicalJson)) counts.set(element, (counts.get(element) ?? 0) + 1);
  const alone: Json[] = [];
  const shared: Json[] = [];
  for (const element of list) {
    const text = canonicalJson(element);
    const left = counts.get(text) ?? 0;
    counts.set(text, left - 1);
    (left > 0 ? shared : alone).push(element);
  }
  return [alone, shared];
}

function replaced(before: Json, after: Json, { text: path, room }: Here): Difference {
  const now = compact(after, room);
  return { path, text: `${compact(before, room)} -> ${now}`, now };
}

function isRecord(value: Json): value is { readonly [key: string]: Json | undefined } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
