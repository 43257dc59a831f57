import type { Mutants } from '../../../../checker/language/index.ts';
import { counterOf } from '../../zxid.ts';
import * as faults from '../faults.ts';
import { zabRules } from '../zab-rules.ts';
import type { ZabParams } from './params.ts';
import { type ProtocolRules, protocolRules } from './rules.ts';

const quiet = { servers: 2, transactions: 1, timeouts: 0 } as const;
const three = { transactions: 1, timeouts: 0 } as const;
const again = { transactions: 1, timeouts: 0, restarts: 1 } as const;

/** Seeded faults of Zab as a protocol: every rule is wrong in some small way. */
export const protocolMutants: Mutants<ZabParams, ProtocolRules> = {
  isQuorumOfLeader: {
    leaderAlone: { ...faults.leaderAlone, at: { transactions: 0, timeouts: 0 } },
    followersAlone: {
      about: 'Followers alone end them, without the leader',
      rule: ({ leader, verifier }, sids, rules) =>
        rules.containsQuorum(
          verifier,
          sids.filter((sid) => sid !== leader),
        ),
      at: quiet,
    },
  },
  containsQuorum: {
    oneLess: { ...faults.oneLess, at: { transactions: 0, timeouts: 0 } },
    everybody: { ...faults.everybody, at: { transactions: 0, timeouts: 1 } },
  },
  isParticipant: {
    nobody: { ...faults.nobody, at: quiet },
  },
  candidateEpoch: {
    lastHeard: {
      about: 'The last answer decides on the epoch, not the largest one',
      rule: (_, lastAcceptedEpoch) => lastAcceptedEpoch + 1,
      at: { transactions: 0, timeouts: 1 },
    },
    skips: {
      about: '+ 2 for + 1',
      rule: (epoch, lastAcceptedEpoch) => Math.max(epoch, lastAcceptedEpoch + 2),
      at: quiet,
      survives: 'an epoch need only be larger than all before it',
    },
  },
  getEpochToPropose: {
    raisesAgain: { ...faults.raisesAgain, at: { transactions: 0, timeouts: 1 } },
    nobodyJoins: { ...faults.nobodyJoins, at: quiet },
  },
  isMoreRecentThan: {
    reversed: {
      about: '< for >: a new leader takes the oldest history',
      rule: (a, b) => zabRules.isMoreRecentThan(b, a),
      at: again,
    },
    epochIgnored: {
      about: 'Histories are compared by zxid alone',
      rule: (a, b) => a.lastZxid > b.lastZxid,
      at: again,
      survives:
        'harm takes two transactions and three elections; zookeeper/zab-implementation shows it (electionIgnoresEpoch)',
    },
    equalToo: {
      about: '>= for >: of two equal histories the other one is taken',
      rule: (a, b) => !zabRules.isMoreRecentThan(b, a),
      at: again,
      survives: 'histories of one epoch with one last zxid are equal, so either will do',
    },
  },
  waitForNewLeaderAck: {
    lastOnly: { ...faults.lastAckOnly, at: quiet },
    countsTwo: { ...faults.countsTwo, at: { servers: 4, elections: 1, transactions: 0, timeouts: 0 } },
  },
  acceptLeaderInfo: {
    acceptsOlder: { ...faults.acceptsOlder, at: { transactions: 0, timeouts: 2, elections: 3 } },
    onlyFirst: {
      about: 'A follower accepts no epoch after its first one',
      rule: (newEpoch, epochs) =>
        epochs.acceptedEpoch === 0 ? zabRules.acceptLeaderInfo(newEpoch, epochs) : 'abort',
      at: { ...quiet, timeouts: 1 },
    },
    forgets: {
      about: 'A follower acks an epoch without writing it down',
      rule: (newEpoch, epochs) => {
        const answer = zabRules.acceptLeaderInfo(newEpoch, epochs);
        return answer === 'abort' ? answer : { ...answer, acceptedEpoch: epochs.acceptedEpoch };
      },
      at: quiet,
    },
  },
  addAck: {
    lastOnly: { ...faults.lastOnly, at: quiet },
  },
  processAck: {
    staysOutstanding: { ...faults.staysOutstanding, at: { ...quiet, transactions: 2 } },
    lastCommittedStays: { ...faults.lastCommittedStays, at: three },
  },
  mayCommit: {
    oneAck: { ...faults.oneAck, at: { ...quiet, servers: 4, elections: 1 } },
    allAcks: { ...faults.allAcks, at: three },
  },
  zxidOfNewEpoch: {
    oneFurther: { ...faults.oneFurther, at: quiet },
    epochBefore: { ...faults.epochBefore, at: quiet },
  },
  nextZxid: {
    same: { ...faults.same, at: quiet },
    skips: { ...faults.skips, at: quiet },
  },
  proposeTo: {
    nobody: {
      about: 'Nobody gets proposals',
      rule: () => [],
      at: quiet,
    },
  },
  ackedWithHistory: {
    unsentToo: {
      about: 'What the leader has logged, but not yet proposed, is acked with the history',
      rule: ({ outstandingProposals }, zxid) =>
        outstandingProposals.map(({ txn }) => txn.zxid).filter((other) => other <= zxid),
      at: three,
    },
    nothing: {
      about: 'An ack of NEWLEADER acks no proposal',
      rule: () => [],
      at: three,
    },
    oneMore: {
      about: 'An ack of NEWLEADER acks the proposal behind the history, too',
      rule: (leader, zxid) => protocolRules.ackedWithHistory(leader, zxid + 1),
      at: { ...three, transactions: 2 },
    },
    oneLess: {
      about: '< for <=: it does not ack the last one of the history',
      rule: (leader, zxid) => protocolRules.ackedWithHistory(leader, zxid - 1),
      at: three,
    },
  },
  commitOnSync: {
    nothing: {
      about: 'COMMITLD tells a learner to deliver nothing',
      rule: () => 0,
      at: { ...quiet, transactions: 2, restarts: 1 },
    },
    oneLess: {
      about: 'COMMITLD leaves out the last transaction',
      rule: (lastCommitted) => (counterOf(lastCommitted) > 0 ? lastCommitted - 1 : lastCommitted),
      at: again,
    },
  },
  isNextZxid: {
    notBefore: {
      about: '>= for ===: any later zxid is the next one, and the last one too',
      rule: (last, zxid) => zxid >= last,
      at: again,
    },
    never: {
      about: 'No proposal is the next one',
      rule: () => false,
      at: quiet,
    },
  },
  historyOnNewLeader: {
    longer: {
      about: 'A follower keeps its own history where that is longer',
      rule: (own, leaders) => (own.length > leaders.length ? own : leaders),
      at: { transactions: 2, timeouts: 1 },
    },
    withoutLast: {
      about: 'A follower leaves out the last transaction of the leader',
      rule: (_, leaders) => leaders.slice(0, -1),
      at: again,
    },
  },
  acceptedEpochAfterRestart: {
    oneLess: {
      about: 'A restarted server has accepted one epoch less than it had',
      rule: (acceptedEpoch) => Math.max(0, acceptedEpoch - 1),
      at: { transactions: 0, timeouts: 0, restarts: 1 },
    },
  },
};
