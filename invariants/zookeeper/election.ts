import { pairs, properties, type StateOf } from '../../checker/language/index.ts';
import { initialVote } from '../../model/zookeeper/election/ensemble.ts';
import { fleRules } from '../../model/zookeeper/election/fle-rules.ts';
import {
  allServersOf,
  type ElectionParams,
  peerOf,
  verifierOf,
  votersOf,
} from '../../model/zookeeper/election/params.ts';
import { containsQuorum, weightOf } from '../../model/zookeeper/election/quorum-verifier.ts';
import { describeVote } from '../../model/zookeeper/election/words.ts';
import { election } from '../../model/zookeeper/election.ts';

/**
 * What FastLeaderElection promises. Not among it: "at most one server is LEADING". Two may be (the witness below); only the
 * epochs of Zab tell an established leader.
 */
export default properties(election)
  .always('totalOrder', {
    about: 'Of two different votes exactly one beats the other (F1)',
    source: 'FastLeaderElection.totalOrderPredicate; broken by ZOOKEEPER-1419',
    applies: (p) => p.servers > 1,
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
      return s.stood(leader).value || `server ${sid} elected ${leader}, which never voted for itself`;
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
      const votes = votersOf(p).map((voter) => initialVote(peerOf(p, voter)));
      const { endVote, currentVote } = s.server(sid).value;
      const elected = endVote ?? currentVote;
      const better = votes.find((vote) => fleRules.totalOrderPredicate(vote, elected, verifier));
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
    on: ['quiet'],
    premise: (_before, _after, { instance }, p) =>
      votersOf(p).includes(Number(instance)) && weightOf(verifierOf(p), Number(instance)) > 0,
    holds(_, after, { instance }, p) {
      const sid = Number(instance);
      const elected = after.server(sid).value.endVote;
      if (elected === null) return `server ${sid} left the election without a vote`;
      const own = initialVoteOf(p, instance);
      if (!fleRules.totalOrderPredicate(own, elected, verifierOf(p))) return true;
      return `server ${sid} elected ${describeVote(elected)} although its own vote ${describeVote(own)} is higher`;
    },
  })
  .step('quorumSupport', {
    about: 'A server goes LEADING only when a quorum has voted for it in messages that it saw (F4)',
    source: 'FastLeaderElection.lookForLeader: getVoteTracker, hasAllQuorums',
    applies: (p) => p.algorithm === 'fle',
    on: ['quiet', 'handle'],
    premise: (before, after, { instance }) =>
      before.server(Number(instance)).get('state') === 'LOOKING' &&
      after.server(Number(instance)).get('state') === 'LEADING',
    holds(before, after, { action, instance }, p) {
      const sid = Number(instance);
      const { recvset, outofelection } = before.server(sid).value;
      const round = after.server(sid).value.logicalclock;
      const message = action === 'handle' ? before.inbox(sid).head : undefined;
      const last = message === undefined ? [] : [{ sid: message.from, ...message }];
      // Of each voter the last vote of this round, or else its last one out of election.
      const inRound = [...recvset, ...last].filter((vote) => vote.electionEpoch === round);
      const outside = [...outofelection, ...last].filter((vote) => vote.state !== 'LOOKING');
      const [looking, settled] = [inRound, outside].map((votes) =>
        votersOf(p).filter((voter) => votes.findLast((vote) => vote.sid === voter)?.leader === sid),
      );
      const verifier = verifierOf(p);
      if (containsQuorum(verifier, looking ?? []) || containsQuorum(verifier, settled ?? [])) return true;
      return `server ${sid} goes LEADING with votes of {${looking?.join(', ')}} only, which is no quorum`;
    },
  })
  .step('roundHonesty', {
    about: 'A server goes LEADING on votes of its own round (F6)',
    source: 'FastLeaderElection.checkLeader; broken by ZOOKEEPER-1514',
    applies: (p) => p.algorithm === 'fle',
    on: ['quiet', 'handle'],
    premise: (before, after, { instance }) =>
      before.server(Number(instance)).get('state') === 'LOOKING' &&
      after.server(Number(instance)).get('state') === 'LEADING',
    holds(before, after, { instance }) {
      const sid = Number(instance);
      const round = before.server(sid).get('logicalclock');
      const votes = after.server(sid).get('endVote')?.electionEpoch;
      return (
        votes === round || `server ${sid} was in round ${round} and goes LEADING on votes of round ${votes}`
      );
    },
  })
  .step('leaderConfirmed', {
    about: 'Nobody joins an established leader that has not itself said that it is LEADING (F7)',
    source: 'FastLeaderElection.checkLeader; ZOOKEEPER-975',
    applies: (p) => p.algorithm === 'fle',
    on: ['handle'],
    premise: (before, after, { instance }) => {
      const sid = Number(instance);
      const message = before.inbox(sid).head;
      return (
        message !== undefined &&
        message.state !== 'LOOKING' &&
        message.leader !== sid &&
        after.server(sid).get('state') !== 'LOOKING'
      );
    },
    holds(before, after, { instance }) {
      const sid = Number(instance);
      const leader = after.server(sid).get('endVote')?.leader;
      const { recvset, outofelection } = before.server(sid).value;
      const message = before.inbox(sid).head;
      const said = [...recvset, ...outofelection].some(
        (vote) => vote.sid === leader && vote.state === 'LEADING',
      );
      if (said || (message?.from === leader && message?.state === 'LEADING')) return true;
      return `server ${sid} joins ${leader}, of which it only heard from others`;
    },
  })
  .reachable('leaderWithFollowers', {
    about: 'A leader is elected and a quorum follows it',
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
      p.weights.length === 0,
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
    from: (s, sid) => s.server(sid).get('state') === 'LOOKING',
    leadsTo: (s, sid) => s.server(sid).get('state') !== 'LOOKING',
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

const initialVoteOf = (p: Parameters<typeof peerOf>[0], instance: unknown) =>
  initialVote(peerOf(p, Number(instance)));
