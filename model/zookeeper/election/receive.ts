import { type Peer, validVoter } from './ensemble.ts';
import { type Notification, proposalOf, type VersionedNotification } from './notification.ts';
import type { Sid } from './quorum-verifier.ts';
import type { ElectionServer } from './server.ts';

/** What the receiver thread does with a message; it changes nothing of the election itself. */
export interface Received {
  /** Whether the message goes on to the election's queue. */
  readonly enqueue: boolean;
  /** The answer to the sender, if there is one. */
  readonly reply: Notification | null;
  /** A leader notes that this voter is looking again (Leader.reportLookingSid, ZOOKEEPER-3109). */
  readonly lookingAgain: boolean;
}

/**
 * WorkerReceiver.run: message `m` from `from`.
 *
 * The rounds of the answers differ: a non-voter gets my logicalclock, a voter the round stored in my vote. And a server that
 * is LOOKING answers a non-voter with its current vote, the last leader, and a voter of a lower round with its proposal.
 */
export function receiverThread(
  server: ElectionServer,
  from: Sid,
  m: VersionedNotification,
  peer: Pick<Peer, 'verifiers'>,
): Received {
  const { currentVote, logicalclock, state } = server;
  if (!validVoter(peer.verifiers, from)) {
    return {
      enqueue: false,
      reply: { state, ...currentVote, electionEpoch: logicalclock },
      lookingAgain: false,
    };
  }
  if (state === 'LOOKING') {
    const behind = m.state === 'LOOKING' && m.electionEpoch < logicalclock;
    return { enqueue: true, reply: behind ? proposalOf(server) : null, lookingAgain: false };
  }
  const asks = m.state === 'LOOKING';
  return {
    enqueue: false,
    reply: asks ? { state, ...currentVote } : null,
    lookingAgain: asks && state === 'LEADING',
  };
}
