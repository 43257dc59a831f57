import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  containsQuorum,
  majority,
  QuorumVerifier,
  type Sid,
  votingMembers,
  weightOf,
} from '../../../../model/zookeeper/election/quorum-verifier.ts';
import { countsMembers, quorumOfHalf } from '../../../../model/zookeeper/election/variants.ts';

const weights = (...pairs: readonly (readonly [Sid, number])[]) =>
  pairs.map(([sid, weight]) => ({ sid, weight }));
const hierarchical = (groups: readonly (readonly Sid[])[], given = weights()): QuorumVerifier => ({
  kind: 'hierarchical',
  voters: groups.flat(),
  groups,
  weights: given,
});

const fiveVoters = majority([1, 2, 3, 4, 5]);
const threeVoters = majority([1, 2, 3]);
const oracle = (needOracle: boolean, grants: boolean, voters: readonly Sid[] = [1, 2]): QuorumVerifier => ({
  kind: 'oracle',
  voters,
  needOracle,
  grants,
});
const twoGroups = hierarchical(
  [
    [1, 2, 3],
    [4, 5],
  ],
  weights([4, 0], [5, 0]),
);
const threeGroups = hierarchical([
  [1, 2, 3],
  [4, 5, 6],
  [7, 8, 9],
]);
const flat: QuorumVerifier = { kind: 'weighted', weights: weights([1, 3], [2, 1], [3, 1], [4, 0]) };

describe('containsQuorum', () => {
  test.each<[string, QuorumVerifier, Sid[], boolean]>([
    ['QuorumMajorityTest: two of five', fiveVoters, [1, 2], false],
    ['QuorumMajorityTest: three of five and a stranger', fiveVoters, [1, 2, 3, 6], true],
    ['a stranger does not make up for a voter', fiveVoters, [1, 2, 6], false],
    ['QuorumMajorityTest: one of three and two observers', threeVoters, [1, 4, 5], false],
    ['QuorumMajorityTest: two of three, observers and a stranger', threeVoters, [1, 2, 4, 5, 6], true],
    ['half of four is not enough', majority([1, 2, 3, 4]), [1, 2], false],
    ['QuorumOracleMajTest: one of two, followers connected', oracle(false, true), [1], false],
    [
      'QuorumOracleMajTest: one of two and a stranger, followers connected',
      oracle(false, true),
      [1, 6],
      false,
    ],
    ['QuorumOracleMajTest: both and a stranger', oracle(false, false), [1, 2, 6], true],
    ['one of two, alone, granted by the oracle', oracle(true, true), [1], true],
    ['one of two, alone, not granted', oracle(true, false), [1], false],
    ['of three voters the oracle is not asked', oracle(true, true, [1, 2, 3]), [1], false],
    ['HierarchicalQuorumTest: two of the only group with weight', twoGroups, [1, 2], true],
    ['HierarchicalQuorumTest: the group without weight', twoGroups, [4, 5], false],
    ['groups of three: majorities of two groups', threeGroups, [1, 2, 4, 5], true],
    ['groups of three: one whole group', threeGroups, [1, 2, 3], false],
    [
      'groups of three: a majority of the servers in one group and two halves',
      threeGroups,
      [1, 2, 3, 4, 7],
      false,
    ],
    ['nobody', threeGroups, [], false],
    ['one group with weights: 3 of 5', flat, [1], true],
    ['one group with weights: 2 of 5', flat, [2, 3, 4], false],
    [
      'half of an even weight is not enough',
      { kind: 'weighted', weights: weights([1, 2], [2, 2]) },
      [1],
      false,
    ],
    [
      'only weights of 0: nothing is a quorum',
      { kind: 'weighted', weights: weights([1, 0], [2, 0]) },
      [1, 2],
      false,
    ],
  ])('%s', (_fact, config, sids, expected) => {
    expect(QuorumVerifier.safeParse(config).success).toBe(true);
    expect(containsQuorum(config, sids)).toBe(expected);
  });

  test('a grouped observer weighs on its group, and its ack does not count', () => {
    const config: QuorumVerifier = {
      kind: 'hierarchical',
      voters: [1, 2],
      groups: [[1, 2, 3]],
      weights: weights([3, 2]),
    };
    expect(containsQuorum(config, [1, 2])).toBe(false);
    expect(containsQuorum(config, [1, 2, 3])).toBe(false);
  });
});

