import type { z } from 'zod';
import { deepFreeze } from '../language/canonical.ts';
import { type Codec, compileCodec } from '../language/codec.ts';
import { type Domain, type Entry, type SharedIds, validate } from './domain.ts';
import { TextIds } from './interner.ts';

/** About what a value takes beside its text and its decoded form: entries of lists and of the map. */
const VALUE_BYTES = 64;

/** Values that are known by their encodings. */
export class TextDomain implements Domain {
  readonly component: string;
  shared: SharedIds | undefined;
  private readonly codec: Codec;
  private readonly schema: z.ZodType;
  private readonly ids = new TextIds();
  /** By id; undefined until somebody asks for a value that was learned. */
  private readonly stored: unknown[] = [];
  private readonly texts: string[] = [];
  private characters = 0;

  /** @throws ModelError for a schema without canonical encodings. */
  constructor(component: string, schema: z.ZodType) {
    this.component = component;
    this.schema = schema;
    this.codec = compileCodec(schema, component);
  }

  get size(): number {
    return this.stored.length;
  }

  value(id: number): unknown {
    const known = this.stored[id];
    return known === undefined ? this.decoded(id) : known;
  }

  private decoded(id: number): unknown {
    const text = this.encoding(id);
    if (text === '') return undefined;
    const value: unknown = deepFreeze(JSON.parse(text));
    this.stored[id] = value;
    return value;
  }

  encoding(id: number): string {
    if (id >= this.texts.length) this.shared?.catchUp();
    return this.texts[id] ?? '';
  }

  entry(id: number): string {
    return this.encoding(id);
  }

  find(entry: Entry): number | undefined {
    return this.ids.get(entry as string);
  }

  learn(entry: Entry): number {
    const text = entry as string;
    this.stored.push(undefined);
    this.texts.push(text);
    this.characters += text.length;
    return this.ids.add(text);
  }

  get bytes(): number {
    return this.size * VALUE_BYTES + 2 * this.characters;
  }

  intern(value: unknown): number {
    const text = this.codec.encode(value);
    const known = this.ids.get(text);
    if (known !== undefined) return known;
    if (this.shared?.catchUp()) {
      const told = this.ids.get(text);
      if (told !== undefined) return told;
    }
    const canonical: unknown = JSON.parse(text);
    validate(this.component, this.schema, canonical, text);
    const id = this.shared === undefined ? this.learn(text) : this.shared.idOf(this, text);
    this.stored[id] = deepFreeze(canonical);
    return id;
  }
}
