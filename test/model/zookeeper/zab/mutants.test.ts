import { expect, test } from 'vitest';
import zab from '../../../../invariants/zookeeper/zab.ts';
import zabImplementation from '../../../../invariants/zookeeper/zab-implementation.ts';
import { killers } from '../killers.ts';

/** Searches of more than a second: npm run test:slow -- mutants. */
const slow = [
  'candidateEpoch/firstHeard',
  'wins/epochIgnored',
  'acksOnForwarding/dropsAll',
  'newLeaderSteps/withoutEpoch',
  'historyOnNewLeader/longer',
];

test('the protocol: each seeded fault of a rule is noticed, or it is said why not', async () => {
  expect(await killers(zab, slow)).toEqual({
    'isQuorumOfLeader/leaderAlone': 'epochOrder 5',
    'isQuorumOfLeader/followersAlone': 'committedEverywhere',
    'isParticipant/nobody': 'committedEverywhere',
    'candidateEpoch/lastHeard': 'oneLeaderPerEpoch 13',
    'candidateEpoch/skips': 'survived as declared',
    'acceptLeaderInfo/acceptsOlder': 'epochsGrow 13',
    'acceptLeaderInfo/forgets': 'committedEverywhere',
    'addAck/lastOnly': 'committedEverywhere',
    'mayCommit/oneAck': 'committedOnQuorum 18',
    'mayCommit/allAcks': 'survived as declared',
    'nextZxid/same': 'zxidsGapFree 8',
    'nextZxid/skips': 'zxidsGapFree 8',
    'proposeTo/nobody': 'committedEverywhere',
    'commitOnSync/nothing': 'nothingRefused 22',
    'commitOnSync/oneLess': 'nothingRefused 16',
    'isNextZxid/notBefore': 'zxidsGapFree 15',
    'isNextZxid/never': 'nothingRefused 11',
    'historyOnNewLeader/withoutLast': 'committedOnQuorum 15',
    'acceptedEpochAfterRestart/oneLess': 'epochsGrow 4',
  });
});

test('the implementation: each seeded fault of a rule is noticed, or it is said why not', async () => {
  expect(await killers(zabImplementation, slow)).toEqual({
    'containsQuorum/oneLess': 'committedOnQuorum 3',
    'containsQuorum/everybody': 'someLeaderServes 1',
    'candidateEpoch/ownAlone': 'someLeaderServes 1',
    'acceptLeaderInfo/acceptsOlder': 'survived as declared',
    'acceptLeaderInfo/abortsOnEqual': 'truncated',
    'wins/zxidIgnored': 'someLeaderServes 3',
    'wins/zxidOffByOne': 'someLeaderServes 3',
    'wins/reversed': 'someLeaderServes 3',
    'isMoreRecentThan/reversed': 'someLeaderServes 3',
    'isMoreRecentThan/equalToo': 'someLeaderServes 1',
    'abortsBehindFollower/never': 'survived as declared',
    'syncDecision/truncatesOneMore': 'truncationsSpareCommitted 12',
    'syncDecision/truncatesOneLess': 'deliveredIsCommitted 13',
    'syncDecision/neverTruncates': 'deliveredIsCommitted 12',
    'syncDecision/diffSkipsFirst': 'initialHistoryLearned 9',
    'syncDecision/diffRepeatsLast': 'zxidsGapFree 7',
    'syncDecision/forwardsOneLess': 'acksAreTrue 9',
    'syncDecision/forwardsAll': 'zxidsGapFree 14',
    'syncDatabase/emptyCache': 'truncationsSpareCommitted 10',
    'syncDatabase/queueOnly': 'survived as declared',
    'addAck/lastOnly': 'proposalsEnd 11',
    'addAck/countsLeader': 'committedOnQuorum 5',
    'mayCommit/oneAck': 'committedOnQuorum 3',
    'mayCommit/half': 'committedOnQuorum 3',
    'mayCommit/outOfOrder': 'survived as declared',
    'nextZxid/same': 'zxidsGapFree 2',
    'nextZxid/skips': 'zxidsGapFree 2',
    'acksOnForwarding/dropsOthers': 'acksAreTrue 9',
    'dropsDatabase/always': 'survived as declared',
    'dropsDatabaseOnDiskError/never': 'memoryMatchesDisk 11',
    'refusesToStart/equalToo': 'canStartAgain 1',
    'refusesToStart/never': 'survived as declared',
    'newLeaderSteps/withoutSnapshot': 'initialHistoryLearned 15',
    'newLeaderSteps/withoutLog': 'initialHistoryLearned 11',
    'retainedDatabase/stale': 'memoryMatchesDisk 3',
    'retainedDatabase/cleared': 'survived as declared',
    'drainsOnShutdown/never': 'memoryMatchesDisk 4',
    'acksBeforeLogging/always': 'acksAreTrue 4',
    'countsLateAcks/always': 'acksAreTrue 9',
  });
});