const sids = (n: number): Sid[] => Array.from({ length: n }, (_, i) => i + 1);
const majorities = fc.integer({ min: 1, max: 7 }).map((n) => majority(sids(n)));
const grouped = fc
  .array(fc.record({ group: fc.integer({ min: 0, max: 2 }), weight: fc.integer({ min: 0, max: 3 }) }), {
    minLength: 1,
    maxLength: 9,
  })
  .map((servers): QuorumVerifier => {
    const members = servers.map((server, i) => ({ ...server, sid: i + 1 }));
    const groups = [0, 1, 2].map((g) => members.filter((m) => m.group === g).map((m) => m.sid));
    return hierarchical(
      groups.filter((group) => group.length > 0),
      members.map(({ sid, weight }) => ({ sid, weight })),
    );
  });
const weighted = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 7 }).map(
  (all): QuorumVerifier => ({
    kind: 'weighted',
    weights: all.map((weight, i) => ({ sid: i + 1, weight })),
  }),
);
const configs = fc.oneof(majorities, grouped, weighted);

/** Whether no two disjoint sets of voters are both quorums: it is enough to look at a set and the rest. */
const intersects = (config: QuorumVerifier, quorum = containsQuorum): boolean => {
  const voters = votingMembers(config);
  return Array.from({ length: 2 ** voters.length }, (_, mask) => mask).every((mask) => {
    const inside = voters.filter((_, i) => (mask >> i) & 1);
    const outside = voters.filter((_, i) => !((mask >> i) & 1));
    return !(quorum(config, inside) && quorum(config, outside));
  });
};

describe('quorums', () => {
  test('any two quorums of a majority, hierarchical or weighted configuration share a server', () => {
    fc.assert(fc.property(configs, (config) => intersects(config)));
  });

  test('a superset of a quorum is a quorum', () => {
    fc.assert(
      fc.property(
        configs,
        fc.array(fc.integer({ min: 1, max: 9 })),
        fc.integer({ min: 1, max: 9 }),
        (config, set, more) => {
          fc.pre(containsQuorum(config, set));
          expect(containsQuorum(config, [...set, more])).toBe(true);
        },
      ),
    );
  });

  test('a weighted configuration is a hierarchical one with a single group', () => {
    fc.assert(
      fc.property(weighted, fc.array(fc.integer({ min: 1, max: 8 })), (config, set) => {
        const one = hierarchical(
          [votingMembers(config)],
          config.kind === 'weighted' ? [...config.weights] : [],
        );
        expect(containsQuorum(config, set)).toBe(containsQuorum(one, set));
      }),
    );
  });

  test('half of the servers as a quorum gives two disjoint ones', () => {
    expect(intersects(majority([1, 2, 3, 4]), quorumOfHalf.containsQuorum)).toBe(false);
    expect(intersects(majority([1, 2, 3]), quorumOfHalf.containsQuorum)).toBe(true);
  });

  test('counting members lets servers without weight decide', () => {
    expect(countsMembers.containsQuorum(twoGroups, [4, 5])).toBe(false);
    expect(countsMembers.containsQuorum(twoGroups, [1, 2])).toBe(false);
    expect(containsQuorum(twoGroups, [1, 2])).toBe(true);
    expect(countsMembers.containsQuorum(flat, [2, 3, 4])).toBe(true);
    expect(containsQuorum(flat, [2, 3, 4])).toBe(false);
  });
});

describe('a configuration', () => {
  test.each<[string, unknown, string]>([
    [
      'a participant outside all groups',
      { kind: 'hierarchical', voters: [1, 2], groups: [[1]], weights: [] },
      'server 2 is not in a group',
    ],
    [
      'a server in two groups',
      { kind: 'hierarchical', voters: [1], groups: [[1], [1]], weights: [] },
      'server 1 is in multiple groups',
    ],
    [
      'a grouped observer without a weight',
      { kind: 'hierarchical', voters: [1], groups: [[1, 2]], weights: [] },
      'server 2 is in a group, but is no participant and has no weight',
    ],
  ])('%s is an error', (_fact, config, message) => {
    expect(QuorumVerifier.safeParse(config).error?.issues.map((issue) => issue.message)).toEqual([message]);
  });

  test('weights default to 1 for participants; a stranger has none', () => {
    expect(weightOf(twoGroups, 1)).toBe(1);
    expect(weightOf(twoGroups, 4)).toBe(0);
    expect(weightOf(fiveVoters, 99)).toBe(1);
    expect(() => weightOf(twoGroups, 9)).toThrow(RangeError);
    expect(() => weightOf(flat, 9)).toThrow(RangeError);
  });
});
