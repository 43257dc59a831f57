import { z } from 'zod';
import type { DeepReadonly } from '../../../checker/language/index.ts';
import { LONG_MIN_VALUE, Zxid } from '../zxid.ts';
import { Sid } from './quorum-verifier.ts';

// LeaderElection, deprecated by ZOOKEEPER-1153 and removed by ZOOKEEPER-1932: every server asks all voters, itself included,
// for their votes over UDP, changes its own vote to the best candidate that it has heard from, and asks again a second later.
// No rounds, no epochs, nobody is told anything unasked.

/** A vote of the polling election: its order is (zxid, leader). */
export const PollingVote = z.strictObject({ leader: Sid, zxid: Zxid });
export type PollingVote = DeepReadonly<z.infer<typeof PollingVote>>;

/** The answer of the voter `sid`; who does not answer within 200 ms is left out of the pass. */
export const PollingAnswer = z.strictObject({ sid: Sid, vote: PollingVote });
export type PollingAnswer = DeepReadonly<z.infer<typeof PollingAnswer>>;

/** LeaderElection.ElectionResult. */
export interface ElectionResult {
  /** The best vote: largest zxid, then largest id. */
  readonly vote: PollingVote;
  /** The most frequent vote. Ties are broken by nobody: Java takes them as a hash table gives them, here the first asked wins. */
  readonly winner: PollingVote;
  readonly winningCount: number;
  readonly numValidVotes: number;
}

const NOBODY: PollingVote = { leader: LONG_MIN_VALUE, zxid: LONG_MIN_VALUE };

/**
 * LeaderElection.countVotes: votes for servers that did not answer themselves are left out, and all votes for one server count
 * with the largest zxid given for it.
 */
export function countVotes(answers: readonly PollingAnswer[]): ElectionResult {
  const heardFrom = answers.map((answer) => answer.sid);
  const candidates = answers.map((answer) => answer.vote).filter((vote) => heardFrom.includes(vote.leader));
  const maxZxid = (leader: Sid) =>
    candidates.reduce(
      (max, vote) => (vote.leader === leader ? Math.max(max, vote.zxid) : max),
      LONG_MIN_VALUE,
    );
  const valid = candidates.map((vote) => ({ leader: vote.leader, zxid: maxZxid(vote.leader) }));
  const countOf = (leader: Sid) => valid.filter((vote) => vote.leader === leader).length;
  return {
    vote: valid.reduce((best, vote) => (better(vote, best) ? vote : best), NOBODY),
    winner: valid.reduce((most, vote) => (countOf(vote.leader) > countOf(most.leader) ? vote : most), NOBODY),
    winningCount: Math.max(0, ...valid.map((vote) => countOf(vote.leader))),
    numValidVotes: valid.length,
  };
}

const better = (a: PollingVote, b: PollingVote): boolean =>
  a.zxid > b.zxid || (a.zxid === b.zxid && a.leader > b.leader);

/**
 * The rest of a pass of LeaderElection.lookForLeader: the next vote, and whether the election is over. Without any valid vote
 * the server votes for itself again, or it would hold on to a dead one (ZOOKEEPER-569). More than half of the voting view is
 * asked for; quorum verifiers with weights are not consulted.
 */
export function pollingPass(
  answers: readonly PollingAnswer[],
  self: PollingVote,
  voters: number,
): { readonly vote: PollingVote; readonly elected: boolean } {
  const result = countVotes(answers);
  if (result.numValidVotes === 0) return { vote: self, elected: false };
  const elected = result.winningCount > Math.floor(voters / 2);
  return { vote: elected ? result.winner : result.vote, elected };
}

/**
 * QuorumPeer.ResponderThread: what a server answers when asked. A leader names itself with the zxid it last proposed, a follower
 * its leader with its own zxid; an observer keeps to itself.
 */
export function pollingAnswer(
  sid: Sid,
  state: 'LOOKING' | 'FOLLOWING' | 'LEADING' | 'OBSERVING',
  currentVote: PollingVote,
  lastZxid: Zxid,
): PollingAnswer | null {
  switch (state) {
    case 'LOOKING':
      return { sid, vote: currentVote };
    case 'LEADING':
      return { sid, vote: { leader: sid, zxid: lastZxid } };
    case 'FOLLOWING':
      return { sid, vote: { leader: currentVote.leader, zxid: lastZxid } };
    case 'OBSERVING':
      return null;
  }
}
