/** One factor a component; components that are 4096 apart share one, which makes collisions, not errors. */
const FACTORS = 4096;
const factors = Int32Array.from({ length: FACTORS }, (_, slot) => {
  let h = Math.imul(slot + 1, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return (h ^ (h >>> 16)) | 1;
});

/** A vector's hash: the sum of its ids times the factors of their components, so that a change costs one multiplication. */
export function hashOf(vector: Int32Array): number {
  let hash = 0;
  for (let s = 0; s < vector.length; s++)
    hash = (hash + Math.imul(vector[s] as number, factors[s & (FACTORS - 1)] as number)) | 0;
  return hash;
}

/** The hash of the vector that has the id `after` in the place of `before`. */
export function rehash(hash: number, slot: number, before: number, after: number): number {
  return (hash + Math.imul(after - before, factors[slot & (FACTORS - 1)] as number)) | 0;
}
