import { majority, votingMembers } from '../../../election/quorum-verifier.ts';
import { mayCommit } from '../../commit.ts';
import * as variants from '../../variants.ts';
import type { Catalogue } from './catalogue.ts';

export const seeded: Catalogue = {
  acksBeforeLogging: {
    about: 'A follower acks a proposal when it comes, not when it is on disk',
    source: 'seeded',
    rules: { acksBeforeLogging: true },
    breaks: ['acksAreTrue', 'committedOnQuorum'],
    at: { transactions: 1, crashes: 0, disconnects: 0 },
  },
  electionIgnoresZxid: {
    about:
      'Votes are compared by epoch and id; the zxid is forgotten, also when a leader meets its followers',
    source: 'seeded',
    rules: { wins: variants.zxidIgnored.isMoreRecentThan, abortsBehindFollower: false },
    breaks: ['committedOnQuorum', 'leaderCompleteness'],
    at: { transactions: 1, crashes: 2, disconnects: 0 },
  },
  electionIgnoresEpoch: {
    about: 'Votes are compared by zxid and id, and a leader takes a follower that is ahead of it',
    source: 'seeded',
    rules: { wins: variants.epochIgnored.isMoreRecentThan, abortsBehindFollower: false },
    breaks: ['truncationsSpareCommitted', 'committedOnQuorum', 'leaderCompleteness', 'initialHistories'],
    at: { transactions: 1, crashes: 2, disconnects: 1, epochs: 4 },
  },
  informsOfProposals: {
    about: 'Observers are told what is proposed, not what is committed',
    source: 'seeded; Leader.inform',
    rules: { informsOfProposals: true },
    breaks: ['observersLogCommitted', 'deliveredIsCommitted'],
    at: { observers: 1, transactions: 1, crashes: 0, disconnects: 0 },
  },
  electionAgainstTheEpoch: {
    about:
      'Votes are compared by zxid and id, but a follower with a later epoch does not stay with such a leader, which then has no quorum',
    source: 'seeded; Leader.waitForEpochAck',
    rules: { wins: variants.epochIgnored.isMoreRecentThan },
    breaks: ['someLeaderServes'],
    keeps: ['committedOnQuorum', 'leaderCompleteness'],
    at: { transactions: 1, crashes: 1, disconnects: 1, epochs: 3 },
  },
  learnersTakenForObservers: {
    about: 'A leader takes its followers for observers, and waits for ever for a quorum of acks of NEWLEADER',
    source: 'seeded; Leader.isParticipant',
    rules: { isParticipant: ({ leader }, sid) => sid === leader },
    breaks: ['leaderServes', 'someLeaderServes'],
    at: { start: 'fresh', transactions: 0, crashes: 0, disconnects: 0 },
  },
  lateLearnersNotTold: {
    about: 'A follower that acks NEWLEADER when the leader serves already never hears that it is up to date',
    source: 'seeded; LearnerHandler.run waits for the start of the leader and then sends UPTODATE',
    rules: { tellsLateLearners: false },
    breaks: ['learnersServe'],
    at: { transactions: 0, crashes: 0, disconnects: 1 },
  },
  commitsByHeads: {
    about:
      'Where servers have weights, a leader counts heads before it commits: a minority by weight is enough',
    source: 'seeded; QuorumHierarchical.containsQuorum',
    rules: {
      mayCommit: (leader, proposal, verifier, rules) =>
        mayCommit(leader, proposal, majority(votingMembers(verifier)), rules),
    },
    breaks: ['committedOnQuorum', 'leaderCompleteness'],
    at: { weights: [3, 1, 1], transactions: 1, crashes: 1, disconnects: 0 },
  },
  commitsOutOfOrder: {
    about:
      'A proposal is committed as soon as it has a quorum: FIFO acks see to it that its predecessor has one',
    source: 'seeded; Leader.tryToCommit',
    rules: variants.commitsOutOfOrder,
    keeps: ['deliveredIsCommitted', 'committedOnQuorum'],
    at: { transactions: 2, crashes: 0, disconnects: 1 },
  },
  acksCountedTwice: {
    about: 'An ack is counted as often as it comes: never twice, once acks of a lost connection are dropped',
    source: 'seeded',
    rules: variants.acksCountedTwice,
    keeps: ['committedOnQuorum', 'acksAreTrue'],
    at: { transactions: 1, crashes: 0, disconnects: 1 },
  },
  quorumOfHalf: {
    about: 'Half of the servers are a quorum, so that a leader commits on its own disk alone',
    source: 'seeded',
    rules: variants.quorumOfHalf,
    breaks: ['committedOnQuorum', 'leaderCompleteness'],
    at: { servers: 2, transactions: 1, crashes: 1, disconnects: 1 },
  },
};
