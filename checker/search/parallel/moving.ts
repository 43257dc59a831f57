import { hashOf } from '../../space/hash.ts';
import { placesOf } from '../../space/places.ts';
import { Repacking } from '../../space/repacking.ts';
import { Control, SEGMENT, type SharedMemory } from './shared-memory.ts';
import type { SharedStates } from './shared-states.ts';
import { distanceOf, FAR, hashOfEntry, homeOf, restOf, spread, tagOf } from './table-entry.ts';

/** Places of the old table that one hand takes at once. */
const PLACES = 2 ** 14;

/**
 * One hand's part in moving states to a memory with another table or with other bits, not both at once: all hands take parts
 * until none is left. `states` still has the old memory.
 */
export function move(states: SharedStates, next: SharedMemory): void {
  if (next.bits.every((bits, slot) => bits === states.bits[slot]))
    fillTable(states, new Int32Array(next.table));
  else repack(states, next);
}

/**
 * Both tables are in the order of hashes, so that they are read and written from one end to the other. Entries of records
 * that are not given out (any more) are left behind.
 */
function fillTable(states: SharedStates, next: Int32Array): void {
  const { table, control } = states;
  const scratch = new Int32Array(states.vector.length);
  const parts = Math.ceil(table.length / PLACES);
  for (let part = take(control); part < parts; part = take(control))
    fillFrom(states, part * PLACES, Math.min(table.length, (part + 1) * PLACES), next, scratch);
}

/** Of the places from `from` to `end`. A function of its own, to be hot before a large table is moved. */
function fillFrom(
  states: SharedStates,
  from: number,
  end: number,
  next: Int32Array,
  scratch: Int32Array,
): void {
  const { table, control } = states;
  const mask = table.length - 1;
  const bits = bitsOf(table);
  const nextBits = bitsOf(next);
  const records = control[Control.records] as number;
  for (let at = from; at < end; at++) {
    const entry = table[at] as number;
    const number = entry & mask;
    if (number === 0 || number > records) continue;
    const distance = distanceOf(entry);
    const hash =
      distance < FAR
        ? hashOfEntry(entry, (at - distance) & mask, bits)
        : hashOfRecord(number - 1, states, scratch);
    enter(hash, number, next, nextBits);
  }
}

function hashOfRecord(record: number, states: SharedStates, scratch: Int32Array): number {
  states.readRecord(record, scratch);
  return spread(hashOf(scratch));
}

function enter(hash: number, number: number, table: Int32Array, bits: number): void {
  const mask = table.length - 1;
  const rest = restOf(hash, bits);
  let at = homeOf(hash, bits);
  let distance = 0;
  while (Atomics.compareExchange(table, at, 0, tagOf(rest, distance) | number) !== 0) {
    at = (at + 1) & mask;
    distance++;
  }
}

/** The memory of the records is the same one if they take as many words as before. */
function repack({ places, control, segments, stride }: SharedStates, next: SharedMemory): void {
  const nextPlaces = placesOf(next.bits);
  const repacking = new Repacking(places, nextPlaces);
  const nextStride = nextPlaces.words + 1;
  const records = control[Control.records] as number;
  for (let part = take(control); part * SEGMENT < records; part = take(control)) {
    const segment = segments[part] as Int32Array;
    const repacked = new Int32Array(next.segments[part] as SharedArrayBuffer);
    const end = Math.min(SEGMENT, records - part * SEGMENT);
    for (let record = 0; record < end; record++) {
      const from = record * stride;
      const to = record * nextStride;
      repacking.move(segment, from, repacked, to);
      repacked[to + nextPlaces.words] = segment[from + places.words] as number;
    }
  }
}

function take(control: Int32Array): number {
  return Atomics.add(control, Control.part, 1);
}

function bitsOf(table: Int32Array): number {
  return 31 - Math.clz32(table.length);
}
