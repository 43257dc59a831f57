import { ModelError, UsageError } from '../language/errors.ts';
import { compileRename, type Rename } from '../language/symmetry.ts';
import type { Domain } from './domain.ts';
import { IntList } from './int-list.ts';
import type { Slot } from './layout.ts';
import type { Space } from './space.ts';

/** Where each member goes, and what becomes of values that mention members. */
export interface Permutation {
  /** By member: the number of the member whose place it takes. */
  readonly place: readonly number[];
  /** By domain, as `Moved` numbers them: id + 1 of the value after it, by id of the value before; 0 when not computed yet. */
  readonly renamed: readonly IntList[];
}

/** A component of the state, as permutations see it. */
interface Moved {
  readonly slot: number;
  /** The members that its keys name: one, two, or none for a component that only mentions members. */
  readonly members: readonly number[];
  /** The components of its kind by member, or by pairs of them, row by row. */
  readonly places: readonly number[];
  readonly rename: Rename | undefined;
  readonly domain: Domain;
  /** Number of the domain among those whose values mention members. */
  readonly domainNumber: number;
}

/** How states change when members of the model's symmetric family change places. */
export class Permutations {
  readonly family: string;
  readonly size: number;
  /** Components that a permutation changes. Those of two members or with ids inside cannot be told apart by member alone. */
  readonly moved: readonly Moved[];
  private readonly keys: readonly unknown[];
  private readonly numbers: ReadonlyMap<unknown, number>;
  private readonly domains: number;
  /** Those with values to remember, by their places. */
  private readonly known = new Map<string, Permutation>();

  /** @throws UsageError for a model that declares no symmetry, ModelError for a declaration that does not fit */
  constructor({ configuration, layout }: Space) {
    const { spec, params } = configuration;
    const { name, definition } = spec.model;
    const { symmetric } = definition;
    if (symmetric === undefined) {
      throw new UsageError(
        `${name} does not declare that any of its members are interchangeable (.symmetric(...)).`,
      );
    }
    this.family = symmetric.family;
    this.keys = symmetric.keys(params);
    this.size = this.keys.length;
    this.numbers = new Map(this.keys.map((key, i) => [key, i]));
    const stranger = symmetric.components.find((one) => !Object.hasOwn(layout.components, one));
    if (stranger !== undefined) {
      throw new ModelError(`the symmetry of '${this.family}' names '${stranger}', which is no component`, {
        model: name,
      });
    }
    const mentioning: Domain[] = [];
    this.moved = layout.slots.flatMap((slot) => {
      const members = symmetric.components.includes(slot.component) ? this.membersOf(slot, name) : [];
      const rename = compileRename(slot.declared.schema, this.family);
      if (members.length === 0 && rename === undefined) return [];
      const others =
        members.length === 0
          ? [slot.index]
          : layout.slots.filter(({ component }) => component === slot.component).map(({ index }) => index);
      const { domain } = slot;
      if (rename !== undefined && !mentioning.includes(domain)) mentioning.push(domain);
      const domainNumber = mentioning.indexOf(domain);
      return [{ slot: slot.index, members, places: others, rename, domain, domainNumber }];
    });
    this.domains = mentioning.length;
  }

  private membersOf({ keys, name }: Slot, model: string): readonly number[] {
    return keys.map((key) => {
      const member = this.numbers.get(key);
      if (member !== undefined) return member;
      throw new ModelError(`the symmetry of '${this.family}' counts ${name} in, and ${key} is no member`, {
        model,
      });
    });
  }

  /** The permutation that puts the members in this order. */
  ordering(order: readonly number[]): Permutation {
    const key = order.join();
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const place: number[] = new Array(order.length).fill(0);
    for (const [at, member] of order.entries()) place[member] = at;
    const made = { place, renamed: Array.from({ length: this.domains }, () => new IntList()) };
    if (this.domains > 0) this.known.set(key, made);
    return made;
  }

  /** Writes the state with the members in their new places into `into`. */
  apply(vector: Int32Array, { place, renamed }: Permutation, into: Int32Array): void {
    into.set(vector);
    for (const { slot, members, places, rename, domain, domainNumber } of this.moved) {
      let to = 0;
      for (const member of members) to = to * this.size + (place[member] as number);
      let id = vector[slot] as number;
      if (rename !== undefined) {
        const ids = renamed[domainNumber] as IntList;
        const known = ids.at(id);
        const after = known !== 0 ? known - 1 : this.renamedId(id, place, rename, domain);
        if (known === 0) ids.put(id, after + 1);
        id = after;
      }
      into[places[to] as number] = id;
    }
  }

  private renamedId(id: number, place: readonly number[], rename: Rename, domain: Domain): number {
    const placed = (key: unknown): unknown => {
      const member = this.numbers.get(key);
      return member === undefined ? key : this.keys[place[member] as number];
    };
    return domain.intern(rename(domain.value(id), placed));
  }

  /** A value with the ids of members replaced by whether they are this one: as much as tells about it alone. */
  seenBy(member: number, value: unknown, rename: Rename): unknown {
    return rename(value, (key) => {
      const number = this.numbers.get(key);
      return number === undefined ? key : number === member ? 'self' : 'other';
    });
  }

  /** All of them; a `size` of at most 7 is sensible. */
  all(): readonly Permutation[] {
    return arrangements(this.identity()).map((order) => this.ordering(order));
  }

  /** Those that exchange two members. */
  exchanges(): readonly Permutation[] {
    const identity = this.identity();
    return identity.flatMap((a) =>
      identity.slice(a + 1).map((b) => this.ordering(identity.map((i) => (i === a ? b : i === b ? a : i)))),
    );
  }

  private identity(): readonly number[] {
    return Array.from({ length: this.size }, (_, i) => i);
  }
}

/** All orders of the items. */
export function arrangements(items: readonly number[]): readonly (readonly number[])[] {
  if (items.length === 0) return [[]];
  return items.flatMap((first) =>
    arrangements(items.filter((one) => one !== first)).map((rest) => [first, ...rest]),
  );
}
