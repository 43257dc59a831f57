import { canonicalJson } from '../language/canonical.ts';
import type { Domain } from './domain.ts';
import { IntList } from './int-list.ts';
import { PairMap } from './pair-map.ts';
import { arrangements, type Permutations } from './permutations.ts';

/** Up to so many members all permutations of a state are tried. */
const MOST_MEMBERS_WITH_TIES = 7;

/**
 * One state for each orbit, which is what permutations of the members make of a state. Members are sorted by what can be
 * said of each alone (its own components, and where shared ones mention it); among the permutations that leave this order, the
 * state that is least counts. So all states of an orbit have the same representative, and different orbits different ones.
 */
export class Orbits {
  private readonly permutations: Permutations;
  private readonly candidate: Int32Array;
  /** Whether members that look alike are alike: no component mentions a member, or belongs to two. */
  private readonly plain: boolean;
  private readonly signatures = new PairMap();
  /** Of values that mention members: what each member sees of them, by domain, id and member. */
  private readonly views = new Map<Domain, IntList>();
  private readonly viewIds = new Map<string, number>();
  private readonly signature: Int32Array;
  private readonly order: number[];

  constructor(permutations: Permutations, slots: number) {
    this.permutations = permutations;
    this.candidate = new Int32Array(slots);
    this.plain = permutations.moved.every(
      ({ members, rename }) => members.length === 1 && rename === undefined,
    );
    this.signature = new Int32Array(permutations.size);
    this.order = Array.from({ length: permutations.size }, (_, i) => i);
  }

  /** Writes the representative of the vector's orbit into `into`. */
  representative(vector: Int32Array, into: Int32Array): void {
    const { permutations, signature, order } = this;
    this.sign(vector);
    order.sort((a, b) => (signature[a] as number) - (signature[b] as number));
    permutations.apply(vector, permutations.ordering(order), into);
    if (this.plain) return;
    let first = true;
    for (const tried of this.orders()) {
      if (!first) {
        permutations.apply(vector, permutations.ordering(tried), this.candidate);
        if (isLess(this.candidate, into)) into.set(this.candidate);
      }
      first = false;
    }
  }

  /** All orders of the members that sort them by signature; the present one first. */
  private orders(): readonly (readonly number[])[] {
    const { order, signature } = this;
    let orders: readonly (readonly number[])[] = [[]];
    for (let from = 0; from < order.length; ) {
      let to = from + 1;
      while (to < order.length && signature[order[to] as number] === signature[order[from] as number]) to++;
      const tied = order.slice(from, to);
      if (tied.length > MOST_MEMBERS_WITH_TIES)
        throw new RangeError(`${tied.length} members that look alike are too many to be put in order`);
      const ways = arrangements(tied);
      orders =
        ways.length === 1
          ? orders.map((one) => [...one, ...tied])
          : orders.flatMap((one) => ways.map((way) => [...one, ...way]));
      from = to;
    }
    return orders;
  }

  /** A number for each member: equal for members that look alike, whatever their keys are. */
  private sign(vector: Int32Array): void {
    const { signature, permutations } = this;
    signature.fill(0);
    for (const { slot, members, rename, domain } of permutations.moved) {
      const id = vector[slot] as number;
      const [a, b = a] = members;
      if (a !== b) continue;
      if (a !== undefined) this.fold(a, rename === undefined ? id : this.view(a, id, rename, domain));
      else
        for (let m = 0; m < permutations.size; m++)
          if (rename) this.fold(m, this.view(m, id, rename, domain));
    }
  }

  private fold(member: number, seen: number): void {
    const { signature, signatures } = this;
    const before = signature[member] as number;
    let after = signatures.get(before, seen);
    if (after === 0) {
      after = signatures.size + 1;
      signatures.set(before, seen, after);
    }
    signature[member] = after;
  }

  private view(
    member: number,
    id: number,
    rename: NonNullable<Permutations['moved'][number]['rename']>,
    domain: Domain,
  ): number {
    let views = this.views.get(domain);
    if (views === undefined) {
      views = new IntList();
      this.views.set(domain, views);
    }
    const at = id * this.permutations.size + member;
    const known = views.at(at);
    if (known !== 0) return known - 1;
    const text = canonicalJson(this.permutations.seenBy(member, domain.value(id), rename));
    let made = this.viewIds.get(text);
    if (made === undefined) {
      made = this.viewIds.size;
      this.viewIds.set(text, made);
    }
    views.put(at, made + 1);
    return made;
  }
}

function isLess(a: Int32Array, b: Int32Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return (a[i] as number) < (b[i] as number);
  return false;
}
