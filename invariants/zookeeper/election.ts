import { pairs, properties, type StateOf } from '../../checker/language/index.ts';
import { initialVote } from '../../model/zookeeper/election/ensemble.ts';
import { fleRules } from '../../model/zookeeper/election/fle-rules.ts';
import {
  allServersOf,
  candidatesOf,
  type ElectionParams,
  peerOf,
  verifierOf,
  votersOf,
} from '../../model/zookeeper/election/params.ts';
import { containsQuorum, weightOf } from '../../model/zookeeper/election/quorum-verifier.ts';
import { describeVote } from '../../model/zookeeper/election/words.ts';
import { election } from '../../model/zookeeper/election.ts';
import { NO_ZXID } from '../../model/zookeeper/zxid.ts';
import { leaving } from './election/leaving.ts';

/**
 * What FastLeaderElection promises. Not among it: "at most one server is LEADING". Two may be (the witness below); only the
 * epochs of Zab tell an established leader.
 */
export default properties(election)
  .always('totalOrder', {
    about: 'Of two different votes exactly one beats the other (F1)',
    source: 'FastLeaderElection.totalOrderPredicate; broken by ZOOKEEPER-1419',
    applies: (p) => p.algorithm === 'fle' && p.servers > 1,
    each: (p) => pairs(votersOf(p)),
    premise(s, [a, b], p) {
      const [x, y] = [s.server(a).get('proposal'), s.server(b).get('proposal')];
      const verifier = verifierOf(p);
      if (x.leader < 0 || y.leader < 0) return false; // not in an election yet
      return x.leader !== y.leader && weightOf(verifier, x.leader) > 0 && weightOf(verifier, y.leader) > 0;
    },
    holds(s, [a, b], p, rules) {
      const [x, y] = [s.server(a).get('proposal'), s.server(b).get('proposal')];
      const verifier = verifierOf(p);
      const forth = rules.totalOrderPredicate(x, y, verifier);
      const back = rules.totalOrderPredicate(y, x, verifier);
      if (forth !== back) return true;
      const both = `the vote of ${a} for ${describeVote(x)} and that of ${b} for ${describeVote(y)}`;
      return forth ? `${both} beat each other` : `of ${both} neither beats the other`;
    },
  })
  .always('validity', {
    about: 'Who is elected is a voter with weight that has voted for itself (F2)',
    source: 'QuorumHierarchical: a server of weight 0 never leads; FLEZeroWeightTest',
    each: allServersOf,
    premise: (s, sid) => s.server(sid).get('state') !== 'LOOKING',
    holds(s, sid, p) {
      const { endVote, currentVote } = s.server(sid).value;
      const { leader } = endVote ?? currentVote;
      if (!votersOf(p).includes(leader)) return `server ${sid} elected ${leader}, which is not a voter`;
      if (weightOf(verifierOf(p), leader) === 0) return `server ${sid} elected ${leader}, which has weight 0`;
      return (
        s.stood(leader).value.length > 0 || `server ${sid} elected ${leader}, which never voted for itself`
      );
    },
  })
  .always('bestVoteWins', {
    about:
      'Without faults and with a finalize wait that outlasts every message, all elect the best initial vote (F5)',
    source: 'FastLeaderElection: finalizeWait of 200 ms; an assumption on time, not a promise',
    applies: (p) =>
      p.algorithm === 'fle' && p.finalizeWait === 'quiet' && p.crashes + p.disconnects + p.giveUps === 0,
    each: allServersOf,
    premise: (s, sid) => s.server(sid).get('state') !== 'LOOKING',
    holds(s, sid, p) {
      const verifier = verifierOf(p);
      const { endVote, currentVote } = s.server(sid).value;
      const elected = endVote ?? currentVote;
      const better = candidatesOf(p).find((vote) => fleRules.totalOrderPredicate(vote, elected, verifier));
      return (
        better === undefined ||
        `server ${sid} elected ${describeVote(elected)}, but ${describeVote(better)} is better`
      );
    },
  })
  .step('notBelowOwnVote', {
    about: 'By LOOKING votes nobody elects a vote lower than its own initial one (F3)',
    source: 'FastLeaderElection.lookForLeader',
    applies: (p) => p.algorithm === 'fle',
    on: ['quiet', 'handle'],
    premise(before, after, taken, p) {
      const left = leaving(before, after, taken);
      return left !== undefined && !left.joins && candidatesOf(p).some(({ leader }) => leader === left.sid);
    },
    holds(before, after, taken, p) {
      const left = leaving(before, after, taken);
      if (left === undefined) return true;
      const own = initialVote(peerOf(p, left.sid));
      if (!fleRules.totalOrderPredicate(own, left.vote, verifierOf(p))) return true;
      return `server ${left.sid} elected ${describeVote(left.vote)} although its own vote ${describeVote(own)} is higher`;
    },
  })
  .step('electedInRound', {
    about: 'By LOOKING votes only a server is elected that has voted for itself in this very round',
    source: 'FastLeaderElection.lookForLeader: a higher round clears recvset and starts from the own vote',
    applies: (p) => p.algorithm === 'fle',
    on: ['quiet', 'handle'],
    premise: (before, after, taken) => leaving(before, after, taken)?.joins === false,
    holds(before, after, taken) {
      const left = leaving(before, after, taken);
      if (left === undefined || after.stood(left.vote.leader).value.includes(left.vote.electionEpoch))
        return true;
      return `server ${left.sid} elected ${left.vote.leader} in round ${left.vote.electionEpoch}, in which it never voted for itself`;
    },
  })
  .step('quorumSupport', {
    about:
      'A server leaves an election only with a leader that a quorum has voted for in messages that it saw (F4)',
    source: 'FastLeaderElection.lookForLeader: getVoteTracker, hasAllQuorums',
    applies: (p) => p.algorithm === 'fle',
    on: ['quiet', 'handle'],
    premise: (before, after, taken) => leaving(before, after, taken) !== undefined,
    holds(before, after, taken, p) {
      const left = leaving(before, after, taken);
      if (left === undefined) return true;
      const { sid, vote, goes, message } = left;
      const { recvset, outofelection } = before.server(sid).value;
      const last = message === undefined ? [] : [{ sid: message.from, ...message }];
      // Of each voter the last vote of the round that it leaves with, or else its last one out of election.
      const inRound = [...recvset, ...last].filter((one) => one.electionEpoch === vote.electionEpoch);
      const outside = [...outofelection, ...last].filter((one) => one.state !== 'LOOKING');
      const supporters = [inRound, outside].map((votes) =>
        votersOf(p).filter((voter) => votes.findLast((one) => one.sid === voter)?.leader === vote.leader),
      );
      if (supporters.some((voters) => containsQuorum(verifierOf(p), voters))) return true;
      const heard = votersOf(p).filter((voter) => supporters.some((voters) => voters.includes(voter)));
      const whom = goes === 'LEADING' ? '' : ` ${vote.leader}`;
      return `server ${sid} goes ${goes}${whom} with votes of {${heard.join(', ')}} only, which is no quorum`;
    },
  })
  .step('roundHonesty', {
    about: 'A server joins itself as leader only when the last vote that it hears is of its own round (F6)',
    source: 'FastLeaderElection.checkLeader; broken by ZOOKEEPER-1514',
    applies: (p) => p.algorithm === 'fle',
    on: ['handle'],
    premise(before, after, taken) {
      const left = leaving(before, after, taken);
      return left?.goes === 'LEADING' && left.joins;
    },
    holds(before, after, taken) {
      const left = leaving(before, after, taken);
      if (left === undefined || left.vote.electionEpoch === left.round) return true;
      return `server ${left.sid} was in round ${left.round} and goes LEADING on votes of round ${left.vote.electionEpoch}`;
    },
  })
  .step('leaderConfirmed', {
    about: 'Nobody joins an established leader that has not itself said that it is LEADING (F7)',
    source: 'FastLeaderElection.checkLeader; ZOOKEEPER-159, ZOOKEEPER-480',
    applies: (p) => p.algorithm === 'fle',
    on: ['handle'],
    premise(before, after, taken) {
      const left = leaving(before, after, taken);
      return left?.joins === true && left.goes !== 'LEADING';
    },
    holds(before, after, taken) {
      const left = leaving(before, after, taken);
      if (left === undefined) return true;
      const { sid, vote, message } = left;
      const { recvset, outofelection } = before.server(sid).value;
      const heard = [...recvset, ...outofelection, ...(message ? [{ ...message, sid: message.from }] : [])];
      if (heard.some((one) => one.sid === vote.leader && one.state === 'LEADING')) return true;
      return `server ${sid} joins ${vote.leader}, of which it only heard from others`;
    },
  })
  .reachable('leaderWithFollowers', {
    about: 'A leader is elected and a quorum follows it',
    applies: (p) =>
      p.algorithm === 'polling' ||
      containsQuorum(
        verifierOf(p),
        candidatesOf(p).map((vote) => vote.leader),
      ),
    when: (s, p) =>
      votersOf(p).some((leader) => {
        const with_ = votersOf(p).filter((sid) => {
          const { state, currentVote, step } = s.server(sid).value;
          return state !== 'LOOKING' && step === 'out' && currentVote.leader === leader;
        });
        return with_.includes(leader) && containsQuorum(verifierOf(p), with_);
      }),
  })
  .reachable('twoLeading', {
    about: 'Two servers are LEADING at once: the election alone does not exclude it',
    source: 'FastLeaderElection; seen in logs of real ensembles',
    applies: (p) =>
      p.algorithm === 'fle' &&
      p.start === 'cold' &&
      p.servers >= 3 &&
      p.finalizeWait === 'anyTime' &&
      p.weights.length === 0 &&
      !p.zxids.includes(NO_ZXID),
    when: (s, p) => votersOf(p).filter((sid) => s.server(sid).get('state') === 'LEADING').length > 1,
  })
  .temporal('someLeader', {
    about: 'FL1: once faults have stopped, one leads and a quorum follows it, and so it stays',
    source: 'FastLeaderElection; ZOOKEEPER-1419 breaks it',
    applies: isAboutLiveness,
    eventuallyAlways: (s, _, p) =>
      votersOf(p).some(
        (leader) =>
          s.server(leader).get('state') === 'LEADING' &&
          containsQuorum(verifierOf(p), followersOf(s, p, leader)),
      ),
  })
  .temporal('lateJoinerFollows', {
    about: 'FL2: once faults have stopped, nobody looks for a leader for ever, however late it comes',
    source: 'FastLeaderElection; ZOOKEEPER-1732, ZOOKEEPER-1805, ZOOKEEPER-1818 break it',
    applies: isAboutLiveness,
    each: votersOf,
    from: (s, sid) => s.server(sid).get('state') === 'LOOKING' && s.process(sid).value === 'up',
    leadsTo: (s, sid) => s.server(sid).get('state') !== 'LOOKING' || s.process(sid).value === 'down',
  });

/** Who is bounded in sending again and in leaving a leader can be stuck for no other reason than the bound. */
function isAboutLiveness(p: ElectionParams): boolean {
  return p.algorithm === 'fle' && p.recovery === 'fair' && p.finalizeWait !== 'anyTime';
}

const followersOf = (s: StateOf<typeof election>, p: Parameters<typeof votersOf>[0], leader: number) =>
  votersOf(p).filter((sid) => {
    const { state, currentVote, endVote } = s.server(sid).value;
    return state !== 'LOOKING' && (endVote ?? currentVote).leader === leader;
  });
