import { fleRules } from './fle-rules.ts';
import {
  containsQuorum,
  groupsOf,
  type QuorumVerifier,
  type Sid,
  votingMembers,
  weightOf,
} from './quorum-verifier.ts';
import type { FleRules } from './rules.ts';
import type { Vote } from './vote.ts';

// Rules that were once in use, and seeded faults. Each replaces one rule of `fleRules`.

/** Until ZOOKEEPER-1419 (3.4.4): with equal zxids the larger id won even against a higher epoch, so two votes beat each other. */
export const withoutEpochGuard: FleRules = {
  ...fleRules,
  totalOrderPredicate: (candidate, current, verifier) =>
    weightOf(verifier, candidate.leader) !== 0 &&
    (candidate.peerEpoch > current.peerEpoch ||
      (candidate.peerEpoch === current.peerEpoch && candidate.zxid > current.zxid) ||
      (candidate.zxid === current.zxid && candidate.leader > current.leader)),
};

/** Until ZOOKEEPER-1514 (3.4.4): a server could become leader on FOLLOWING votes of an earlier round. */
export const withoutRoundClause: FleRules = {
  ...fleRules,
  checkLeader: (votes, leader, electionEpoch, self, logicalclock) =>
    leader === self || fleRules.checkLeader(votes, leader, electionEpoch, self, logicalclock),
};

/** Seeded: a leader is joined on the word of its followers, without having said itself that it leads (ZOOKEEPER-159's clause). */
export const withoutLeadingClause: FleRules = {
  ...fleRules,
  checkLeader: (_votes, leader, electionEpoch, self, logicalclock) =>
    leader !== self || logicalclock === electionEpoch,
};

/**
 * ZOOKEEPER-975, as the code was until 3.4.0: once every voter has an entry in recvset the election is over, with the own
 * proposal, whatever the entries say. So a newcomer with the highest id leads beside a running ensemble.
 */
export const endsWhenAllHaveVoted: FleRules = {
  ...fleRules,
  termPredicate: (recvset, mine, peer, rules) =>
    recvset.length === votingMembers(peer.verifiers.current).length &&
    weightOf(peer.verifiers.current, mine.leader) !== 0
      ? 'leave'
      : fleRules.termPredicate(recvset, mine, peer, rules),
};

/** checkLeader left out altogether: any quorum will do. */
export const withoutCheckLeader: FleRules = { ...fleRules, checkLeader: () => true };

/**
 * Until ZOOKEEPER-1732, 1805 and 1818: servers out of election must agree on zxid and round too, which differ when a leader was
 * elected again in between, so that a newcomer never finds a quorum.
 */
export const strictVotesEqual: FleRules = {
  ...fleRules,
  votesEqual: (a, b) =>
    a.leader === b.leader &&
    a.zxid === b.zxid &&
    a.electionEpoch === b.electionEpoch &&
    a.peerEpoch === b.peerEpoch,
};

/** Seeded: the finalize wait throws away whatever comes, better votes too. */
export const finalizeWithoutComparing: FleRules = { ...fleRules, interruptsFinalizeWait: () => false };

const order = (...compared: readonly (readonly [number, number])[]): boolean => {
  const [a, b] = compared.find(([x, y]) => x !== y) ?? [0, 0];
  return a > b;
};

/** Seeded: a server of weight 0 may become leader. */
export const zeroWeightLeads: FleRules = {
  ...fleRules,
  totalOrderPredicate: (a: Vote, b: Vote) =>
    order([a.peerEpoch, b.peerEpoch], [a.zxid, b.zxid], [a.leader, b.leader]),
};

/** Seeded: the election compares (peerEpoch, leader) and forgets the zxid. */
export const zxidIgnored: FleRules = {
  ...fleRules,
  totalOrderPredicate: (a, b, verifier) =>
    weightOf(verifier, a.leader) !== 0 && order([a.peerEpoch, b.peerEpoch], [a.leader, b.leader]),
};

/** Seeded: the election compares (zxid, leader) and forgets the epoch. */
export const epochIgnored: FleRules = {
  ...fleRules,
  totalOrderPredicate: (a, b, verifier) =>
    weightOf(verifier, a.leader) !== 0 && order([a.zxid, b.zxid], [a.leader, b.leader]),
};

/** Seeded: on a higher round the offered vote is compared with the present proposal, which belongs to the old round. */
export const higherRoundKeepsProposal: FleRules = {
  ...fleRules,
  proposalForHigherRound: (offered, proposal, peer, rules) =>
    rules.totalOrderPredicate(offered, proposal, peer.verifiers.current) ? offered : proposal,
};

const ackedOf = (sids: readonly Sid[], members: readonly Sid[]) =>
  members.filter((sid) => sids.includes(sid)).length;

/** Seeded: half of the servers are a quorum, so two disjoint ones exist when their number is even. */
export const quorumOfHalf: FleRules = {
  ...fleRules,
  containsQuorum: (config, sids) =>
    config.kind === 'majority'
      ? sids.length > 0 && ackedOf(sids, config.voters) >= config.voters.length / 2
      : containsQuorum(config, sids),
};

/** Seeded: a hierarchical quorum counts servers, not weights, and groups without weight are groups like any other. */
export const countsMembers: FleRules = {
  ...fleRules,
  containsQuorum: (config: QuorumVerifier, sids) => {
    if (config.kind !== 'hierarchical' && config.kind !== 'weighted') return containsQuorum(config, sids);
    const groups = groupsOf(config);
    const satisfied = groups.filter((members) => ackedOf(sids, members) > Math.floor(members.length / 2));
    return satisfied.length > Math.floor(groups.length / 2);
  },
};

/** Seeded: only who is voted for itself waits for a quorum; the others follow the first vote that they count. */
export const followersNeedNoQuorum: FleRules = {
  ...fleRules,
  termPredicate: (recvset, mine, peer, rules) =>
    mine.leader === peer.sid ? fleRules.termPredicate(recvset, mine, peer, rules) : 'finalize wait',
};
