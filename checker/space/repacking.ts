import type { Places } from './places.ts';

/** Bits that move together: those of components that stay side by side. */
interface Move {
  readonly from: number;
  readonly to: number;
  /** To the left; negative to the right. */
  readonly shift: number;
  mask: number;
}

/** Packs states anew whose components have other places from now on. */
export class Repacking {
  /** Four numbers a move: from, to, shift, mask. */
  private readonly moves: Int32Array;
  private readonly packed: Int32Array;

  constructor(old: Places, places: Places) {
    const moves: Move[] = [];
    for (let s = 0; s < old.bits.length; s++) {
      const from = old.word[s] as number;
      const to = places.word[s] as number;
      const shift = (places.shift[s] as number) - (old.shift[s] as number);
      const mask = ~(old.others[s] as number);
      const along = moves.find((move) => move.from === from && move.to === to && move.shift === shift);
      if (along === undefined) moves.push({ from, to, shift, mask });
      else along.mask |= mask;
    }
    this.moves = Int32Array.from(moves.flatMap(({ from, to, shift, mask }) => [from, to, shift, mask]));
    this.packed = new Int32Array(places.words);
  }

  /** Writes the state that begins at `at` in `source` to `target`, where it begins at `begin`; both may be one. */
  move(source: Int32Array, at: number, target: Int32Array, begin: number): void {
    const { moves, packed } = this;
    for (let w = 0; w < packed.length; w++) packed[w] = 0;
    for (let m = 0; m < moves.length; m += 4) {
      const bits = (source[at + (moves[m] as number)] as number) & (moves[m + 3] as number);
      const to = moves[m + 1] as number;
      const shift = moves[m + 2] as number;
      packed[to] = (packed[to] as number) | (shift < 0 ? bits >>> -shift : bits << shift);
    }
    for (let w = 0; w < packed.length; w++) target[begin + w] = packed[w] as number;
  }
}
