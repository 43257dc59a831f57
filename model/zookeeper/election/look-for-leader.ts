import { NO_ZXID } from '../zxid.ts';
import { initialVote, learningState, type Peer, validVoter } from './ensemble.ts';
import { fleRules } from './fle-rules.ts';
import { inRecvset, outOfElection, proposalOf, type VersionedNotification } from './notification.ts';
import { oracleRefuses, type Sid } from './quorum-verifier.ts';
import type { FleRules } from './rules.ts';
import type { ElectionServer } from './server.ts';
import { type CurrentVote, putVote, type VoteSet } from './vote.ts';
import { getVoteTracker, hasAllQuorums } from './vote-tracker.ts';

/** What lookForLeader did with one notification. */
export interface Handled {
  readonly server: ElectionServer;
  readonly path: Path;
  /** The proposal was updated (even to the same value) and is now sent to all voters (sendNotifications). */
  readonly broadcast: boolean;
  /** A LOOKING vote was put into recvset. */
  readonly counted: boolean;
}

export type Path =
  /** The sender or its candidate is no voter. */
  | 'not a voter'
  /** I or the sender have no data (ZOOKEEPER's zxid -1). */
  | 'no data'
  | 'observer'
  | 'lower round'
  | 'higher round'
  | 'better vote'
  | 'vote'
  /** FOLLOWING or LEADING, remembered, and not enough to leave. */
  | 'out of election'
  /** Left: a quorum of this round, with a leader that leads. */
  | 'joined in round'
  /** Left: a quorum of servers out of election, whatever their round; mine is set to theirs. */
  | 'joined'
  /** Left: the oracle does not let me lead, so I follow the one that does (ZOOKEEPER-3922). */
  | 'joined by oracle';

/** One pass of the loop in lookForLeader, for the notification `n` from `sid`. The server must be in its loop (`poll`). */
export function handleNotification(
  server: ElectionServer,
  sid: Sid,
  n: VersionedNotification,
  peer: Peer,
  rules: FleRules = fleRules,
): Handled {
  if (!validVoter(peer.verifiers, sid) || !validVoter(peer.verifiers, n.leader))
    return ignored(server, 'not a voter');
  if (n.state === 'OBSERVING') return ignored(server, 'observer');
  return n.state === 'LOOKING'
    ? handleLooking(server, sid, n, peer, rules)
    : handleOutOfElection(server, sid, n, peer, rules);
}

const ignored = (server: ElectionServer, path: Path): Handled => ({
  server,
  path,
  broadcast: false,
  counted: false,
});

function handleLooking(
  server: ElectionServer,
  sid: Sid,
  n: VersionedNotification,
  peer: Peer,
  rules: FleRules,
): Handled {
  if (initialVote(peer).zxid === NO_ZXID || n.zxid === NO_ZXID) return ignored(server, 'no data');
  if (n.electionEpoch < server.logicalclock) return ignored(server, 'lower round');
  const offered = { leader: n.leader, zxid: n.zxid, peerEpoch: n.peerEpoch };
  if (n.electionEpoch > server.logicalclock) {
    const proposal = rules.proposalForHigherRound(offered, server.proposal, peer, rules);
    const entered = { ...server, logicalclock: n.electionEpoch, recvset: [], proposal };
    return { ...countVote(entered, sid, n, peer, rules), path: 'higher round', broadcast: true };
  }
  if (rules.totalOrderPredicate(offered, server.proposal, peer.verifiers.current)) {
    const adopted = { ...server, proposal: offered };
    return { ...countVote(adopted, sid, n, peer, rules), path: 'better vote', broadcast: true };
  }
  return { ...countVote(server, sid, n, peer, rules), path: 'vote', broadcast: false };
}

/** "Adding vote": into recvset, and then the question whether the votes for my proposal are enough. */
function countVote(
  server: ElectionServer,
  sid: Sid,
  n: VersionedNotification,
  peer: Peer,
  rules: FleRules,
): Pick<Handled, 'server' | 'counted'> {
  const recvset = putVote(server.recvset, sid, inRecvset(n));
  const counted = { ...server, recvset };
  const verdict = rules.termPredicate(recvset, inRecvset(proposalOf(server)), peer, rules);
  if (verdict === 'leave') return { server: leaveWithProposal(counted, peer), counted: true };
  return { server: verdict === 'finalize wait' ? { ...counted, step: 'finalize' } : counted, counted: true };
}

