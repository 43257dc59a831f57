import { expect, test } from 'vitest';
import zab from '../../../../../invariants/zookeeper/zab.ts';
import { killers } from '../../killers.ts';

/** A search of more than a second: npm run test:slow -- mutants. */
const slow = ['historyOnNewLeader/longer'];

test('each seeded fault of a rule is noticed, or it is said why not', async () => {
  expect(await killers(zab, slow)).toEqual({
    'isQuorumOfLeader/leaderAlone': 'epochOrder 5',
    'isQuorumOfLeader/followersAlone': 'committedEverywhere',
    'containsQuorum/oneLess': 'epochOrder 5',
    'containsQuorum/everybody': 'nothingRefused 10',
    'isParticipant/nobody': 'committedEverywhere',
    'candidateEpoch/lastHeard': 'oneLeaderPerEpoch 13',
    'candidateEpoch/skips': 'survived as declared',
    'getEpochToPropose/raisesAgain': 'epochOrder 9',
    'getEpochToPropose/nobodyJoins': 'committedEverywhere',
    'isMoreRecentThan/reversed': 'committedOnQuorum 18',
    'isMoreRecentThan/epochIgnored': 'survived as declared',
    'isMoreRecentThan/equalToo': 'survived as declared',
    'waitForNewLeaderAck/lastOnly': 'committedEverywhere',
    'waitForNewLeaderAck/countsTwo': 'establishedOnQuorum 11',
    'acceptLeaderInfo/acceptsOlder': 'epochsGrow 13',
    'acceptLeaderInfo/onlyFirst': 'secondEpoch',
    'acceptLeaderInfo/forgets': 'committedEverywhere',
    'addAck/lastOnly': 'committedEverywhere',
    'processAck/staysOutstanding': 'caughtUp 13',
    'processAck/lastCommittedStays': 'caughtUp 16',
    'mayCommit/oneAck': 'committedOnQuorum 18',
    'mayCommit/allAcks': 'committedWithoutAll',
    'zxidOfNewEpoch/oneFurther': 'zxidsGapFree 8',
    'zxidOfNewEpoch/epochBefore': 'nothingRefused 11',
    'nextZxid/same': 'zxidsGapFree 8',
    'nextZxid/skips': 'zxidsGapFree 8',
    'proposeTo/nobody': 'caughtUp 10',
    'ackedWithHistory/unsentToo': 'nothingRefused 16',
    'ackedWithHistory/nothing': 'caughtUp 16',
    'ackedWithHistory/oneMore': 'committedOnQuorum 17',
    'ackedWithHistory/oneLess': 'caughtUp 16',
    'commitOnSync/nothing': 'caughtUp 17',
    'commitOnSync/oneLess': 'nothingRefused 16',
    'isNextZxid/notBefore': 'zxidsGapFree 15',
    'isNextZxid/never': 'nothingRefused 11',
    'historyOnNewLeader/withoutLast': 'committedOnQuorum 15',
    'acceptedEpochAfterRestart/oneLess': 'epochsGrow 4',
  });
});
