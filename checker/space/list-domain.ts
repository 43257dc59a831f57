import type { z } from 'zod';
import { describe } from '../language/canonical.ts';
import { ModelError } from '../language/errors.ts';
import { type Domain, type Entry, type SharedIds, validate } from './domain.ts';
import { IntList } from './int-list.ts';
import { PairMap } from './pair-map.ts';

/** About what a decoded list takes beside its messages. */
const LIST_BYTES = 64;
const EMPTY = 0;

/**
 * Contents of channels: lists of messages, each message by its id in a domain of its own. Lists share their beginnings: a
 * node is the list of its parent and one message more, so that what a channel operation leads to is found without reading
 * the messages. Not every beginning is a value; values have ids.
 */
export class ListDomain implements Domain {
  readonly component: string;
  readonly messages: Domain;
  shared: SharedIds | undefined;
  private readonly schema: z.ZodType;
  private readonly capacity: number;
  /** By node; EMPTY is the empty list. */
  private readonly parents = new IntList();
  private readonly lasts = new IntList();
  private readonly lengths = new IntList();
  /** The id + 1, or 0 of what is only the beginning of a value. */
  private readonly ids = new IntList();
  private readonly children = new PairMap();
  /** By id. */
  private readonly nodes = new IntList();
  /** By id; undefined until somebody asks. */
  private readonly stored: (readonly unknown[] | undefined)[] = [];
  private decoded = 0;

  /** `schema` is that of the whole list; beside its messages it limits nothing but the length. */
  constructor(component: string, schema: z.ZodType, capacity: number, messages: Domain) {
    this.component = component;
    this.schema = schema;
    this.capacity = capacity;
    this.messages = messages;
    this.parents.push(EMPTY);
    this.lasts.push(0);
    this.lengths.push(0);
    this.ids.push(0);
  }

  get size(): number {
    return this.nodes.length;
  }

  value(id: number): unknown {
    const known = this.stored[id];
    if (known !== undefined) return known;
    const node = this.nodeOf(id);
    if (node === undefined) return undefined;
    const list = Object.freeze(Array.from(this.messagesOf(node), (message) => this.messages.value(message)));
    this.stored[id] = list;
    this.decoded += list.length;
    return list;
  }

  encoding(id: number): string {
    const node = this.nodeOf(id);
    if (node === undefined) return '';
    return `[${Array.from(this.messagesOf(node), (message) => this.messages.encoding(message)).join(',')}]`;
  }

  entry(id: number): Int32Array {
    return this.messagesOf(this.nodeOf(id) as number);
  }

  find(entry: Entry): number | undefined {
    const id = this.ids.at(this.reach(entry as ArrayLike<number>));
    return id === 0 ? undefined : id - 1;
  }

  learn(entry: Entry): number {
    return this.add(this.reach(entry as ArrayLike<number>));
  }

  get bytes(): number {
    const { parents, lasts, lengths, ids, nodes } = this;
    return [parents, lasts, lengths, ids, nodes, this.children].reduce(
      (sum, { bytes }) => sum + bytes,
      (this.decoded + this.size) * 8 + LIST_BYTES * this.stored.length,
    );
  }

  intern(value: unknown): number {
    if (!Array.isArray(value))
      throw new ModelError(`${this.component} is ${describe(value)}, expected an array`);
    let node = EMPTY;
    for (let i = 0; i < value.length; i++) node = this.child(node, this.messages.intern(value[i]));
    return this.idAt(node);
  }

  /** The first message's id; undefined of an empty channel. */
  head(id: number): number | undefined {
    const node = this.nodeOf(id) as number;
    return node === EMPTY ? undefined : this.messagesOf(node)[0];
  }

  length(id: number): number {
    return this.lengths.at(this.nodeOf(id) as number);
  }

  /** The list with one message more. */
  append(id: number, message: number): number {
    return this.idAt(this.child(this.nodeOf(id) as number, message));
  }

  /** The list without its first message. */
  rest(id: number): number {
    return this.idAt(this.reach(this.messagesOf(this.nodeOf(id) as number).subarray(1)));
  }

  /** The list of these messages. */
  of(...messages: readonly number[]): number {
    return this.idAt(this.reach(messages));
  }

  /** undefined when there is no such value. */
  private nodeOf(id: number): number | undefined {
    if (id >= this.nodes.length) this.shared?.catchUp();
    return id < this.nodes.length ? this.nodes.data[id] : undefined;
  }

  private messagesOf(node: number): Int32Array {
    const messages = new Int32Array(this.lengths.at(node));
    for (let i = messages.length - 1, at = node; i >= 0; i--) {
      messages[i] = this.lasts.data[at] as number;
      at = this.parents.data[at] as number;
    }
    return messages;
  }

  private reach(messages: ArrayLike<number>): number {
    let node = EMPTY;
    for (let i = 0; i < messages.length; i++) node = this.child(node, messages[i] as number);
    return node;
  }

  private child(node: number, message: number): number {
    const known = this.children.get(node, message);
    if (known !== 0) return known;
    const child = this.parents.push(node);
    this.lasts.push(message);
    this.lengths.push(this.lengths.at(node) + 1);
    this.ids.push(0);
    this.children.set(node, message, child);
    return child;
  }

  private idAt(node: number): number {
    const known = this.ids.at(node);
    if (known !== 0) return known - 1;
    if (this.lengths.at(node) > this.capacity) this.refuse(node);
    return this.shared === undefined ? this.add(node) : this.shared.idOf(this, this.messagesOf(node));
  }

  private add(node: number): number {
    const id = this.nodes.push(node);
    this.ids.put(node, id + 1);
    this.stored.push(undefined);
    return id;
  }

  /** Is longer than the schema allows, which has the words for it. */
  private refuse(node: number): void {
    const messages = Array.from(this.messagesOf(node));
    const text = `[${messages.map((message) => this.messages.encoding(message)).join(',')}]`;
    const list = messages.map((message) => this.messages.value(message));
    validate(this.component, this.schema, list, text);
  }
}