/** receivedFollowingNotification and receivedLeadingNotification. */
function handleOutOfElection(
  server: ElectionServer,
  sid: Sid,
  n: VersionedNotification,
  peer: Peer,
  rules: FleRules,
): Handled {
  const asked = outOfElection(n);
  const supported = (votes: VoteSet) =>
    hasAllQuorums(getVoteTracker(votes, asked, peer.verifiers, rules), rules) &&
    rules.checkLeader(votes, n.leader, n.electionEpoch, peer.sid, server.logicalclock);
  const inRound = n.electionEpoch === server.logicalclock;
  const recvset = inRound ? putVote(server.recvset, sid, inRecvset(n)) : server.recvset;
  if (inRound && supported(recvset)) return joined(server, n, peer, 'joined in round');
  const outofelection = putVote(server.outofelection, sid, asked);
  if (supported(outofelection)) {
    return joined({ ...server, logicalclock: n.electionEpoch }, n, peer, 'joined');
  }
  const looking = { ...server, recvset, outofelection };
  // Neither a quorum nor checkLeader is asked for here, and the round stays.
  if (n.state === 'LEADING' && oracleRefuses(peer.verifiers.current)) {
    return joined(looking, n, peer, 'joined by oracle');
  }
  return ignored(looking, 'out of election');
}

const joined = (server: ElectionServer, n: VersionedNotification, peer: Peer, path: Path): Handled =>
  ignored(
    leave(server, peer, {
      leader: n.leader,
      zxid: n.zxid,
      peerEpoch: n.peerEpoch,
      electionEpoch: n.electionEpoch,
    }),
    path,
  );

/**
 * One notification taken from the queue in the finalize wait: a better vote is put back at the queue's tail and the loop goes
 * on; anything else is gone, whatever its state and round.
 */
export function finalizePoll(
  server: ElectionServer,
  n: VersionedNotification,
  peer: Peer,
  rules: FleRules = fleRules,
): { readonly server: ElectionServer; readonly putBack: boolean } {
  const offered = { leader: n.leader, zxid: n.zxid, peerEpoch: n.peerEpoch };
  return rules.interruptsFinalizeWait(offered, server.proposal, peer, rules)
    ? { server: { ...server, step: 'poll' }, putBack: true }
    : { server, putBack: false };
}

/** The finalize wait passed quietly: leave with my proposal. Nobody asks whether its leader leads (no checkLeader). */
export const finishElection = (server: ElectionServer, peer: Peer): ElectionServer =>
  leaveWithProposal(server, peer);

/**
 * The queue stayed empty for the whole timeout. Then the proposal is sent again, or lost connections are opened again, which is
 * the transport's matter; and with an oracle that has come to grant the quorum, the server leaves with its proposal
 * (QuorumOracleMaj.revalidateVoteset; the tracker of the last counted vote is recomputed here).
 */
export function pollTimeout(server: ElectionServer, peer: Peer, rules: FleRules = fleRules): ElectionServer {
  if (peer.verifiers.current.kind !== 'oracle' || server.recvset.length === 0) return server;
  const tracker = getVoteTracker(server.recvset, inRecvset(proposalOf(server)), peer.verifiers, rules);
  return hasAllQuorums(tracker, rules) ? leaveWithProposal(server, peer) : server;
}

const leaveWithProposal = (server: ElectionServer, peer: Peer): ElectionServer =>
  leave(server, peer, { ...server.proposal, electionEpoch: server.logicalclock });

/** setPeerState and leaveInstance: the queue of notifications is emptied too. The vote is published later. */
const leave = (server: ElectionServer, peer: Peer, endVote: CurrentVote): ElectionServer => ({
  ...server,
  state: endVote.leader === peer.sid ? 'LEADING' : learningState(peer),
  step: 'publish',
  endVote,
  recvset: [],
  outofelection: [],
});
