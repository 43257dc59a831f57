import { votingMembers } from '../../../election/quorum-verifier.ts';
import { epochOf, makeZxid } from '../../../zxid.ts';
import * as faults from '../../faults.ts';
import { zabRules } from '../../zab-rules.ts';
import { elected, type Table, undisturbed } from './table.ts';

/** Seeded faults of what a quorum agrees on: a leader, and what is committed. */
export const agreement: Table = {
  containsQuorum: {
    oneLess: { ...faults.oneLess, at: elected },
    everybody: { ...faults.everybody, at: elected },
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
  addAck: {
    lastOnly: { ...faults.lastOnly, at: undisturbed },
    countsLeader: {
      about: 'Every ack counts for the leader as well, which acks itself',
      rule: (acks, sid) => zabRules.addAck(zabRules.addAck(acks, 3), sid),
      at: undisturbed,
    },
  },
  processAck: {
    staysOutstanding: { ...faults.staysOutstanding, at: undisturbed },
    lastCommittedStays: {
      ...faults.lastCommittedStays,
      at: undisturbed,
      survives:
        'an ack of what is committed finds no proposal; zookeeper/zab, which refuses such acks, sees it',
    },
    countsForOldest: {
      about: 'An ack counts for the oldest outstanding proposal, whichever it names',
      rule(leader, sid, zxid, verifier, rules) {
        const oldest = leader.outstandingProposals[0]?.txn.zxid ?? zxid;
        return zabRules.processAck(leader, sid, oldest, verifier, rules);
      },
      at: { ...undisturbed, transactions: 2 },
    },
    countsForNext: {
      about: 'An ack counts for the proposal after the one that it names',
      rule: (leader, sid, zxid, verifier, rules) =>
        zabRules.processAck(leader, sid, zxid + 1, verifier, rules),
      at: { ...undisturbed, transactions: 2 },
    },
  },
  mayCommit: {
    oneAck: { ...faults.oneAck, at: undisturbed },
    allAcks: { ...faults.allAcks, at: elected },
    half: {
      about: '>= for >: half of the acks are enough',
      rule: (_leader, { acks }, verifier) => acks.length * 2 >= votingMembers(verifier).length,
      at: { ...undisturbed, servers: 2 },
    },
    outOfOrder: {
      about: 'The predecessor is not asked for',
      rule: (_leader, { acks }, verifier, rules) => rules.containsQuorum(verifier, acks),
      at: { ...undisturbed, transactions: 2 },
      survives:
        'acks come first in, first out, so the predecessor has a quorum before; Leader.tryToCommit asks for reconfigurations',
    },
  },
  nextZxid: {
    same: { ...faults.same, at: undisturbed },
    skips: { ...faults.skips, at: undisturbed },
    startsAgain: {
      about: 'When the counters are used up they start again, in the same epoch',
      rule: (last, maxCounter) => zabRules.nextZxid(last, maxCounter) ?? makeZxid(epochOf(last), 1),
      at: { ...undisturbed, transactions: 2, maxCounter: 3 },
    },
    lastCounterToo: {
      about: '> for >=: the last counter is given out, and none after it',
      rule: (last, maxCounter) =>
        zabRules.nextZxid(last, maxCounter === undefined ? maxCounter : maxCounter + 1),
      at: { ...undisturbed, transactions: 2, maxCounter: 3 },
      survives: 'none follows it in its epoch, which is all that has to be',
    },
  },
};
