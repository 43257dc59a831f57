import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packInto, placesOf, unpack } from '../../../checker/space/places.ts';
import { Repacking } from '../../../checker/space/repacking.ts';

const component = fc
  .record({ needed: fc.integer({ min: 1, max: 31 }), more: fc.nat({ max: 4 }), id: fc.nat() })
  .map(({ needed, more, id }) => ({ needed, wider: Math.min(31, needed + more), id: id % 2 ** needed }));

test('a state that is packed anew is the same state', () => {
  fc.assert(
    fc.property(fc.array(component, { minLength: 1, maxLength: 40 }), fc.boolean(), (components, inPlace) => {
      const old = placesOf(Uint8Array.from(components, ({ needed }) => needed));
      const places = placesOf(Uint8Array.from(components, ({ wider }) => wider));
      const vector = Int32Array.from(components, ({ id }) => id);
      const packed = new Int32Array(old.words + 1);
      expect(packInto(packed.subarray(1), vector, old)).toBe(true);
      const stays = inPlace && places.words === old.words;
      const target = stays ? packed : new Int32Array(places.words + 1);
      new Repacking(old, places).move(packed, 1, target, 1);
      const again = new Int32Array(vector.length);
      unpack(target, 1, places, again);
      expect(again).toEqual(vector);
      expect(target[0]).toBe(0);
    }),
  );
});
