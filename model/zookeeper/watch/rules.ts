import type { Mutants } from '../../../checker/language/index.ts';
import type { Watches } from '../store/watches.ts';
import { type Packet, usedUp, usedUpMutants, type WatchBounds } from './client.ts';

export const watchRules = {
  /** The watches of a server after a write, given those before: those that have fired are gone (WatchManager.triggerWatch). */
  watchesAfter: (_before: Watches, left: Watches): Watches => left,
  /** The connection to a client with one more packet, a notification or an answer: first in, first out (NIOServerCnxn). */
  enqueued: (sent: readonly Packet[], packet: Packet): readonly Packet[] => [...sent, packet],
  /** ZooKeeperServer.processConnectRequest: a client that has seen more than this server is refused (CLIENT_ZXID_AHEAD). */
  acceptsClient: (zxid: number, lastZxidSeen: number): boolean => zxid >= lastZxidSeen,
  /** ClientCnxn.primeConnection: zookeeper.disableAutoWatchReset=false. */
  handsOverWatches: true,
  /** Where a server has to come before it answers a sync: what is committed when the leader hears of it. */
  syncTo: (committed: number, _applied: number): number => committed,
  usedUp,
};
export type WatchRules = typeof watchRules;

export const watchMutants: Mutants<WatchBounds, WatchRules> = { usedUp: usedUpMutants };
