import type { QuorumVerifier, Sid } from '../election/quorum-verifier.ts';
import { NO_ZXID } from '../zxid.ts';
import type { ZabRules } from './rules.ts';
import type { StateSummary } from './state-summary.ts';

// The leader's three waits for a quorum (Leader.java) and what a learner answers (Learner.registerWithLeader).

/** Who takes part in a wait, from the leader's point of view. */
export interface Electorate {
  readonly leader: Sid;
  readonly verifier: QuorumVerifier;
}

/** Leader.epoch, connectingFollowers, waitingForNewEpoch. */
export interface EpochProposal {
  readonly epoch: number;
  readonly connecting: readonly Sid[];
  readonly waiting: boolean;
}

export const noEpochYet: EpochProposal = { epoch: -1, connecting: [], waiting: true };

/**
 * Leader.getEpochToPropose: a server reports its accepted epoch. When the wait ends, the leader writes the epoch as its own
 * acceptedEpoch. An observer raises the epoch too, but does not count for the quorum (ZOOKEEPER-2959).
 */
export function getEpochToPropose(
  proposal: EpochProposal,
  sid: Sid,
  lastAcceptedEpoch: number,
  electorate: Electorate,
  rules: ZabRules,
): EpochProposal {
  if (!proposal.waiting) return proposal;
  const connecting = joined(proposal.connecting, sid, electorate, rules);
  return {
    epoch: rules.candidateEpoch(proposal.epoch, lastAcceptedEpoch),
    connecting,
    waiting: !rules.isQuorumOfLeader(electorate, connecting, rules),
  };
}

/** What a learner does on LEADERINFO(newEpoch). `epoch` -1 in the answer: "do not count me for this epoch". */
export type LeaderInfoAnswer = { readonly acceptedEpoch: number; readonly ackEpoch: number } | 'abort';

/** Learner.registerWithLeader: who has accepted this epoch before does not ack it again, since that may have been another leader's. */
export function acceptLeaderInfo(
  newEpoch: number,
  { acceptedEpoch, currentEpoch }: { readonly acceptedEpoch: number; readonly currentEpoch: number },
): LeaderInfoAnswer {
  if (newEpoch > acceptedEpoch) return { acceptedEpoch: newEpoch, ackEpoch: currentEpoch };
  return newEpoch === acceptedEpoch ? { acceptedEpoch, ackEpoch: -1 } : 'abort';
}

/** Leader.electingFollowers, electionFinished. */
export interface EpochAcks {
  readonly electing: readonly Sid[];
  readonly finished: boolean;
}

export const noEpochAcks: EpochAcks = { electing: [], finished: false };

/**
 * Leader.waitForEpochAck. A follower that is ahead loses its connection (LearnerHandler.run catches the exception), and the
 * leader ends if it has no quorum without it.
 */
export function waitForEpochAck(
  acks: EpochAcks,
  sid: Sid,
  summary: StateSummary,
  leaderSummary: StateSummary,
  electorate: Electorate,
  rules: ZabRules,
): EpochAcks | 'follower is ahead' {
  if (acks.finished) return acks;
  let { electing } = acks;
  if (summary.currentEpoch !== -1) {
    if (rules.isMoreRecentThan(summary, leaderSummary)) return 'follower is ahead';
    if (summary.lastZxid !== NO_ZXID) electing = joined(electing, sid, electorate, rules);
  }
  return { electing, finished: rules.isQuorumOfLeader(electorate, electing, rules) };
}

/** Leader.waitForNewLeaderAck: who has the leader's history on disk. The wait ends once they are a quorum. */
export const waitForNewLeaderAck = (
  acks: readonly Sid[],
  sid: Sid,
  electorate: Electorate,
  rules: ZabRules,
): readonly Sid[] => joined(acks, sid, electorate, rules);

/** The waits for epochs count the leader by hand, so that it is certain to be one of the quorum. */
export const isQuorumOfLeader = ({ leader, verifier }: Electorate, sids: readonly Sid[], rules: ZabRules) =>
  sids.includes(leader) && rules.containsQuorum(verifier, sids);

function joined(sids: readonly Sid[], sid: Sid, electorate: Electorate, rules: ZabRules): readonly Sid[] {
  if (!rules.isParticipant(electorate, sid) || sids.includes(sid)) return sids;
  return [...sids, sid].sort((a, b) => a - b);
}
