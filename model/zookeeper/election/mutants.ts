import type { Mutants } from '../../../checker/language/index.ts';
import { initialVote } from './ensemble.ts';
import { fleRules } from './fle-rules.ts';
import type { ElectionParams } from './params.ts';
import { votingMembers, weightOf } from './quorum-verifier.ts';
import type { FleRules } from './rules.ts';

/** Compares pairs of numbers, the first that differ decide. */
const order = (...compared: readonly (readonly [number, number])[]): boolean => {
  const [a, b] = compared.find(([x, y]) => x !== y) ?? [0, 0];
  return a > b;
};

const acked = (config: Parameters<FleRules['containsQuorum']>[0], sids: readonly number[]) =>
  votingMembers(config).filter((sid) => sids.includes(sid)).length;

const fair = { recovery: 'fair', finalizeWait: 'noBetter' } as const;

/** Seeded faults of leader election: every rule is wrong in some small way. */
export const electionMutants: Mutants<ElectionParams, FleRules> = {
  totalOrderPredicate: {
    lowerIdWins: {
      about: '< for > between ids',
      rule: (a, b, verifier) =>
        weightOf(verifier, a.leader) !== 0 &&
        order([a.peerEpoch, b.peerEpoch], [a.zxid, b.zxid], [b.leader, a.leader]),
      at: { servers: 2, finalizeWait: 'quiet' },
    },
    lowerZxidWins: {
      about: '< for > between zxids',
      rule: (a, b) => order([a.peerEpoch, b.peerEpoch], [b.zxid, a.zxid], [a.leader, b.leader]),
      at: { servers: 2, zxids: [1, 0], finalizeWait: 'quiet' },
    },
    lowerEpochWins: {
      about: '< for > between epochs',
      rule: (a, b) => order([b.peerEpoch, a.peerEpoch], [a.zxid, b.zxid], [a.leader, b.leader]),
      at: { servers: 2, epochs: [1, 0], finalizeWait: 'quiet' },
    },
    idBeforeZxid: {
      about: 'Ids are compared before zxids',
      rule: (a, b) => order([a.peerEpoch, b.peerEpoch], [a.leader, b.leader], [a.zxid, b.zxid]),
      at: { servers: 2, zxids: [1, 0], finalizeWait: 'quiet' },
    },
    zxidBeforeEpoch: {
      about: 'Zxids are compared before epochs',
      rule: (a, b) => order([a.zxid, b.zxid], [a.peerEpoch, b.peerEpoch], [a.leader, b.leader]),
      at: { servers: 2, zxids: [0, 1], epochs: [1, 0], finalizeWait: 'quiet' },
    },
    zxidOffByOne: {
      about: 'A zxid that is larger by one counts as equal',
      rule: (a, b) =>
        order(
          [a.peerEpoch, b.peerEpoch],
          [a.zxid > b.zxid + 1 ? 1 : 0, b.zxid > a.zxid + 1 ? 1 : 0],
          [a.leader, b.leader],
        ),
      at: { servers: 2, zxids: [1, 0], finalizeWait: 'quiet' },
    },
    equalWins: {
      about: '>= for > between ids: a vote succeeds itself',
      rule: (a, b, verifier) =>
        fleRules.totalOrderPredicate(a, b, verifier) || !fleRules.totalOrderPredicate(b, a, verifier),
      at: { servers: 2, ...fair },
    },
  },
  votesEqual: {
    anyLeader: {
      about: 'Votes are equal whoever they are for',
      rule: (a, b) => fleRules.votesEqual(a, { ...b, leader: a.leader }),
    },
    roundIgnored: {
      about: 'LOOKING votes of different rounds are equal',
      rule: (a, b) => fleRules.votesEqual(a, { ...b, electionEpoch: a.electionEpoch }),
      at: { start: 'established', giveUps: 1 },
      survives:
        'recvset is emptied on a higher round and takes votes of that round alone, so that it never holds two',
    },
    epochIgnored: {
      about: 'Votes of servers out of election are equal whatever their epoch',
      rule: (a, b) => fleRules.votesEqual(a, { ...b, peerEpoch: a.peerEpoch }),
      at: { start: 'newcomer', ...fair },
      survives: 'an epoch is a parameter of this model: votes for one leader never name two',
    },
    neverEqual: {
      about: 'No two votes are equal',
      rule: () => false,
      at: { servers: 2 },
    },
  },
  containsQuorum: {
    oneLess: {
      about: '>= for >: one vote less than a majority is enough',
      rule: (config, sids) => acked(config, sids) >= Math.floor(votingMembers(config).length / 2),
    },
    everybody: {
      about: 'All voters are needed',
      rule: (config, sids) => acked(config, sids) === votingMembers(config).length,
      at: { start: 'newcomer', ...fair },
    },
  },
  checkLeader: {
    followingIsEnough: {
      about: 'Whoever the leader says it is following will do: its state is not looked at',
      rule: (votes, leader, round, self, logicalclock) =>
        leader === self ? round === logicalclock : votes.some(({ sid }) => sid === leader),
    },
    anyLeading: {
      about: 'That somebody is LEADING is enough',
      rule: (votes, leader, round, self, logicalclock) =>
        leader === self ? round === logicalclock : votes.some(({ state }) => state === 'LEADING'),
      survives: 'it takes two who lead and a quorum for a third who does not: more than three servers',
    },
    earlierRoundsToo: {
      about: '>= for ===: votes of earlier rounds make a leader too',
      rule: (votes, leader, round, self, logicalclock) =>
        leader === self
          ? logicalclock >= round
          : fleRules.checkLeader(votes, leader, round, self, logicalclock),
      at: { start: 'established', giveUps: 1 },
    },
    selfNever: {
      about: 'Nobody becomes leader by the word of its followers',
      rule: (votes, leader, round, self, logicalclock) =>
        leader !== self && fleRules.checkLeader(votes, leader, round, self, logicalclock),
      at: { servers: 2, start: 'established', giveUps: 1, ...fair },
      survives:
        'who has just given up need not lead again: its followers leave it, and there is another election',
    },
    nobody: {
      about: 'No established leader is ever joined',
      rule: () => false,
      at: { start: 'newcomer', ...fair },
    },
  },
  proposalForHigherRound: {
    ownVote: {
      about: 'On a higher round the own vote is proposed, even against a better one',
      rule: (_offered, _proposal, peer) => initialVote(peer),
      at: { servers: 2, giveUps: 1, ...fair },
      survives: 'the better vote comes again, when it is sent again or adopted by somebody else',
    },
    offeredVote: {
      about: 'On a higher round the offered vote is taken, even against the own one',
      rule: (offered) => offered,
      at: { servers: 2, zxids: [0, 1], giveUps: 1, finalizeWait: 'quiet' },
    },
  },
  termPredicate: {
    leavesAtOnce: {
      about: 'With a quorum the election is over, without a wait for better votes',
      rule: (recvset, mine, peer, rules) =>
        fleRules.termPredicate(recvset, mine, peer, rules) === 'finalize wait' ? 'leave' : 'keep looking',
      at: { finalizeWait: 'quiet' },
    },
    anyVotes: {
      about: 'A quorum of votes is enough, whoever they are for',
      rule: (recvset, _mine, peer, rules) =>
        rules.containsQuorum(
          peer.verifiers.current,
          recvset.map(({ sid }) => sid),
        )
          ? 'finalize wait'
          : 'keep looking',
    },
    never: {
      about: 'No votes are enough',
      rule: () => 'keep looking',
      at: { servers: 2 },
    },
  },
  interruptsFinalizeWait: {
    equalInterrupts: {
      about: '>= for >: an equal vote ends the finalize wait too',
      rule: (offered, proposal, peer, rules) =>
        !rules.totalOrderPredicate(proposal, offered, peer.verifiers.current),
      at: { servers: 2, ...fair },
      survives: 'the vote is put back, counted once more, and the wait begins anew',
    },
    epochOnly: {
      about: 'Only a vote of a higher epoch ends the finalize wait',
      rule: (offered, proposal) => offered.peerEpoch > proposal.peerEpoch,
      at: { finalizeWait: 'quiet' },
    },
  },
};
