import type { Mutant } from '../../../checker/language/index.ts';
import { votingMembers } from '../election/quorum-verifier.ts';
import { makeZxid } from '../zxid.ts';
import type { ZabRules } from './rules.ts';
import { zabRules } from './zab-rules.ts';

// Seeded faults that more than one model of Zab has; each says at which parameters they show there.

type Fault<Rule extends keyof ZabRules> = Mutant<ZabRules[Rule], never>;

export const oneLess: Fault<'containsQuorum'> = {
  about: '>= for >: one server less than a majority is enough',
  rule: (verifier, sids) =>
    votingMembers(verifier).filter((sid) => sids.includes(sid)).length * 2 >=
    votingMembers(verifier).length - 1,
};

export const everybody: Fault<'containsQuorum'> = {
  about: 'All servers are needed',
  rule: (verifier, sids) => votingMembers(verifier).every((sid) => sids.includes(sid)),
};

export const leaderAlone: Fault<'isQuorumOfLeader'> = {
  about: 'The leader alone ends its waits for a quorum',
  rule: ({ leader }, sids) => sids.includes(leader),
};

export const nobody: Fault<'isParticipant'> = {
  about: 'No answer counts',
  rule: () => false,
};

export const ownAlone: Fault<'candidateEpoch'> = {
  about: '+ 0 for + 1: an epoch that somebody has accepted is proposed again',
  rule: (epoch, lastAcceptedEpoch) => Math.max(epoch, lastAcceptedEpoch, 1),
};

export const raisesAgain: Fault<'getEpochToPropose'> = {
  about: 'Who comes when the epoch is agreed on still raises it',
  rule(proposal, sid, lastAcceptedEpoch, electorate, rules) {
    const waiting = { ...proposal, waiting: true };
    const next = zabRules.getEpochToPropose(waiting, sid, lastAcceptedEpoch, electorate, rules);
    return { ...next, waiting: proposal.waiting && next.waiting };
  },
};

export const nobodyJoins: Fault<'getEpochToPropose'> = {
  about: 'Who reports its epoch is not counted',
  rule({ epoch, ...wait }, _sid, lastAcceptedEpoch, _electorate, rules) {
    return { ...wait, epoch: rules.candidateEpoch(epoch, lastAcceptedEpoch) };
  },
};

export const acceptsOlder: Fault<'acceptLeaderInfo'> = {
  about: 'A learner takes an epoch that is older than the one that it has accepted',
  rule: (newEpoch, { currentEpoch }) => ({ acceptedEpoch: newEpoch, ackEpoch: currentEpoch }),
};

export const aheadTaken: Fault<'waitForEpochAck'> = {
  about: 'A follower that is ahead of the leader is counted',
  rule: (acks, sid, _, leaderSummary, electorate, rules) =>
    zabRules.waitForEpochAck(acks, sid, leaderSummary, leaderSummary, electorate, rules),
};

export const equalAborts: Fault<'waitForEpochAck'> = {
  about: '>= for >: a follower as recent as the leader loses its connection',
  rule: (acks, sid, summary, leaderSummary, electorate, rules) =>
    !acks.finished && sid !== electorate.leader && !rules.isMoreRecentThan(leaderSummary, summary)
      ? 'follower is ahead'
      : zabRules.waitForEpochAck(acks, sid, summary, leaderSummary, electorate, rules),
};

export const lastAckOnly: Fault<'waitForNewLeaderAck'> = {
  about: 'An ack of NEWLEADER replaces those before it',
  rule: (_, sid) => [sid],
};

export const countsTwo: Fault<'waitForNewLeaderAck'> = {
  about: 'An ack of NEWLEADER counts for the next server as well',
  rule: (acks, sid, electorate, rules) =>
    [sid, sid + 1].reduce(
      (counted, one) => zabRules.waitForNewLeaderAck(counted, one, electorate, rules),
      acks,
    ),
};

export const lastOnly: Fault<'addAck'> = {
  about: 'An ack replaces those before it',
  rule: (_, sid) => [sid],
};

export const staysOutstanding: Fault<'processAck'> = {
  about: 'What is committed stays among the outstanding proposals',
  rule(leader, sid, zxid, verifier, rules) {
    const { leader: after, committed } = zabRules.processAck(leader, sid, zxid, verifier, rules);
    const { outstandingProposals } = committed === null ? after : leader;
    return { leader: { ...after, outstandingProposals }, committed };
  },
};

export const lastCommittedStays: Fault<'processAck'> = {
  about: 'The last committed zxid does not go on',
  rule(leader, sid, zxid, verifier, rules) {
    const { leader: after, committed } = zabRules.processAck(leader, sid, zxid, verifier, rules);
    return { leader: { ...after, lastCommitted: leader.lastCommitted }, committed };
  },
};

export const oneAck: Fault<'mayCommit'> = {
  about: 'One ack is enough',
  rule: (_leader, { acks }) => acks.length > 0,
};

export const allAcks: Fault<'mayCommit'> = {
  about: 'All servers must ack',
  rule: (_leader, { acks }, verifier) => acks.length === votingMembers(verifier).length,
};

export const oneFurther: Fault<'zxidOfNewEpoch'> = {
  about: 'A new leader counts on from (e,1)',
  rule: (epoch) => makeZxid(epoch, 1),
};

export const epochBefore: Fault<'zxidOfNewEpoch'> = {
  about: 'A new leader counts on in the epoch before',
  rule: (epoch) => makeZxid(epoch - 1, 0),
};

export const same: Fault<'nextZxid'> = {
  about: '+ 0 for + 1: a proposal gets the zxid of the one before',
  rule: (last) => last,
};

export const skips: Fault<'nextZxid'> = {
  about: '+ 2 for + 1',
  rule: (last) => last + 2,
};
