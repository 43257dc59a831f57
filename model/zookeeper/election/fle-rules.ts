import { initialVote } from './ensemble.ts';
import { containsQuorum } from './quorum-verifier.ts';
import type { FleRules } from './rules.ts';
import { totalOrderPredicate, votesEqual } from './vote.ts';
import { checkLeader, getVoteTracker, hasAllQuorums } from './vote-tracker.ts';

/** FastLeaderElection as it is. */
export const fleRules: FleRules = {
  totalOrderPredicate,
  votesEqual,
  containsQuorum,
  checkLeader,
  // Compared with the vote that the server started with, not with what it proposes by now.
  proposalForHigherRound: (offered, _proposal, peer, rules) =>
    rules.totalOrderPredicate(offered, initialVote(peer), peer.verifiers.current)
      ? offered
      : initialVote(peer),
  termPredicate: (recvset, mine, peer, rules) =>
    hasAllQuorums(getVoteTracker(recvset, mine, peer.verifiers, rules), rules)
      ? 'finalize wait'
      : 'keep looking',
  interruptsFinalizeWait: (offered, proposal, peer, rules) =>
    rules.totalOrderPredicate(offered, proposal, peer.verifiers.current),
};
