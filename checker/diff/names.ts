/** Texts to small integers. Both sides of a comparison share one, so that the same text has the same number on either. 0 is the empty text. */
export class Names {
  private readonly ids = new Map([['', 0]]);

  get size(): number {
    return this.ids.size;
  }

  idOf(text: string): number {
    const known = this.ids.get(text);
    if (known !== undefined) return known;
    const id = this.ids.size;
    this.ids.set(text, id);
    return id;
  }
}
