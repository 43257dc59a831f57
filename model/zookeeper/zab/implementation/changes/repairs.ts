import { appliedOnly, type Catalogue, keepAcks, LIVENESS } from './catalogue.ts';

/** Repairs of the two holes that were considered: HEAD with one of them. */
export const repairs: Catalogue = {
  staleAcksHead: {
    about: 'HEAD as it is: stale acks, truncation of what is committed but not applied, two locks',
    source: 'HEAD',
    rules: { acksOnForwarding: keepAcks, syncDatabase: appliedOnly, decidesUnderLock: false },
    keeps: LIVENESS,
    breaks: ['acksAreTrue', 'truncationsSpareCommitted', 'committedOnQuorum', 'leaderCompleteness'],
    at: { transactions: 1, crashes: 1, disconnects: 1 },
  },
  repairDropOnDisconnect: {
    about:
      'HEAD, but a learner that is lost is no longer counted: acks are true, committed entries still truncated',
    source: 'candidate repair, in LearnerHandler.shutdown',
    rules: {
      acksOnForwarding: keepAcks,
      acksOnDisconnect: (acks, sid) => acks.filter((other) => other !== sid),
      syncDatabase: appliedOnly,
      decidesUnderLock: false,
    },
    keeps: [...LIVENESS, 'acksAreTrue'],
    breaks: ['truncationsSpareCommitted', 'committedOnQuorum', 'leaderCompleteness'],
    at: { transactions: 1, crashes: 1, disconnects: 1 },
  },
  repairDropByOldHandler: {
    about:
      'The same, done by the old handler when it ends: it may be late, and then drops the true ack that came since',
    source: 'candidate repair, in LearnerHandler.shutdown; handlers are threads',
    rules: {
      acksOnForwarding: keepAcks,
      dropsAcksLate: true,
      syncDatabase: appliedOnly,
      decidesUnderLock: false,
    },
    breaks: ['acksAreTrue', 'committedOnQuorum', 'leaderCompleteness', 'proposalsEnd'],
    at: { transactions: 1, crashes: 1, disconnects: 1 },
  },
  repairDropOnForwarding: {
    about:
      'HEAD, but a proposal that is sent again to a learner waits for its new ack: committed entries still truncated',
    source: 'candidate repair, in Leader.startForwarding',
    rules: { syncDatabase: appliedOnly, decidesUnderLock: false },
    keeps: LIVENESS,
    breaks: ['truncationsSpareCommitted', 'committedOnQuorum', 'leaderCompleteness'],
    at: { transactions: 1, crashes: 1, disconnects: 1 },
  },
  repairKeepOwnProposals: {
    about:
      'HEAD, but what this leader proposed in this epoch is not truncated: clients see it before it is committed',
    source: 'candidate repair, in LearnerHandler.syncFollower',
    rules: {
      acksOnForwarding: keepAcks,
      syncDatabase: appliedOnly,
      decidesUnderLock: false,
      keepsOwnProposals: true,
    },
    keeps: ['acksAreTrue', 'truncationsSpareCommitted', 'committedOnQuorum', 'leaderCompleteness'],
    breaks: ['deliveredIsCommitted', 'nothingRefused'],
    at: { transactions: 1, crashes: 1, disconnects: 1 },
  },
  repairKeepOwnAndPassOver: {
    about:
      'The same, and a COMMIT of what a follower has in memory already is passed over: both holes are closed, but an ack that was lost never comes again',
    source: 'candidate repair, in LearnerHandler.syncFollower and in two places of the follower',
    rules: {
      acksOnForwarding: keepAcks,
      syncDatabase: appliedOnly,
      decidesUnderLock: false,
      keepsOwnProposals: true,
      passesOverOldCommits: true,
    },
    keeps: [
      'acksAreTrue',
      'truncationsSpareCommitted',
      'committedOnQuorum',
      'leaderCompleteness',
      'nothingRefused',
    ],
    breaks: ['deliveredIsCommitted', 'proposalsEnd'],
    at: { transactions: 1, crashes: 1, disconnects: 1 },
  },
  repairWithLateAcks: {
    about:
      'The repaired leader, where the handler of a closed connection counts an ack after the follower has joined again',
    source:
      'LearnerHandler.run: handlers are threads, and a closed socket may still hold what came before its end',
    rules: { countsLateAcks: true },
    keeps: LIVENESS,
    breaks: ['acksAreTrue', 'committedOnQuorum', 'leaderCompleteness'],
    at: { transactions: 1, crashes: 1, disconnects: 1 },
  },
};
