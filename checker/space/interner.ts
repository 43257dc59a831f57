import { canonicalCopy, canonicalJson, deepFreeze } from '../language/canonical.ts';
import { type Codec, compileCodec } from '../language/codec.ts';
import type { Component } from '../language/components.ts';
import { ModelError } from '../language/errors.ts';

const PART = 2 ** 23;

/** Texts to small integers, past the 2^24 entries that one Map holds. */
export class TextIds {
  private readonly parts: Map<string, number>[] = [new Map()];
  size = 0;

  get(text: string): number | undefined {
    for (const part of this.parts) {
      const id = part.get(text);
      if (id !== undefined) return id;
    }
    return undefined;
  }

  add(text: string): number {
    let last = this.parts.at(-1);
    if (last === undefined || last.size >= PART) {
      last = new Map();
      this.parts.push(last);
    }
    last.set(text, this.size);
    return this.size++;
  }
}

/** Where threads that search together agree on ids, so that a vector means the same to each of them. */
export interface SharedIds {
  /** The id of a valid encoding that this thread does not know yet, after learning what others have added. */
  idOf(domain: Domain, text: string): number;
  /** Has every domain learn what others have added; answers whether there was anything. */
  catchUp(): boolean;
}

/** About what a value takes beside its text and its decoded form: entries of lists and of the map. */
const VALUE_BYTES = 64;

/** The distinct values of one component (or of all members of a family): each stored once, frozen, known by its id. */
export class Domain {
  readonly component: string;
  private readonly codec: Codec;
  private readonly declared: Component;
  /** Set while threads search together. */
  shared: SharedIds | undefined;
  private readonly ids = new TextIds();
  /** By id; undefined until somebody asks for a value that another thread has added. */
  private readonly stored: unknown[] = [];
  private readonly texts: string[] = [];
  private characters = 0;

  /** @throws ModelError for a schema without canonical encodings. */
  constructor(component: string, declared: Component) {
    this.component = component;
    this.declared = declared;
    this.codec = compileCodec(declared.schema, component);
  }

  get size(): number {
    return this.stored.length;
  }

  value(id: number): unknown {
    const known = this.stored[id];
    return known === undefined ? this.decoded(id) : known;
  }

  /** The canonical encoding: equal for equal values, in this and every other process. */
  encoding(id: number): string {
    if (id >= this.texts.length) this.shared?.catchUp();
    return this.texts[id] ?? '';
  }

  /** The id of a canonical encoding, if it is known. */
  idOf(text: string): number | undefined {
    return this.ids.get(text);
  }

  /** Adds a valid encoding that is not known; its value is decoded when it is asked for. */
  learn(text: string): number {
    this.stored.push(undefined);
    this.texts.push(text);
    this.characters += text.length;
    return this.ids.add(text);
  }

  private decoded(id: number): unknown {
    const text = this.encoding(id);
    if (text === '') return undefined;
    const value: unknown = deepFreeze(JSON.parse(text));
    this.stored[id] = value;
    return value;
  }

  /** About what the values take: text, decoded form, and what finds them. */
  get bytes(): number {
    return this.size * VALUE_BYTES + 2 * this.characters;
  }

  /** @throws ModelError for a value outside the schema; each distinct value is validated once. */
  intern(value: unknown): number {
    const text = this.codec.encode(value);
    const known = this.ids.get(text);
    if (known !== undefined) return known;
    if (this.shared?.catchUp()) {
      const told = this.ids.get(text);
      if (told !== undefined) return told;
    }
    const canonical: unknown = JSON.parse(text);
    const result = this.declared.schema.safeParse(canonical);
    if (!result.success) {
      const issue = result.error.issues[0];
      const path = [this.component, ...(issue?.path ?? [])].join('.');
      throw new ModelError(
        `the value ${text} is outside the schema: ${path}: ${issue?.message ?? 'not valid'}`,
      );
    }
    const id = this.shared === undefined ? this.learn(text) : this.shared.idOf(this, text);
    this.stored[id] = deepFreeze(canonical);
    return id;
  }
}

/** Values without a schema (what projections show, arguments of operations), by their JSON with sorted keys. */
export class PlainInterner {
  private readonly ids = new TextIds();
  private readonly stored: unknown[] = [];

  value(id: number): unknown {
    return this.stored[id];
  }

  /** @throws ModelError for what is not plain */
  intern(value: unknown): number {
    const text = canonicalJson(value);
    const known = this.ids.get(text);
    if (known !== undefined) return known;
    this.stored.push(deepFreeze(canonicalCopy(value)));
    return this.ids.add(text);
  }
}
