import {
  containsQuorum,
  type QuorumVerifier,
  type Sid,
} from '../../../model/zookeeper/election/quorum-verifier.ts';
import { type History, isPrefix } from '../../../model/zookeeper/zab/txn.ts';
import { describeHistory } from '../../../model/zookeeper/zab/words.ts';
import { counterOf, epochOf } from '../../../model/zookeeper/zxid.ts';

// What both models of Zab promise of their ghosts, however a server keeps its history: each says `true`, or what is wrong.

/** A leader that has established its epoch, with the history that it begins with. */
export interface Established {
  readonly epoch: number;
  readonly leader: Sid;
  readonly history: History;
}

/** I1: no epoch is established twice. */
export function establishedOnce(established: readonly Established[]): true | string {
  const twice = established.find((a) =>
    established.some((b) => b.epoch === a.epoch && b.leader !== a.leader),
  );
  return twice === undefined || `epoch ${twice.epoch} was established by ${twice.leader} and another`;
}

/** I8: the history that an epoch begins with begins with that of every epoch before it. */
export function initialHistoriesGrow(established: readonly Established[]): true | string {
  const [lost] = established.flatMap((a) =>
    established
      .filter((b) => a.epoch < b.epoch && !isPrefix(a.history, b.history))
      .map((b) => [a, b] as const),
  );
  if (lost === undefined) return true;
  const [a, b] = lost;
  return `epoch ${a.epoch} began with ${describeHistory(a.history)}, epoch ${b.epoch} with ${describeHistory(b.history)}`;
}

/** I16: the servers whose disks hold all that was committed are a quorum, of the true rule, not of a changed one. */
export function heldByQuorum(
  committed: History,
  holders: readonly Sid[],
  verifier: QuorumVerifier,
): true | string {
  if (containsQuorum(verifier, holders)) return true;
  return `${describeHistory(committed)} is committed, and on the disks of {${holders.join(', ')}} only`;
}

/** The epoch that was established last. */
export const latest = (established: readonly Established[]): Established | undefined =>
  established.reduce<Established | undefined>(
    (a, b) => (a === undefined || b.epoch > a.epoch ? b : a),
    undefined,
  );

/**
 * I17, I25: `history`, of the latest epoch, begins with all that was committed in the epochs before. A leader of an earlier
 * epoch may be the one who committed: then only what it had committed by the time counts.
 */
export function beginsWithCommitted(committed: History, { epoch, history }: Established): true | string {
  const before = committed.filter((txn) => epochOf(txn.zxid) < epoch);
  if (isPrefix(before, history)) return true;
  return `${describeHistory(before)} was committed, but epoch ${epoch} has ${describeHistory(history)}`;
}

/** I21: zxids increase, one by one within an epoch, which begins with 1. */
export const isGapFree = (history: History): boolean =>
  history.every(({ zxid }, at) => {
    const before = history[at - 1]?.zxid ?? 0;
    return epochOf(zxid) > epochOf(before) ? counterOf(zxid) === 1 : zxid === before + 1;
  });
