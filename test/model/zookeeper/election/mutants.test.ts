import { expect, test } from 'vitest';
import election from '../../../../invariants/zookeeper/election.ts';
import { killers } from '../killers.ts';

test('each seeded fault of a rule is noticed, or it is said why not', async () => {
  expect(await killers(election)).toEqual({
    'totalOrderPredicate/lowerIdWins': 'notBelowOwnVote 8',
    'totalOrderPredicate/lowerZxidWins': 'notBelowOwnVote 8',
    'totalOrderPredicate/lowerEpochWins': 'notBelowOwnVote 8',
    'totalOrderPredicate/idBeforeZxid': 'notBelowOwnVote 8',
    'totalOrderPredicate/zxidBeforeEpoch': 'notBelowOwnVote 8',
    'totalOrderPredicate/zxidOffByOne': 'notBelowOwnVote 8',
    'totalOrderPredicate/equalWins': 'someLeader 4',
    'votesEqual/anyLeader': 'quorumSupport 6',
    'votesEqual/roundIgnored': 'survived as declared',
    'votesEqual/epochIgnored': 'survived as declared',
    'votesEqual/neverEqual': 'leaderWithFollowers',
    'containsQuorum/oneLess': 'quorumSupport 3',
    'containsQuorum/everybody': 'lateJoinerFollows 16',
    'checkLeader/followingIsEnough': 'leaderConfirmed 15',
    'checkLeader/anyLeading': 'survived as declared',
    'checkLeader/earlierRoundsToo': 'roundHonesty 9',
    'checkLeader/selfNever': 'survived as declared',
    'checkLeader/nobody': 'lateJoinerFollows 16',
    'proposalForHigherRound/ownVote': 'survived as declared',
    'proposalForHigherRound/offeredVote': 'notBelowOwnVote 16',
    'termPredicate/leavesAtOnce': 'bestVoteWins 6',
    'termPredicate/anyVotes': 'quorumSupport 6',
    'termPredicate/never': 'leaderWithFollowers',
    'interruptsFinalizeWait/equalInterrupts': 'survived as declared',
    'interruptsFinalizeWait/epochOnly': 'bestVoteWins 12',
  });
});
