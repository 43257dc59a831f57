import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { majority, type QuorumVerifier } from '../../../../model/zookeeper/election/quorum-verifier.ts';
import {
  epochIgnored,
  withoutEpochGuard,
  zeroWeightLeads,
  zxidIgnored,
} from '../../../../model/zookeeper/election/variants.ts';
import {
  type CountedVote,
  putVote,
  totalOrderPredicate,
  type Vote,
  VoteSet,
  votesEqual,
} from '../../../../model/zookeeper/election/vote.ts';

const five = majority([0, 1, 2, 3, 4]);
const vote = (leader: number, zxid: number, peerEpoch: number): Vote => ({ leader, zxid, peerEpoch });

describe('totalOrderPredicate', () => {
  test.each([
    [
      'FLEPredicateTest: with equal epochs and zxids the larger id does not lose',
      vote(4, 0, 0),
      vote(3, 0, 2),
      false,
    ],
    ['FLEPredicateTest: a larger zxid wins over a larger id', vote(0, 1, 0), vote(1, 0, 0), true],
    ['a larger epoch wins over zxid and id', vote(0, 0, 1), vote(4, 9, 0), true],
    ['a smaller epoch loses whatever its zxid', vote(4, 9, 0), vote(0, 0, 1), false],
    ['with equal epochs and zxids the larger id wins', vote(2, 5, 1), vote(1, 5, 1), true],
    ['a vote does not succeed itself', vote(2, 5, 1), vote(2, 5, 1), false],
  ])('%s', (_fact, candidate, current, expected) => {
    expect(totalOrderPredicate(candidate, current, five)).toBe(expected);
  });

  const weighted: QuorumVerifier = {
    kind: 'weighted',
    weights: [0, 1, 2].map((sid) => ({ sid, weight: sid })),
  };

  test('a server of weight 0 never succeeds, and may be succeeded by anybody better', () => {
    expect(totalOrderPredicate(vote(0, 9, 9), vote(1, 0, 0), weighted)).toBe(false);
    expect(totalOrderPredicate(vote(1, 9, 9), vote(0, 0, 0), weighted)).toBe(true);
    expect(zeroWeightLeads.totalOrderPredicate(vote(0, 9, 9), vote(1, 0, 0), weighted)).toBe(true);
  });

  const votes = fc.record({
    leader: fc.integer({ min: 0, max: 3 }),
    zxid: fc.integer({ min: 0, max: 2 }),
    peerEpoch: fc.integer({ min: 0, max: 2 }),
  });
  type Succeeds = (a: Vote, b: Vote) => boolean;
  const strictTotalOrder = (succeeds: Succeeds) =>
    fc.property(votes, votes, votes, (a, b, c) => {
      const same = a.leader === b.leader && a.zxid === b.zxid && a.peerEpoch === b.peerEpoch;
      if (same) expect(succeeds(a, b)).toBe(false);
      else expect(succeeds(a, b)).toBe(!succeeds(b, a));
      if (succeeds(a, b) && succeeds(b, c)) expect(succeeds(a, c)).toBe(true);
    });
  const fails = (succeeds: Succeeds) => fc.check(strictTotalOrder(succeeds), { numRuns: 5000 }).failed;

  test('F1: votes for servers with weight are in a strict total order', () => {
    fc.assert(
      strictTotalOrder((a, b) => totalOrderPredicate(a, b, five)),
      { numRuns: 2000 },
    );
  });

  test('F1 fails for the order before ZOOKEEPER-1419, and when a field is forgotten', () => {
    for (const rules of [withoutEpochGuard, zxidIgnored, epochIgnored]) {
      expect(fails((a, b) => rules.totalOrderPredicate(a, b, five))).toBe(true);
    }
  });

  test('ZOOKEEPER-1419: two votes that beat each other', () => {
    const [a, b] = [vote(0, 7, 2), vote(1, 7, 1)];
    expect(withoutEpochGuard.totalOrderPredicate(a, b, five)).toBe(true);
    expect(withoutEpochGuard.totalOrderPredicate(b, a, five)).toBe(true);
  });
});

describe('votesEqual', () => {
  const base: CountedVote = {
    leader: 4,
    zxid: 5,
    electionEpoch: 1,
    peerEpoch: 2,
    state: 'FOLLOWING',
    version: 2,
  };
  test.each<[string, Partial<CountedVote>, Partial<CountedVote>, boolean]>([
    [
      'out of election, zxid and round may differ (ZOOKEEPER-1805)',
      {},
      { zxid: 6, electionEpoch: 7, state: 'LEADING' },
      true,
    ],
    ['out of election, the epoch counts', {}, { peerEpoch: 3 }, false],
    ['the leader always counts', {}, { leader: 3 }, false],
    ['one side without ZOOKEEPER-1732: only the leader counts', {}, { peerEpoch: 3, version: 0 }, true],
    ['both sides without it: the epoch counts', { version: 0 }, { peerEpoch: 3, version: 0 }, false],
    ['versions 1 and 2 are alike', { version: 1 }, { peerEpoch: 3, version: 2 }, false],
    ['one side LOOKING: the zxid counts', { state: 'LOOKING' }, { zxid: 6 }, false],
    ['one side LOOKING: the round counts', {}, { state: 'LOOKING', electionEpoch: 2 }, false],
    [
      'one side LOOKING: the epoch counts, whatever the versions',
      { state: 'LOOKING' },
      { peerEpoch: 3, version: 0 },
      false,
    ],
    ['one side LOOKING and all fields alike', { state: 'LOOKING' }, { version: 0 }, true],
  ])('%s', (_fact, a, b, expected) => {
    expect(votesEqual({ ...base, ...a }, { ...base, ...b })).toBe(expected);
    expect(votesEqual({ ...base, ...b }, { ...base, ...a })).toBe(expected);
  });
});

test('a sender has one entry in a vote set, its last one, and the set is sorted by sender', () => {
  const entry = fc.record({ sid: fc.integer({ min: 0, max: 4 }), zxid: fc.nat(9) });
  fc.assert(
    fc.property(fc.array(entry), (puts) => {
      const votes = puts.reduce<VoteSet>(
        (set, { sid, zxid }) =>
          putVote(set, sid, {
            leader: 1,
            zxid,
            electionEpoch: 1,
            peerEpoch: 0,
            state: 'LOOKING',
            version: 0,
          }),
        [],
      );
      const last = new Map(puts.map(({ sid, zxid }) => [sid, zxid]));
      expect(votes.map((v) => [v.sid, v.zxid])).toEqual([...last].sort(([a], [b]) => a - b));
      expect(VoteSet.parse(votes)).toEqual(votes);
    }),
  );
});
