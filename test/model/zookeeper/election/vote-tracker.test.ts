import { describe, expect, test } from 'vitest';
import { fleRules } from '../../../../model/zookeeper/election/fle-rules.ts';
import { majority } from '../../../../model/zookeeper/election/quorum-verifier.ts';
import {
  strictVotesEqual,
  withoutLeadingClause,
  withoutRoundClause,
} from '../../../../model/zookeeper/election/variants.ts';
import type { CountedVote, VoteSet } from '../../../../model/zookeeper/election/vote.ts';
import {
  checkLeader,
  getVoteTracker,
  hasAllQuorums,
} from '../../../../model/zookeeper/election/vote-tracker.ts';
import { makeZxid } from '../../../../model/zookeeper/zxid.ts';

// Facts of ZooKeeper's FLEOutOfElectionTest: voters 0..4, the asking server is 3.

const verifiers = { current: majority([0, 1, 2, 3, 4]) };
const vote = (
  leader: number,
  [epoch, counter]: readonly [number, number],
  electionEpoch: number,
  peerEpoch: number,
  state: CountedVote['state'],
  version = 1,
): CountedVote => ({ leader, zxid: makeZxid(epoch, counter), electionEpoch, peerEpoch, state, version });
const votes = (entries: Readonly<Record<number, CountedVote>>): VoteSet =>
  Object.entries(entries).map(([sid, v]) => ({ sid: Number(sid), ...v }));
const quorum = (set: VoteSet, asked: CountedVote, rules = fleRules) =>
  hasAllQuorums(getVoteTracker(set, asked, verifiers, rules), rules);

describe('FLEOutOfElectionTest', () => {
  const joined = votes({
    0: vote(4, [1, 1], 1, 2, 'FOLLOWING'),
    1: vote(4, [1, 2], 1, 2, 'FOLLOWING'),
    3: vote(4, [2, 1], 2, 2, 'FOLLOWING'),
    4: vote(4, [2, 1], 2, 2, 'LEADING'),
  });

  test('different zxids and rounds out of election still make a quorum (ZOOKEEPER-1732)', () => {
    expect(quorum(joined, vote(4, [2, 1], 2, 2, 'FOLLOWING', 0))).toBe(true);
    expect(quorum(joined, vote(4, [2, 1], 2, 2, 'FOLLOWING', 0), strictVotesEqual)).toBe(false);
  });

  test('equal votes of LOOKING and LEADING servers make a quorum', () => {
    const set = votes({
      0: vote(4, [2, 1], 1, 1, 'LOOKING'),
      1: vote(4, [2, 1], 1, 1, 'LOOKING'),
      3: vote(4, [2, 1], 1, 1, 'LOOKING'),
      4: vote(4, [2, 1], 1, 1, 'LEADING'),
    });
    expect(quorum(set, vote(4, [2, 1], 1, 1, 'LOOKING'))).toBe(true);
  });

  test('during a rolling upgrade the epoch of servers without version is not compared', () => {
    const leading = vote(5, [15, 0], 0xa, 0x18, 'LEADING');
    const set = votes({
      1: vote(5, [15, 0], 0xa, 0x17, 'FOLLOWING', 0),
      2: vote(5, [15, 0], 0xa, 0x17, 'FOLLOWING', 0),
      4: vote(5, [15, 0], 0xa, 0x18, 'FOLLOWING'),
      5: leading,
    });
    expect(quorum(set, leading)).toBe(true);
    expect(getVoteTracker(set, leading, verifiers, fleRules)[0]?.acked).toEqual([1, 2, 4]);
    expect(checkLeader(set, 5, 0xa, 3, 1)).toBe(true);
  });
});

test('a pending configuration must have a quorum too', () => {
  const set = votes({ 1: vote(1, [0, 0], 1, 0, 'LOOKING'), 2: vote(1, [0, 0], 1, 0, 'LOOKING') });
  const asked = vote(1, [0, 0], 1, 0, 'LOOKING');
  const both = (current: number[], next: number[]) =>
    hasAllQuorums(
      getVoteTracker(set, asked, { current: majority(current), next: majority(next) }, fleRules),
      fleRules,
    );
  expect(both([1, 2, 3], [1, 2, 4])).toBe(true);
  expect(both([1, 2, 3], [1, 4, 5])).toBe(false);
  expect(both([1, 4, 5], [1, 2, 3])).toBe(false);
});

describe('checkLeader', () => {
  const set = votes({ 1: vote(1, [0, 0], 2, 0, 'LEADING'), 2: vote(1, [0, 0], 2, 0, 'FOLLOWING') });
  test.each<[string, boolean, boolean]>([
    ['another server that says it leads', checkLeader(set, 1, 2, 3, 7), true],
    ['another server that says it follows', checkLeader(set, 2, 2, 3, 7), false],
    ['another server that was not heard', checkLeader(set, 4, 2, 3, 7), false],
    ['myself in my round', checkLeader(set, 3, 7, 3, 7), true],
    ['myself in an old round (ZOOKEEPER-1514)', checkLeader(set, 3, 2, 3, 7), false],
    ['myself in an old round, before the repair', withoutRoundClause.checkLeader(set, 3, 2, 3, 7), true],
    ['a follower, without the clause', withoutLeadingClause.checkLeader(set, 2, 2, 3, 7), true],
  ])('%s', (_fact, found, expected) => {
    expect(found).toBe(expected);
  });
});
