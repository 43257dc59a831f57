import type { Change } from '../../../checker/language/index.ts';
import type { ElectionParams } from './params.ts';
import type { FleRules } from './rules.ts';
import * as variants from './variants.ts';

/** Historic bugs and seeded faults of leader election: each replaces one rule. */
export const electionChanges: Readonly<Record<string, Change<ElectionParams, FleRules>>> = {
  roundIgnored: {
    about: 'A server becomes leader on FOLLOWING votes of an earlier round than its own',
    source: 'ZOOKEEPER-1514, repaired in 3.4.4',
    rules: { checkLeader: variants.withoutRoundClause.checkLeader },
    breaks: ['roundHonesty'],
    at: { start: 'established', giveUps: 1 },
  },
  epochGuardMissing: {
    about:
      'With equal zxids the larger id wins even against a higher epoch, so that two votes beat each other',
    source: 'ZOOKEEPER-1419, repaired in 3.4.4',
    rules: { totalOrderPredicate: variants.withoutEpochGuard.totalOrderPredicate },
    breaks: ['totalOrder'],
    at: { servers: 2, epochs: [1, 0] },
  },
  votesBeatEachOther: {
    about:
      'The same in an election that lasts as long as it takes: each adopts the vote of the other, for ever',
    source: 'ZOOKEEPER-1419, repaired in 3.4.4',
    rules: { totalOrderPredicate: variants.withoutEpochGuard.totalOrderPredicate },
    breaks: ['totalOrder', 'someLeader', 'lateJoinerFollows'],
    at: { servers: 2, epochs: [1, 0], recovery: 'fair', finalizeWait: 'noBetter' },
  },
  leaderOnHearsay: {
    about: 'A leader is joined on the word of its followers, without having said itself that it leads',
    source:
      'seeded; the clause came with ZOOKEEPER-159 (3.0.0), for servers other than oneself since ZOOKEEPER-480 (3.2.1)',
    rules: { checkLeader: variants.withoutLeadingClause.checkLeader },
    breaks: ['leaderConfirmed'],
    at: { start: 'established', weights: [3, 1, 1], giveUps: 1 },
  },
  endsWhenAllHaveVoted: {
    about: 'The election is over once every voter has an entry in recvset, whatever the entries say',
    source: 'ZOOKEEPER-975, FastLeaderElection before 3.4.0',
    rules: { termPredicate: variants.endsWhenAllHaveVoted.termPredicate },
    breaks: ['quorumSupport'],
    at: { servers: 2 },
  },
  checkLeaderLeftOut: {
    about: 'Any quorum of servers out of election will do: checkLeader is not called',
    source: 'seeded',
    rules: { checkLeader: variants.withoutCheckLeader.checkLeader },
    breaks: ['leaderConfirmed', 'roundHonesty'],
    at: { start: 'established', weights: [3, 1, 1], giveUps: 1 },
  },
  zeroWeightLeads: {
    about: 'A server of weight 0 may become leader',
    source: 'seeded; the test of the weight is FLEZeroWeightTest',
    rules: { totalOrderPredicate: variants.zeroWeightLeads.totalOrderPredicate },
    breaks: ['validity'],
    at: { servers: 2, weights: [1, 0] },
  },
  finalizeWithoutComparing: {
    about: 'The finalize wait throws away whatever comes, better votes too',
    source: 'seeded',
    rules: { interruptsFinalizeWait: variants.finalizeWithoutComparing.interruptsFinalizeWait },
    breaks: ['bestVoteWins'],
    at: { finalizeWait: 'quiet' },
  },
  zxidIgnored: {
    about: 'Votes are compared by epoch and id; the zxid is forgotten',
    source: 'seeded',
    rules: { totalOrderPredicate: variants.zxidIgnored.totalOrderPredicate },
    breaks: ['bestVoteWins', 'notBelowOwnVote'],
    at: { servers: 2, zxids: [1, 0], finalizeWait: 'quiet' },
  },
  epochIgnored: {
    about: 'Votes are compared by zxid and id; the epoch is forgotten',
    source: 'seeded',
    rules: { totalOrderPredicate: variants.epochIgnored.totalOrderPredicate },
    breaks: ['bestVoteWins', 'notBelowOwnVote'],
    at: { servers: 2, epochs: [1, 0], finalizeWait: 'quiet' },
  },
  quorumOfHalf: {
    about: 'Half of the servers are a quorum, so that two disjoint ones exist when their number is even',
    source: 'seeded',
    rules: { containsQuorum: variants.quorumOfHalf.containsQuorum },
    breaks: ['quorumSupport'],
    at: { servers: 2 },
  },
  followersNeedNoQuorum: {
    about: 'A server that votes for another follows it without waiting for a quorum',
    source: 'seeded',
    rules: { termPredicate: variants.followersNeedNoQuorum.termPredicate },
    breaks: ['quorumSupport'],
  },
  higherRoundKeepsProposal: {
    about: 'On a higher round the offered vote is compared with the proposal of the old round, which is kept',
    source: 'seeded; FastLeaderElection.lookForLeader compares with the own initial vote',
    rules: { proposalForHigherRound: variants.higherRoundKeepsProposal.proposalForHigherRound },
    breaks: ['electedInRound'],
    at: { weights: [1, 2, 1], giveUps: 1, finalizeWait: 'quiet' },
  },
  weightsIgnored: {
    about: 'A hierarchical quorum counts servers instead of weights',
    source: 'seeded; QuorumHierarchical.containsQuorum',
    rules: { containsQuorum: variants.countsMembers.containsQuorum },
    breaks: ['quorumSupport'],
    at: { weights: [3, 1, 1] },
  },
  strictVotesEqual: {
    about:
      'Servers out of election must agree on zxid and round too, so that a newcomer may never find a quorum',
    source: 'ZOOKEEPER-1732, ZOOKEEPER-1805, ZOOKEEPER-1818',
    rules: { votesEqual: variants.strictVotesEqual.votesEqual },
    breaks: ['lateJoinerFollows'],
    keeps: ['someLeader'],
    at: { start: 'newcomer', recovery: 'fair', finalizeWait: 'noBetter' },
  },
  pollingElection: {
    about: 'The election that FastLeaderElection replaced: every server polls all others, without rounds',
    source: 'LeaderElection, removed by ZOOKEEPER-1932',
    set: { algorithm: 'polling' },
    keeps: ['validity'],
    at: { zxids: [0, 1, 1] },
  },
};
