import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PackedStates } from '../../../checker/space/packed-states.ts';
import { StateTable } from '../../../checker/space/state-table.ts';

/** States that are known by a text each; the key is the text that is looked for. */
class Texts {
  readonly texts: string[] = [];
  key = '';
  compared = 0;
  readonly states: PackedStates;

  constructor() {
    const equals = (state: number): boolean => {
      this.compared++;
      return this.texts[state] === this.key;
    };
    this.states = { equals } as unknown as PackedStates;
  }

  putInto(table: StateTable, text: string, hash: number): void {
    const known = this.texts.indexOf(text);
    this.key = text;
    const found = table.find(hash, this.states);
    if (found !== known) expect(found, text).toBe(known);
    if (found < 0) table.add(hash, this.texts.push(text) - 1);
  }
}

test('whatever the hashes are, each state is found again', () => {
  const hash = fc.oneof(fc.integer(), fc.constantFrom(0, 1, -1, 2 ** 31 - 1), fc.nat({ max: 300 }));
  fc.assert(
    fc.property(fc.array(hash, { maxLength: 300, size: 'max' }), fc.nat({ max: 3 }), (hashes, masked) => {
      const texts = new Texts();
      const table = new StateTable();
      const seen = hashes.map((one) => one & (-1 << (8 * masked)));
      for (const [i, one] of seen.entries()) texts.putInto(table, `${i}`, one);
      for (const [i, one] of seen.entries()) texts.putInto(table, `${i}`, one);
      expect(texts.texts).toHaveLength(hashes.length);
    }),
    { numRuns: 100 },
  );
});

/** A hash for a number: all numbers have different ones. */
function scrambled(n: number): number {
  return Math.imul(n ^ (n >>> 7), 0x9e3779b1);
}

test('it grows without asking for the states, and stays small', () => {
  let key = 0;
  let compared = 0;
  const states = {
    equals: (state: number): boolean => {
      compared++;
      return state === key;
    },
  } as unknown as PackedStates;
  const table = new StateTable();
  const count = 1_000_000;
  for (key = 0; key < count; key++) {
    if (table.find(scrambled(key), states) >= 0) expect.fail(`${key} was there already`);
    table.add(scrambled(key), key);
    if (key >= 50_000 && table.bytes > 11 * key) expect.fail(`${table.bytes} bytes for ${key} states`);
  }
  for (key = 0; key < count; key++) {
    if (table.find(scrambled(key), states) !== key) expect.fail(`${key} is not found`);
  }
  expect(compared).toBeLessThan(1.3 * count);
});

test('a state whose place and reach are taken by others of the same hash is found, also after the table has grown', () => {
  const table = new StateTable();
  const texts = new Texts();
  for (let i = 0; i < 200; i++) texts.putInto(table, `same ${i}`, 12345);
  let other = 0;
  const states = { equals: (state: number) => state - 200 === other } as unknown as PackedStates;
  for (; other < 100_000; other++) {
    if (table.find(scrambled(other), states) < 0) table.add(scrambled(other), 200 + other);
  }
  for (let i = 0; i < 200; i++) texts.putInto(table, `same ${i}`, 12345);
  expect(texts.texts).toHaveLength(200);
});
