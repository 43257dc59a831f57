import { ModelError } from '../language/errors.ts';
import { suggestion } from '../language/nearest.ts';
import type { Layout } from '../space/layout.ts';
import type { Space } from '../space/space.ts';
import { compact, isList } from '../trace/compact.ts';
import type { Json, TraceStep } from '../trace/format.ts';

/** Why something recorded does not fit the model: a sentence without its beginning. */
export class Misfit extends Error {
  override readonly name = 'Misfit';
}

/** The state as the trace records it, in the ids of the space. */
export class Recorded {
  readonly vector: Int32Array;
  private readonly layout: Layout;

  /** @throws Misfit when the trace and the model do not have the same components, or a value is outside its schema. */
  constructor(layout: Layout, initial: Readonly<Record<string, Json>>) {
    this.layout = layout;
    const names = layout.slots.map(({ name }) => name);
    const stranger = Object.keys(initial).find((name) => !names.includes(name));
    if (stranger !== undefined) {
      throw new Misfit(
        `the trace has a component ${stranger}, which the model does not have.${suggestion(stranger, names)}`,
      );
    }
    const missing = names.find((name) => !Object.hasOwn(initial, name));
    if (missing !== undefined)
      throw new Misfit(`the model has a component ${missing}, which the trace does not have`);
    this.vector = new Int32Array(layout.slots.length);
    for (const [name, value] of Object.entries(initial)) this.set(name, value);
  }

  /** @throws Misfit for a value outside the schema */
  apply(step: TraceStep): void {
    for (const { component, after } of step.changes) this.set(component, after);
  }

  private set(name: string, value: Json): void {
    const slot = this.layout.slots.find((one) => one.name === name);
    if (slot === undefined) throw new Misfit(`the model has no component ${name}`);
    try {
      this.vector[slot.index] = slot.domain.intern(value);
    } catch (error) {
      if (error instanceof ModelError) throw new Misfit(`the trace records ${name}, but ${error.reason}`);
      throw error;
    }
  }

  /** How the state is another one than recorded: the first component that differs, then and now. Undefined if it is the same. */
  differenceTo(now: Int32Array): string | undefined {
    const slot = this.layout.slots.find(({ index }) => this.vector[index] !== now[index]);
    if (slot === undefined) return undefined;
    const value = (vector: Int32Array): Json => slot.domain.value(vector[slot.index] as number) as Json; // plain values
    const { path, a, b } = deepest(slot.name, value(this.vector), value(now));
    return `${path} is ${shown(b)}, where the trace records ${shown(a)}`;
  }

  /** @throws Misfit unless this is an initial state of the space. */
  checkInitial({ initial }: Space): void {
    const distance = (state: Int32Array): number =>
      state.reduce((sum, id, i) => (id === this.vector[i] ? sum : sum + 1), 0);
    const [nearest, ...others] = [...initial].sort((a, b) => distance(a) - distance(b));
    if (nearest === undefined || distance(nearest) === 0) return;
    const difference = this.differenceTo(nearest);
    throw new Misfit(
      others.length === 0 ? `${difference}` : `in the most similar initial state ${difference}`,
    );
  }
}

/** The one field that differs, if only one does. */
function deepest(
  path: string,
  a: Json | undefined,
  b: Json | undefined,
): { path: string; a: Json | undefined; b: Json | undefined } {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || isList(a) || isList(b)) {
    return { path, a, b };
  }
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  const [only, ...others] = keys.filter((key) => JSON.stringify(a[key]) !== JSON.stringify(b[key]));
  return only === undefined || others.length > 0
    ? { path, a, b }
    : deepest(`${path}.${only}`, a[only], b[only]);
}

function shown(value: Json | undefined): string {
  return value === undefined ? 'absent' : compact(value, 80);
}
