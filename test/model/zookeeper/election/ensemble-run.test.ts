import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fleRules } from '../../../../model/zookeeper/election/fle-rules.ts';
import { majority, type Sid } from '../../../../model/zookeeper/election/quorum-verifier.ts';
import type { FleRules } from '../../../../model/zookeeper/election/rules.ts';
import {
  finalizeWithoutComparing,
  zeroWeightLeads,
  zxidIgnored,
} from '../../../../model/zookeeper/election/variants.ts';
import { totalOrderPredicate, type Vote } from '../../../../model/zookeeper/election/vote.ts';
import { SmallEnsemble } from './small-ensemble.ts';

const histories = fc.array(fc.record({ zxid: fc.nat(2), peerEpoch: fc.nat(1) }), {
  minLength: 3,
  maxLength: 5,
});
const votesOf = (all: readonly { zxid: number; peerEpoch: number }[]): Vote[] =>
  all.map((history, leader) => ({ leader, ...history }));
const picks = fc.infiniteStream(fc.nat(2 ** 20));
const picker = (stream: Iterator<number>) => (n: number) => (n === 0 ? 0 : Number(stream.next().value) % n);
const best = (votes: readonly Vote[]): Vote => {
  const verifier = majority(votes.map((vote) => vote.leader));
  return votes.reduce((a, b) => (totalOrderPredicate(b, a, verifier) ? b : a));
};

const elected = (ensemble: SmallEnsemble) =>
  [...ensemble.servers].map(([sid, server]) => [sid, server.state, server.currentVote.leader]);
const follows = (leader: Sid, sids: readonly Sid[]) =>
  sids.map((sid) => [sid, sid === leader ? 'LEADING' : 'FOLLOWING', leader]);

const startAll = (all: readonly Vote[], stream: Iterator<number>, rules: FleRules = fleRules) => {
  const sids = all.map((vote) => vote.leader);
  const ensemble = new SmallEnsemble(majority(sids), all, rules, picker(stream));
  ensemble.start(...sids);
  ensemble.settle();
  return { ensemble, sids };
};

describe('an ensemble without faults whose waits end only when nothing is under way', () => {
  test('F5: everybody follows the best of the first votes', () => {
    fc.assert(
      fc.property(histories, picks, (all, stream) => {
        const votes = votesOf(all);
        const { ensemble, sids } = startAll(votes, stream);
        expect(elected(ensemble)).toEqual(follows(best(votes).leader, sids));
      }),
      { numRuns: 300 },
    );
  });

  test('FLETest: when the leader dies the others join the best of them, and it joins them when it returns', () => {
    fc.assert(
      fc.property(histories, picks, (all, stream) => {
        const votes = votesOf(all);
        const first = best(votes);
        const { ensemble, sids } = startAll(votes, stream);
        const rest = sids.filter((sid) => sid !== first.leader);
        ensemble.crash(first.leader);
        for (const sid of rest) ensemble.look(sid);
        ensemble.settle();
        const second = best(votes.filter((vote) => vote !== first)).leader;
        expect(elected(ensemble)).toEqual(follows(second, rest));
        ensemble.start(first.leader);
        ensemble.settle();
        expect(elected(ensemble)).toEqual(follows(second, [...rest, first.leader]));
      }),
      { numRuns: 200 },
    );
  });

  test('FLETest.testJoin (ZOOKEEPER-975): whoever starts late follows, though it has the best vote', () => {
    fc.assert(
      fc.property(picks, (stream) => {
        const votes = votesOf([0, 0, 0].map(() => ({ zxid: 0, peerEpoch: 0 })));
        const ensemble = new SmallEnsemble(majority([0, 1, 2]), votes, fleRules, picker(stream));
        ensemble.start(0, 1);
        ensemble.settle();
        ensemble.start(2);
        ensemble.settle();
        expect(elected(ensemble)).toEqual(follows(1, [0, 1, 2]));
      }),
    );
  });
});

describe('F5 is broken', () => {
  const breaks = (rules: FleRules) =>
    fc.check(
      fc.property(histories, picks, (all, stream) => {
        const votes = votesOf(all);
        const { ensemble, sids } = startAll(votes, stream, rules);
        expect(elected(ensemble)).toEqual(follows(best(votes).leader, sids));
      }),
      { numRuns: 300 },
    ).failed;

  test('by an order without zxid', () => expect(breaks(zxidIgnored)).toBe(true));
  test('by a finalize wait that does not compare', () => expect(breaks(finalizeWithoutComparing)).toBe(true));
});

test('a server of weight 0 leads only where the weight is not asked for', () => {
  const votes = votesOf([0, 0, 9].map((zxid) => ({ zxid, peerEpoch: 0 })));
  const weights = votes.map(({ leader }) => ({ sid: leader, weight: leader === 2 ? 0 : 1 }));
  const lead = (rules: FleRules) => {
    const ensemble = new SmallEnsemble({ kind: 'weighted', weights }, votes, rules, () => 0);
    ensemble.start(0, 1, 2);
    ensemble.settle();
    return ensemble.servers.get(0)?.currentVote.leader;
  };
  expect(lead(zeroWeightLeads)).toBe(2);
  expect(lead(fleRules)).toBe(1);
});
