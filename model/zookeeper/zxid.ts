import { z } from 'zod';

// A zxid is epoch * 2^32 + counter, as in server/util/ZxidUtils.java, held in a JavaScript safe integer:
// exact for epochs below 2^21, and compared with `<`.

const COUNTERS = 2 ** 32;

/** The largest epoch whose every zxid is a safe integer. */
export const MAX_EPOCH = 2 ** 21 - 1;

/** Java's Long.MIN_VALUE: what an observer puts into its vote. Below every zxid, id and epoch, which is all that matters. */
export const LONG_MIN_VALUE = Number.MIN_SAFE_INTEGER;

/** "The data directory was unexpectedly empty": a server with this zxid takes no part (FastLeaderElection.lookForLeader). */
export const NO_ZXID = -1;

export const Zxid = z.int();
export type Zxid = z.infer<typeof Zxid>;

/** ZxidUtils.makeZxid, for epoch 0..2^21-1 and counter 0..2^32-1. */
export function makeZxid(epoch: number, counter: number): Zxid {
  if (!Number.isInteger(epoch) || epoch < 0 || epoch > MAX_EPOCH) {
    throw new RangeError(`epoch ${epoch} is outside 0..${MAX_EPOCH}`);
  }
  if (!Number.isInteger(counter) || counter < 0 || counter >= COUNTERS) {
    throw new RangeError(`counter ${counter} is outside 0..2^32-1`);
  }
  return epoch * COUNTERS + counter;
}

/** ZxidUtils.getEpochFromZxid: the high half; -1 for the zxid -1, as the arithmetic shift in Java. */
export const epochOf = (zxid: Zxid): number => Math.floor(zxid / COUNTERS);

/** ZxidUtils.getCounterFromZxid: the low 32 bits. */
export const counterOf = (zxid: Zxid): number => zxid - epochOf(zxid) * COUNTERS;

/** As ZooKeeper prints it: 0x100000002. Negative numbers in two's complement of 64 bits. */
export const formatZxid = (zxid: Zxid): string =>
  zxid === LONG_MIN_VALUE ? '0x8000000000000000' : `0x${BigInt.asUintN(64, BigInt(zxid)).toString(16)}`;
