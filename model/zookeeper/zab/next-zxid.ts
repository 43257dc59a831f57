import { counterOf, makeZxid, type Zxid } from '../zxid.ts';

/** The largest counter, 2^32 - 1: it is never given out (Leader.propose). */
export const MAX_COUNTER = 2 ** 32 - 1;

/** Leader.lead, ZooKeeperServer.setZxid: what a leader counts on from in its epoch. No transaction has it. */
export const zxidOfNewEpoch = (epoch: number): Zxid => makeZxid(epoch, 0);

/**
 * ZooKeeperServer.getNextZxid and the check in Leader.propose (ZOOKEEPER-1277): the zxid of the next transaction, or null when
 * the counters of this epoch are used up, so that the leader steps down and a new epoch begins.
 */
export function nextZxid(last: Zxid, maxCounter: number = MAX_COUNTER): Zxid | null {
  const next = last + 1;
  return counterOf(next) === maxCounter || counterOf(last) >= maxCounter ? null : next;
}
