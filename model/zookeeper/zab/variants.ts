import { votingMembers } from '../election/quorum-verifier.ts';
import { epochOf, makeZxid } from '../zxid.ts';
import type { ZabRules } from './rules.ts';
import { zabRules } from './zab-rules.ts';

// Rules that were once in use, and seeded faults. Each replaces one rule of `zabRules`.

/** Until ZOOKEEPER-1343: the candidate was raised only by a larger accepted epoch, so an epoch could be used twice. */
export const candidateNotRaised: Pick<ZabRules, 'candidateEpoch'> = {
  candidateEpoch: (epoch, lastAcceptedEpoch) =>
    lastAcceptedEpoch > epoch ? Math.max(lastAcceptedEpoch, 1) : Math.max(epoch, 1),
};

/** ZOOKEEPER-1191, 1192 and their like: followers alone end the leader's waits. */
export const leaderNotInQuorum: Pick<ZabRules, 'isQuorumOfLeader'> = {
  isQuorumOfLeader: ({ verifier }, sids, rules) => rules.containsQuorum(verifier, sids),
};

/** Until ZOOKEEPER-2959: anybody who connects is counted, observers too. */
export const observersCount: Pick<ZabRules, 'isParticipant'> = { isParticipant: () => true };

/** Seeded: the follower acks an epoch that it has accepted before, perhaps from another leader. */
export const acksEpochAgain: Pick<ZabRules, 'acceptLeaderInfo'> = {
  acceptLeaderInfo: (newEpoch, { acceptedEpoch, currentEpoch }) =>
    newEpoch >= acceptedEpoch ? { acceptedEpoch: newEpoch, ackEpoch: currentEpoch } : 'abort',
};

/** Seeded: half of the servers are a quorum, so two disjoint ones exist when their number is even. */
export const quorumOfHalf: Pick<ZabRules, 'containsQuorum'> = {
  containsQuorum(verifier, sids) {
    const voters = votingMembers(verifier);
    return sids.length > 0 && voters.filter((voter) => sids.includes(voter)).length >= voters.length / 2;
  },
};

/** Seeded: which history is the most recent is decided by the epoch alone. */
export const zxidIgnored: Pick<ZabRules, 'isMoreRecentThan'> = {
  isMoreRecentThan: (a, b) => a.currentEpoch > b.currentEpoch,
};

/** Seeded: which history is the most recent is decided by the zxid alone. */
export const epochIgnored: Pick<ZabRules, 'isMoreRecentThan'> = {
  isMoreRecentThan: (a, b) => a.lastZxid > b.lastZxid,
};

/** Seeded: a proposal is committed as soon as it has a quorum, though its predecessor has none yet. */
export const commitsOutOfOrder: Pick<ZabRules, 'mayCommit'> = {
  mayCommit: (_leader, { acks }, verifier, rules) => rules.containsQuorum(verifier, acks),
};

/** Seeded: an ack is counted as often as it comes. */
export const acksCountedTwice: Pick<ZabRules, 'addAck' | 'mayCommit'> = {
  addAck: (acks, sid) => [...acks, sid],
  mayCommit: ({ outstandingProposals }, { txn, acks }, verifier) =>
    !outstandingProposals.some((other) => other.txn.zxid === txn.zxid - 1) &&
    acks.length > votingMembers(verifier).length / 2,
};

/** Until ZOOKEEPER-1277: the counter overflows into the epoch. */
export const counterCarries: Pick<ZabRules, 'nextZxid'> = {
  nextZxid(last, maxCounter) {
    return zabRules.nextZxid(last, maxCounter) ?? makeZxid(epochOf(last) + 1, 0);
  },
};

/** ZOOKEEPER-1154, 1156 and their like: a learner keeps what the leader never saw, and gets what it lacks on top. */
export const diffOnUnknownZxid: Pick<ZabRules, 'syncDecision'> = {
  syncDecision(db, peer) {
    const decision = zabRules.syncDecision(db, peer);
    if (decision.op !== 'SNAP') return decision;
    const proposals = db.committedLog.filter(({ zxid }) => zxid > peer);
    return { op: 'DIFF', zxid: decision.zxid, proposals, forwardFrom: proposals.at(-1)?.zxid ?? peer };
  },
};
