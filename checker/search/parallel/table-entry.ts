/**
 * What the table says of a record: from the lowest bit on its number + 1, in as many bits as the table's places have; the bits of
 * its hash that follow those which its home place tells; and how far from its home it stands, up to FAR. So nearly all that a
 * larger table has to know of it is in the entry and its place (Cleary's quotienting): to make one, no record is read but
 * those of entries far from home.
 */
const HASH_BITS = 29;
const BELOW = 2 ** HASH_BITS - 1;
export const FAR = 7;

/** Places of the largest table, as a power of two. */
export const MOST_PLACES = HASH_BITS;

/** A state's hash, made even: sums of its components' parts crowd together. */
export function spread(hash: number): number {
  const h = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (h ^ (h >>> 13)) >>> (32 - HASH_BITS);
}

/** Where a record of such a (spread) hash belongs, in a table of 2^bits places. */
export function homeOf(hash: number, bits: number): number {
  return hash >>> (HASH_BITS - bits);
}

/** What an entry says of the hash. */
export function restOf(hash: number, bits: number): number {
  return (hash << bits) & BELOW;
}

/** What an entry says, beside the number, that stands so far from home. */
export function tagOf(rest: number, distance: number): number {
  return rest | ((distance < FAR ? distance : FAR) << HASH_BITS);
}

/** How far from home an entry stands, or FAR for as far as that and farther. */
export function distanceOf(entry: number): number {
  return entry >>> HASH_BITS;
}

/** The hash of an entry whose home is known. */
export function hashOfEntry(entry: number, home: number, bits: number): number {
  return (home << (HASH_BITS - bits)) | ((entry & BELOW) >>> bits);
}
