import { z } from 'zod';
import type { DeepReadonly } from '../../../checker/language/index.ts';
import type { ElectionServer } from './server.ts';
import { type CountedVote, CURRENT_VERSION, CurrentVote, ServerState } from './vote.ts';

/**
 * FastLeaderElection.Notification: the sender's state and round (electionEpoch) and what it votes for. The sender's id comes
 * from the connection, not from the message.
 */
export const Notification = z.strictObject({ state: ServerState, ...CurrentVote.shape });
export type Notification = DeepReadonly<z.infer<typeof Notification>>;

/** A notification with its format version where that is not the current one (mixed ensembles during an upgrade). */
export type VersionedNotification = Notification & { readonly version?: number };

/** FastLeaderElection.sendNotifications: what a LOOKING server tells every voter, itself included. */
export const proposalOf = (server: ElectionServer): Notification => ({
  state: 'LOOKING',
  ...server.proposal,
  electionEpoch: server.logicalclock,
});

/** How recvset holds a notification: Java's constructor without a version, so 0; LOOKING votes are compared without it. */
export const inRecvset = (n: Notification): CountedVote => ({ ...n, version: 0 });

/** How a notification of a server that has left its election is held in outofelection, and asked about in both tables. */
export const outOfElection = (n: VersionedNotification): CountedVote => ({
  ...n,
  version: n.version ?? CURRENT_VERSION,
});
