import { votingMembers } from '../../../election/quorum-verifier.ts';
import * as faults from '../../faults.ts';
import { zabRules } from '../../zab-rules.ts';
import { byMessage, elected, rejoined, type Table } from './table.ts';

/** Seeded faults of how an epoch is agreed on, from the first report to the last ack of NEWLEADER. */
export const epoch: Table = {
  isQuorumOfLeader: {
    leaderAlone: {
      ...faults.leaderAlone,
      at: byMessage,
      survives:
        'who is elected here knows the epochs of those behind it; zookeeper/zab, whose oracle names anybody, sees it',
    },
    everybody: {
      about: 'All servers must have answered',
      rule: ({ verifier }, sids) => votingMembers(verifier).every((sid) => sids.includes(sid)),
      at: byMessage,
    },
  },
  isParticipant: {
    nobody: { ...faults.nobody, at: elected },
  },
  getEpochToPropose: {
    raisesAgain: { ...faults.raisesAgain, at: { ...byMessage, start: 'fresh', disconnects: 1 } },
    nobodyJoins: { ...faults.nobodyJoins, at: byMessage },
  },
  candidateEpoch: {
    firstHeard: {
      about: 'The epoch follows from the first answer; later ones do not raise it',
      rule: (epoch, lastAcceptedEpoch) => (epoch === -1 ? lastAcceptedEpoch + 1 : epoch),
      at: { ...elected, crashes: 2 },
    },
    ownAlone: { ...faults.ownAlone, at: { ...elected, transactions: 0 } },
  },
  acceptLeaderInfo: {
    acceptsOlder: { ...faults.acceptsOlder, at: { ...byMessage, epochs: 3 } },
    abortsOnEqual: {
      about: '> for >=: a learner refuses the epoch that it has accepted before',
      rule: (newEpoch, epochs) =>
        newEpoch > epochs.acceptedEpoch ? zabRules.acceptLeaderInfo(newEpoch, epochs) : 'abort',
      at: rejoined,
    },
  },
  waitForEpochAck: {
    minusOneCounts: {
      about: 'The reply -1 counts like any other',
      rule: (acks, sid, summary, leaderSummary, electorate, rules) =>
        zabRules.waitForEpochAck(
          acks,
          sid,
          summary.currentEpoch === -1 ? leaderSummary : summary,
          leaderSummary,
          electorate,
          rules,
        ),
      at: { ...byMessage, disconnects: 1, epochs: 3 },
      survives:
        'a leader that has lost its quorum does nothing more here, so no other can share its epoch; zookeeper/zab sees acksEpochAgain',
    },
    aheadTaken: { ...faults.aheadTaken, at: { ...byMessage, transactions: 1 } },
    equalAborts: { ...faults.equalAborts, at: byMessage },
    looksAgain: {
      about: 'Who comes when the wait is over is compared all the same',
      rule: (acks, sid, summary, leaderSummary, electorate, rules) => {
        const waiting = zabRules.waitForEpochAck(
          { ...acks, finished: false },
          sid,
          summary,
          leaderSummary,
          electorate,
          rules,
        );
        return acks.finished && waiting !== 'follower is ahead' ? acks : waiting;
      },
      at: { ...byMessage, transactions: 1 },
      survives: 'the leader is in the new epoch by then, or will be when the learner comes again',
    },
  },
  waitForNewLeaderAck: {
    nobodyCounts: {
      about: 'Acks of NEWLEADER are not counted',
      rule: (acks) => acks,
      at: elected,
    },
    lastOnly: { ...faults.lastAckOnly, at: elected },
    countsTwo: { ...faults.countsTwo, at: { ...byMessage, transactions: 1 } },
  },
  zxidOfNewEpoch: {
    oneFurther: { ...faults.oneFurther, at: elected },
    epochBefore: { ...faults.epochBefore, at: elected },
  },
};
