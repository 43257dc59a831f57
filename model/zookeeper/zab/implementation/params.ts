import { z } from 'zod';
import { type DeepReadonly, product, range } from '../../../../checker/language/index.ts';
import { majority, type QuorumVerifier, type Sid } from '../../election/quorum-verifier.ts';
import type { Electorate } from '../epoch-agreement.ts';
import { Era } from '../eras.ts';
import { MAX_COUNTER } from '../next-zxid.ts';
import { serversOf } from '../protocol/params.ts';

export { serversOf };

const budget = (what: string) => z.int().min(0).max(9).describe(what);

export const ImplementationParams = z.strictObject({
  servers: z.int().min(2).max(5).default(3).describe('servers that vote, numbered from 1'),
  observers: z.int().min(0).max(2).default(0).describe('servers without a vote, numbered after the others'),
  weights: z
    .array(z.int().min(0).max(9))
    .default([])
    .describe('weight of server 1, 2, ... in a quorum; none: a majority'),
  transactions: budget('requests of clients').default(1),
  crashes: budget('crashes; a crashed server may start again').default(1),
  disconnects: budget('broken connections between a live follower and its leader').default(1),
  diskErrors: budget('times that a follower cannot write a proposal to its log').default(0),
  epochs: z.int().min(1).max(9).default(3).describe('the last epoch; no election goes beyond it'),
  maxCounter: z
    .int()
    .min(2)
    .max(MAX_COUNTER)
    .default(MAX_COUNTER)
    .describe('the largest counter of a zxid; it is never given out'),
  snapshots: z
    .enum(['asNeeded', 'forced'])
    .default('asNeeded')
    .describe('whether every sync is SNAP, written to the learner while the leader goes on'),
  era: Era.default('head').describe(
    'the releases whose synchronisation is modelled, named by their last one',
  ),
  discovery: z
    .enum(['oneStep', 'byMessage'])
    .default('oneStep')
    .describe('whether a quorum agrees on an epoch at once, or message by message and file by file'),
  start: z
    .enum(['fresh', 'established', 'proposed'])
    .default('established')
    .describe(
      'empty disks, or epoch 1 with one committed transaction everywhere, and then also a proposal on its way',
    ),
});
export type ImplementationParams = DeepReadonly<z.output<typeof ImplementationParams>>;

/** What synchronisation and broadcast need, however the leader is found. */
export const BroadcastParams = ImplementationParams.omit({
  observers: true,
  weights: true,
  epochs: true,
  discovery: true,
  start: true,
});
export type BroadcastParams = DeepReadonly<z.output<typeof BroadcastParams>>;

interface Voters {
  readonly servers: number;
  readonly weights?: readonly number[];
}

export const verifierOf = ({ servers, weights = [] }: Voters): QuorumVerifier => {
  const voters = serversOf({ servers });
  if (weights.length === 0) return majority(voters);
  return { kind: 'weighted', weights: voters.map((sid) => ({ sid, weight: weights[sid - 1] ?? 1 })) };
};

export const electorateOf = (p: Voters, leader: Sid): Electorate => ({ leader, verifier: verifierOf(p) });

interface Members {
  readonly servers: number;
  readonly observers?: number;
}

/** Voters and observers. */
export const allServersOf = ({ servers, observers = 0 }: Members): readonly Sid[] =>
  range(servers + observers).map((i) => i + 1);

export const observersOf = (p: Members): readonly Sid[] =>
  allServersOf(p).filter((sid) => isObserver(p, sid));

export const isObserver = ({ servers }: Members, sid: Sid): boolean => sid > servers;

/** Each server that may lead, with each that may learn from it. */
export const leadersAndLearners = (p: Members): readonly (readonly [leader: Sid, learner: Sid])[] =>
  product(serversOf(p), allServersOf(p)).filter(([l, j]) => l !== j);

/** Each server that may learn, with each that may lead it. */
export const learnersAndLeaders = (p: Members): readonly (readonly [learner: Sid, leader: Sid])[] =>
  product(allServersOf(p), serversOf(p)).filter(([j, l]) => l !== j);

/** All sets of servers, by bit pattern. */
export const groupsOf = (p: Pick<ImplementationParams, 'servers'>): readonly (readonly Sid[])[] =>
  range(2 ** p.servers).map((bits) => serversOf(p).filter((sid) => (bits >> (sid - 1)) % 2 === 1));
