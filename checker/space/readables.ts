import { ModelError } from '../language/errors.ts';
import type { Projection } from '../language/operations.ts';
import { keyOf } from './built-in-operations.ts';
import { IntList } from './int-list.ts';
import { PlainInterner } from './interner.ts';
import type { Slot } from './layout.ts';
import { ListDomain } from './list-domain.ts';
import { runPurely } from './purity.ts';
import { sampled } from './sample.ts';

/** What a projection shows of the values of one domain: ids of shown values by id of the whole. */
interface Shown {
  readonly projection: Projection<unknown, unknown>;
  readonly domain: Slot['domain'];
  /** Id of the shown value + 1, by id of the whole; 0 when not computed yet. */
  readonly ids: IntList;
  readonly values: PlainInterner;
  /** As `ids`, by what the projection goes by, where it does not have to look at each value. */
  readonly byKey: IntList;
  /** How often the projection's code was asked. */
  asked: number;
}

/**
 * Everything that code may read from a state vector: first the components themselves (readable r < size of the vector
 * is component r), then projections of them, numbered as they are first used.
 */
export class Readables {
  readonly vectorSize: number;
  /** By readable - vectorSize. */
  readonly slotOf = new IntList();
  private readonly shownOf: Shown[] = [];
  private readonly byDomain = new Map<Slot['domain'], Map<Projection<unknown, unknown>, Shown>>();
  private readonly bySlot: Map<Projection<unknown, unknown>, number>[];
  private readonly slots: readonly Slot[];

  /** `slots` names the components of the vector; step properties see two states, so theirs holds every slot twice. */
  constructor(slots: readonly Slot[]) {
    this.slots = slots;
    this.vectorSize = slots.length;
    this.bySlot = slots.map(() => new Map());
  }

  get size(): number {
    return this.vectorSize + this.shownOf.length;
  }

  projected(position: number, projection: Projection<unknown, unknown>): number {
    const known = this.bySlot[position]?.get(projection);
    if (known !== undefined) return known;
    const slot = this.slots[position] as Slot;
    let ofDomain = this.byDomain.get(slot.domain);
    if (ofDomain === undefined) {
      ofDomain = new Map();
      this.byDomain.set(slot.domain, ofDomain);
    }
    let shown = ofDomain.get(projection);
    if (shown === undefined) {
      shown = {
        projection,
        domain: slot.domain,
        ids: new IntList(),
        values: new PlainInterner(),
        byKey: new IntList(),
        asked: 0,
      };
      ofDomain.set(projection, shown);
    }
    const readable = this.size;
    this.slotOf.put(readable - this.vectorSize, position);
    this.shownOf.push(shown);
    this.bySlot[position]?.set(projection, readable);
    return readable;
  }

  /** The component that the readable is, or is a part of. */
  positionOf(readable: number): number {
    return readable < this.vectorSize ? readable : this.slotOf.at(readable - this.vectorSize);
  }

  /**
   * The id of what the readable shows in this vector: the component's own id, or that of the projected value.
   * @throws ModelError for a projection that fails
   */
  idOf(readable: number, vector: Int32Array): number {
    if (readable < this.vectorSize) return vector[readable] as number;
    const at = readable - this.vectorSize;
    const whole = vector[this.slotOf.data[at] as number] as number;
    const shown = this.shownOf[at] as Shown;
    const known = shown.ids.at(whole);
    if (known !== 0) return known - 1;
    const id = this.shownId(shown, whole, this.slots[this.slotOf.data[at] as number]);
    shown.ids.put(whole, id + 1);
    return id;
  }

  private shownId(shown: Shown, whole: number, slot: Slot | undefined): number {
    const { projection, domain, byKey } = shown;
    const key = domain instanceof ListDomain ? keyOf(projection)?.(domain, whole) : undefined;
    if (key === undefined) return this.show(shown, whole, slot);
    if (byKey.at(key) === 0) byKey.put(key, this.show(shown, whole, slot) + 1);
    return byKey.at(key) - 1;
  }

  private show(shown: Shown, whole: number, slot: Slot | undefined): number {
    const { projection, domain, values } = shown;
    const look = (): number => runPurely(() => values.intern(projection.of(domain.value(whole))));
    try {
      const id = look();
      if (sampled(++shown.asked) && look() !== id) {
        throw new ModelError('is impure: it showed one value in two different ways');
      }
      return id;
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      throw new ModelError(`the projection '${projection.name}' ${error.reason}`, {
        ...error.place,
        component: slot?.name,
      });
    }
  }

  valueOf(readable: number, id: number): unknown {
    if (readable < this.vectorSize) return this.slots[readable]?.domain.value(id);
    return this.shownOf[readable - this.vectorSize]?.values.value(id);
  }

  /** For messages: server(1), server(1).state, net(0, 1).head. */
  nameOf(readable: number): string {
    if (readable < this.vectorSize) return this.slots[readable]?.name ?? '';
    const at = readable - this.vectorSize;
    const slot = this.slots[this.slotOf.data[at] as number];
    return `${slot?.name}.${this.shownOf[at]?.projection.name}`;
  }
}
