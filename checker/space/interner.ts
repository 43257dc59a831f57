import { canonicalCopy, canonicalJson, deepFreeze } from '../language/canonical.ts';

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
