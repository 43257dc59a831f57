/** One line of a diagram: lanes as vertical lines, and what is drawn over them. */
export class Row {
  private readonly cells: string[];
  private readonly lanes: readonly number[];
  private readonly taken: (readonly [number, number])[] = [];

  constructor(lanes: readonly number[]) {
    this.lanes = lanes;
    this.cells = [];
    for (const at of lanes) this.put(at, '│');
  }

  /** Reserves the columns from `from` to `to`; false when something is there already. */
  take(from: number, to: number): boolean {
    if (this.taken.some(([a, b]) => from <= b && a <= to)) return false;
    this.taken.push([from, to]);
    return true;
  }

  put(at: number, text: string): void {
    for (const [i, char] of [...text].entries()) this.cells[at + i] = char;
  }

  /** An arrow to one or several lanes on one side, with words near its beginning. */
  arrow(from: number, targets: readonly number[], words: (room: number) => string): void {
    const right = (targets[0] ?? from) > from;
    const ordered = [...targets].sort((a, b) => (right ? a - b : b - a));
    const [nearest = from, farthest = from] = [ordered[0], ordered.at(-1)];
    const step = right ? 1 : -1;
    for (let at = from + step; at !== farthest; at += step) this.put(at, this.lanes.includes(at) ? '┼' : '─');
    for (const target of ordered) this.put(target - step, right ? '▶' : '◀');
    const [low, high] = right ? [from + 2, nearest - 3] : [nearest + 3, from - 2];
    const text = words(high - low - 1);
    if (text !== '') this.put(low + Math.max(0, Math.floor((high - low - 1 - text.length) / 2)), ` ${text} `);
  }

  toString(): string {
    return Array.from(this.cells, (cell) => cell ?? ' ')
      .join('')
      .trimEnd();
  }
}
