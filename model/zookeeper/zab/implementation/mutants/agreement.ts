import { votingMembers } from '../../../election/quorum-verifier.ts';
import { zabRules } from '../../zab-rules.ts';
import { elected, rejoined, type Table, undisturbed } from './table.ts';

/** Seeded faults of what a quorum agrees on: leader, epoch, and what is committed. */
export const agreement: Table = {
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
      at: rejoined,
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
  addAck: {
    lastOnly: {
      about: 'An ack replaces those before it',
      rule: (_, sid) => [sid],
      at: undisturbed,
    },
    countsLeader: {
      about: 'Every ack counts for the leader as well, which acks itself',
      rule: (acks, sid) => zabRules.addAck(zabRules.addAck(acks, 3), sid),
      at: undisturbed,
    },
  },
  mayCommit: {
    oneAck: {
      about: 'One ack is enough',
      rule: (_leader, { acks }) => acks.length > 0,
      at: undisturbed,
    },
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
    same: {
      about: '+ 0 for + 1: a proposal gets the zxid of the one before',
      rule: (last) => last,
      at: undisturbed,
    },
    skips: {
      about: '+ 2 for + 1',
      rule: (last) => last + 2,
      at: undisturbed,
    },
  },
};
