import type { Mutants } from '../../../../checker/language/index.ts';
import { votingMembers } from '../../election/quorum-verifier.ts';
import { eras, type NewLeaderStep } from '../eras.ts';
import { zabRules } from '../zab-rules.ts';
import type { ImplementationParams } from './params.ts';
import type { ImplementationRules } from './rules.ts';

const established = { transactions: 1, crashes: 0, disconnects: 1 } as const;
const elected = { transactions: 1, crashes: 1, disconnects: 0 } as const;

const headWithout = (left: NewLeaderStep): readonly NewLeaderStep[] =>
  eras.head.newLeaderSteps.filter((step) => step !== left);

/** Seeded faults of ZooKeeper's broadcast: every rule is wrong in some small way. */
export const implementationMutants: Mutants<ImplementationParams, ImplementationRules> = {
  containsQuorum: {
    oneLess: {
      about: '>= for >: one server less than a majority is enough',
      rule: (verifier, sids) =>
        votingMembers(verifier).filter((sid) => sids.includes(sid)).length * 2 >=
        votingMembers(verifier).length - 1,
      at: elected,
    },
    everybody: {
      about: 'All servers are needed',
      rule: (verifier, sids) => votingMembers(verifier).every((sid) => sids.includes(sid)),
      at: elected,
    },
  },
  candidateEpoch: {
    firstHeard: {
      about: 'The epoch follows from the first answer; later ones do not raise it',
      rule: (epoch, lastAcceptedEpoch) => (epoch === -1 ? lastAcceptedEpoch + 1 : epoch),
      at: { ...elected, crashes: 2 },
    },
    ownAlone: {
      about: '+ 0 for + 1: an epoch that somebody has accepted is proposed again',
      rule: (epoch, lastAcceptedEpoch) => Math.max(epoch, lastAcceptedEpoch, 1),
      at: { ...elected, transactions: 0 },
    },
  },
  acceptLeaderInfo: {
    acceptsOlder: {
      about: 'A learner follows a leader of an epoch older than the one that it has accepted',
      rule: (newEpoch, { currentEpoch }) => ({ acceptedEpoch: newEpoch, ackEpoch: currentEpoch }),
      at: { ...elected, transactions: 0 },
      survives:
        'who has accepted a later epoch took a quorum from the leader, and nobody joins a leader without one',
    },
    abortsOnEqual: {
      about: '> for >=: a learner refuses the epoch that it has accepted before',
      rule: (newEpoch, epochs) =>
        newEpoch > epochs.acceptedEpoch ? zabRules.acceptLeaderInfo(newEpoch, epochs) : 'abort',
      at: established,
    },
  },
  wins: {
    zxidIgnored: {
      about: 'Votes are compared by epoch and id',
      rule: (a, b) => a.currentEpoch > b.currentEpoch,
      at: elected,
    },
    epochIgnored: {
      about: 'Votes are compared by zxid and id',
      rule: (a, b) => a.lastZxid > b.lastZxid,
      at: { transactions: 1, crashes: 1, disconnects: 2, epochs: 4 },
    },
    zxidOffByOne: {
      about: 'A zxid that is larger by one counts as equal',
      rule: (a, b) =>
        a.currentEpoch > b.currentEpoch || (a.currentEpoch === b.currentEpoch && a.lastZxid > b.lastZxid + 1),
      at: elected,
    },
    reversed: {
      about: '< for >: the oldest history wins',
      rule: (a, b) => zabRules.isMoreRecentThan(b, a),
      at: elected,
    },
  },
  isMoreRecentThan: {
    reversed: {
      about: '< for >: a leader gives up that hears of an older history',
      rule: (a, b) => zabRules.isMoreRecentThan(b, a),
      at: elected,
    },
    equalToo: {
      about: '>= for >: a leader gives up that hears of a history like its own',
      rule: (a, b) => !zabRules.isMoreRecentThan(b, a),
      at: elected,
    },
  },
  abortsBehindFollower: {
    never: {
      about: 'A leader takes a follower that is ahead of it',
      rule: false,
      at: elected,
      survives:
        'the election of this model never elects who is behind a follower; zookeeper/ensemble does, by zxidIgnored',
    },
  },
  syncDecision: {
    truncatesOneMore: {
      about: 'TRUNC names the zxid before the one that is right',
      rule: (db, peer) => {
        const decision = zabRules.syncDecision(db, peer);
        return decision.op === 'TRUNC' ? { ...decision, zxid: decision.zxid - 1 } : decision;
      },
      at: { ...established, transactions: 2 },
    },
    truncatesOneLess: {
      about: 'TRUNC keeps one entry too many',
      rule: (db, peer) => {
        const decision = zabRules.syncDecision(db, peer);
        return decision.op === 'TRUNC' ? { ...decision, zxid: decision.zxid + 1 } : decision;
      },
      at: established,
    },
    neverTruncates: {
      about: 'A learner that is ahead keeps what it has',
      rule: (db, peer) => {
        const decision = zabRules.syncDecision(db, peer);
        return decision.op === 'TRUNC' ? { ...decision, op: 'DIFF' } : decision;
      },
      at: established,
    },
    diffSkipsFirst: {
      about: '> for >=: the first proposal that the learner lacks is left out',
      rule: (db, peer) => {
        const decision = zabRules.syncDecision(db, peer);
        return { ...decision, proposals: decision.proposals.slice(1) };
      },
      at: elected,
    },
    diffRepeatsLast: {
      about: '>= for >: the last transaction of the learner is sent once more',
      rule: (db, peer) => {
        const decision = zabRules.syncDecision(db, peer);
        const repeated = decision.op === 'DIFF' ? db.committedLog.filter(({ zxid }) => zxid === peer) : [];
        return { ...decision, proposals: [...repeated, ...decision.proposals] };
      },
      at: established,
    },
    forwardsOneLess: {
      about: 'Forwarding begins one zxid too late',
      rule: (db, peer) => {
        const decision = zabRules.syncDecision(db, peer);
        return { ...decision, forwardFrom: decision.forwardFrom + 1 };
      },
      at: established,
    },
    forwardsAll: {
      about: 'Forwarding begins at zero',
      rule: (db, peer) => ({ ...zabRules.syncDecision(db, peer), forwardFrom: 0 }),
      at: established,
    },
  },
  syncDatabase: {
    emptyCache: {
      about: 'The cache of committed transactions is empty',
      rule: ({ lastProcessed }) => ({ lastProcessed, committedLog: [], txnLog: null }),
      at: established,
    },
    queueOnly: {
      about: 'Only what waits to be applied is in the cache',
      rule: ({ lastProcessed }, toBeApplied) => ({ lastProcessed, committedLog: toBeApplied, txnLog: null }),
      at: established,
      survives: 'who lacks what is applied gets a snapshot instead, which has it',
    },
  },
  addAck: {
    lastOnly: {
      about: 'An ack replaces those before it',
      rule: (_, sid) => [sid],
      at: { ...established, disconnects: 0 },
    },
    countsLeader: {
      about: 'Every ack counts for the leader as well, which acks itself',
      rule: (acks, sid) => zabRules.addAck(zabRules.addAck(acks, 3), sid),
      at: { ...established, disconnects: 0 },
    },
  },
  mayCommit: {
    oneAck: {
      about: 'One ack is enough',
      rule: (_leader, { acks }) => acks.length > 0,
      at: { ...established, disconnects: 0 },
    },
    half: {
      about: '>= for >: half of the acks are enough',
      rule: (_leader, { acks }, verifier) => acks.length * 2 >= votingMembers(verifier).length,
      at: { servers: 2, ...established, disconnects: 0 },
    },
    outOfOrder: {
      about: 'The predecessor is not asked for',
      rule: (_leader, { acks }, verifier, rules) => rules.containsQuorum(verifier, acks),
      at: { ...established, transactions: 2, disconnects: 0 },
      survives:
        'acks come first in, first out, so the predecessor has a quorum before; Leader.tryToCommit asks for reconfigurations',
    },
  },
  nextZxid: {
    same: {
      about: '+ 0 for + 1: a proposal gets the zxid of the one before',
      rule: (last) => last,
      at: { ...established, disconnects: 0 },
    },
    skips: {
      about: '+ 2 for + 1',
      rule: (last) => last + 2,
      at: { ...established, disconnects: 0 },
    },
  },
  acksOnForwarding: {
    dropsAll: {
      about: 'All acks of a proposal that is sent again are dropped',
      rule: () => [],
      at: { ...established, crashes: 1 },
    },
    dropsOthers: {
      about: '=== for !==: all acks but that of the learner are dropped',
      rule: (acks, sid) => acks.filter((other) => other === sid),
      at: established,
    },
  },
  dropsDatabase: {
    always: {
      about: 'It is dropped after a DIFF, too',
      rule: () => true,
      at: established,
      survives: 'reading everything from disk again is always right, only slower',
    },
  },
  dropsDatabaseOnDiskError: {
    never: {
      about: 'The database in memory is kept after a failed write',
      rule: false,
      at: { transactions: 1, crashes: 0, disconnects: 0, diskErrors: 1 },
    },
  },
  refusesToStart: {
    equalToo: {
      about: '<= for <: a server refuses to start whose accepted epoch is its current one',
      rule: ({ acceptedEpoch, currentEpoch }) =>
        acceptedEpoch <= currentEpoch ? 'its epochs are equal' : null,
      at: elected,
    },
    never: {
      about: 'A server starts whatever its epoch files say',
      rule: () => null,
      at: elected,
      survives: 'the epoch files of this design never forbid a start: canStartAgain holds',
    },
  },
  newLeaderSteps: {
    withoutSnapshot: {
      about: 'NEWLEADER without the snapshot of what SNAP and TRUNC left in memory',
      rule: headWithout('snapshot'),
      at: { start: 'fresh', transactions: 1, crashes: 0, disconnects: 1 },
    },
    withoutEpoch: {
      about: 'NEWLEADER without writing the current epoch',
      rule: headWithout('epoch'),
      at: { ...elected, crashes: 2 },
    },
    withoutLog: {
      about: 'NEWLEADER without writing what the sync has committed',
      rule: headWithout('logCommitted'),
      at: elected,
    },
  },
  retainedDatabase: {
    stale: {
      about: 'The database in memory is not brought up to the log when a role ends',
      rule: 'stale',
      at: { transactions: 1, crashes: 0, disconnects: 1 },
    },
    cleared: {
      about: 'It is dropped when a role ends',
      rule: 'cleared',
      at: established,
      survives: 'reading everything from disk again is always right: releases before 3.4.10 did so',
    },
  },
  drainsOnShutdown: {
    never: {
      about: 'A role ends without waiting for the logging thread',
      rule: false,
      at: established,
    },
  },
  acksBeforeLogging: {
    always: {
      about: 'A follower acks a proposal when it comes',
      rule: true,
      at: { ...established, disconnects: 0 },
    },
  },
  countsLateAcks: {
    always: {
      about: 'The handler of a closed connection still counts acks',
      rule: true,
      at: established,
    },
  },
};
