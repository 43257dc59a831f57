import { z } from 'zod';
import type { DeepReadonly } from '../../../checker/language/index.ts';

// server/quorum/flexible: QuorumMaj, QuorumHierarchical, QuorumOracleMaj as plain data and functions over it.

/** A server's id (`myid`), a decimal number in ZooKeeper's files. */
export const Sid = z.int();
export type Sid = z.infer<typeof Sid>;

const Sids = z.array(Sid);
const Weights = z.array(z.strictObject({ sid: Sid, weight: z.int().min(0) }));

const Majority = z.strictObject({ kind: z.literal('majority'), voters: Sids });

/**
 * QuorumHierarchical. `weights` lists only the weights that are not 1. A group may name a server that is no participant; it
 * then needs a weight of its own (without one Java fails with a NullPointerException) and only raises the bar of its group.
 */
const Hierarchical = z
  .strictObject({ kind: z.literal('hierarchical'), voters: Sids, groups: z.array(Sids), weights: Weights })
  .check(({ value, issues }) => {
    for (const message of groupErrors(value)) issues.push({ code: 'custom', message, input: value });
  });

/** One group with weights, each at least 0: what a flat file of `weight.N=` lines means. Every voter is listed. */
const Weighted = z.strictObject({ kind: z.literal('weighted'), weights: Weights });

/**
 * QuorumOracleMaj (ZOOKEEPER-3922): a majority, except that a lone server of two may be let through by the oracle.
 * `needOracle` is true from the start and afterwards kept by the leader (updateNeedOracle); `grants` is what the oracle's
 * file says now (askOracle).
 */
const OracleMajority = z.strictObject({
  kind: z.literal('oracle'),
  voters: Sids,
  needOracle: z.boolean(),
  grants: z.boolean(),
});

export const QuorumVerifier = z.discriminatedUnion('kind', [
  Majority,
  Hierarchical,
  Weighted,
  OracleMajority,
]);
export type QuorumVerifier = DeepReadonly<z.infer<typeof QuorumVerifier>>;
export type HierarchicalVerifier = Extract<QuorumVerifier, { kind: 'hierarchical' | 'weighted' }>;

/** QuorumHierarchical.parse: what ZooKeeper refuses to start with. */
function groupErrors(config: {
  voters: readonly Sid[];
  groups: readonly (readonly Sid[])[];
  weights: WeightList;
}) {
  const members = config.groups.flat();
  return [
    ...members
      .filter((sid, i) => members.indexOf(sid) !== i)
      .map((sid) => `server ${sid} is in multiple groups`),
    ...config.voters.filter((sid) => !members.includes(sid)).map((sid) => `server ${sid} is not in a group`),
    ...members
      .filter((sid) => !config.voters.includes(sid) && !config.weights.some((w) => w.sid === sid))
      .map((sid) => `server ${sid} is in a group, but is no participant and has no weight`),
  ];
}

type WeightList = readonly { readonly sid: Sid; readonly weight: number }[];

export const majority = (voters: readonly Sid[]): QuorumVerifier => ({ kind: 'majority', voters });

/** QuorumVerifier.getVotingMembers, in the order of the configuration. */
export const votingMembers = (config: QuorumVerifier): readonly Sid[] =>
  config.kind === 'weighted' ? config.weights.map((w) => w.sid) : config.voters;

/** QuorumVerifier.getWeight: 1 for anybody in a majority. */
export function weightOf(config: QuorumVerifier, sid: Sid): number {
  if (config.kind === 'majority' || config.kind === 'oracle') return 1;
  const weight = config.weights.find((w) => w.sid === sid)?.weight;
  if (weight !== undefined) return weight;
  if (config.kind === 'hierarchical' && config.voters.includes(sid)) return 1;
  // Java unboxes null here, and the election starts again from the beginning.
  throw new RangeError(`server ${sid} has no weight in this configuration`);
}

/** The groups that quorums are counted over: one for a weighted configuration. */
export const groupsOf = (config: HierarchicalVerifier): readonly (readonly Sid[])[] =>
  config.kind === 'weighted' ? [votingMembers(config)] : config.groups;

/** QuorumVerifier.containsQuorum. `sids` holds each server once; servers that do not vote are not counted. */
export function containsQuorum(config: QuorumVerifier, sids: readonly Sid[]): boolean {
  if (config.kind === 'hierarchical' || config.kind === 'weighted') return containsGroupQuorum(config, sids);
  const acked = config.voters.filter((voter) => sids.includes(voter)).length;
  if (acked > Math.floor(config.voters.length / 2)) return true;
  return config.kind === 'oracle' && config.voters.length <= 2 && config.needOracle && config.grants;
}

/** QuorumHierarchical.containsQuorum: more than half of the weight in more than half of the groups that have any. */
function containsGroupQuorum(config: HierarchicalVerifier, sids: readonly Sid[]): boolean {
  const voters = votingMembers(config);
  const weight = (members: readonly Sid[]) => members.reduce((sum, sid) => sum + weightOf(config, sid), 0);
  const groups = groupsOf(config).map((members) => ({
    total: weight(members),
    acked: weight(members.filter((sid) => sids.includes(sid) && voters.includes(sid))),
  }));
  const counted = groups.filter((group) => group.total > 0);
  const satisfied = counted.filter((group) => group.acked > Math.floor(group.total / 2));
  return satisfied.length > Math.floor(counted.length / 2);
}

/** QuorumVerifier.getNeedOracle and !askOracle: the oracle lets somebody else be the leader. Never true without an oracle. */
export const oracleRefuses = (config: QuorumVerifier): boolean =>
  config.kind === 'oracle' && config.needOracle && !config.grants;
