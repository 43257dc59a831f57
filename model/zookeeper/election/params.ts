import { z } from 'zod';
import { type DeepReadonly, range } from '../../../checker/language/index.ts';
import { NO_ZXID } from '../zxid.ts';
import { initialVote, type Peer } from './ensemble.ts';
import { majority, type QuorumVerifier, type Sid, weightOf } from './quorum-verifier.ts';
import { totalOrderPredicate, type Vote } from './vote.ts';

const budget = (what: string) => z.int().min(0).max(9).default(0).describe(what);

export const ElectionParams = z.strictObject({
  servers: z.int().min(1).max(9).default(3).describe('voting servers, numbered from 1'),
  observers: z.int().min(0).max(3).default(0).describe('observers, numbered after the voters'),
  zxids: z
    .array(z.int().min(-1))
    .max(9)
    .default([])
    .describe('last zxid of server 1, 2, ...; 0 where missing'),
  epochs: z
    .array(z.int().min(0))
    .max(9)
    .default([])
    .describe('current epoch of server 1, 2, ...; 0 where missing'),
  weights: z.array(z.int().min(0)).max(9).default([]).describe('weight of server 1, 2, ...; 1 where missing'),
  groups: z.array(z.array(z.int())).default([]).describe('groups of a hierarchical quorum; none: a majority'),
  start: z
    .enum(['cold', 'established', 'newcomer'])
    .default('cold')
    .describe(
      'all servers enter their first election; all follow the best one since round 1; or another one has just restarted, ' +
        'and the leader was elected again in round 2, which the rest did not notice',
    ),
  algorithm: z
    .enum(['fle', 'polling'])
    .default('fle')
    .describe('FastLeaderElection, or the polling LeaderElection that ZOOKEEPER-1932 removed'),
  finalizeWait: z
    .enum(['anyTime', 'noBetter', 'quiet'])
    .default('anyTime')
    .describe(
      'whether the 200 ms may pass with a vote still on its way, only without a better one, or only without any',
    ),
  inFlight: z
    .int()
    .min(0)
    .max(4)
    .default(0)
    .describe('messages in a socket, behind the one-place mailbox (0: delivered from the mailbox)'),
  queue: z
    .int()
    .min(1)
    .max(99)
    .default(1)
    .describe("messages that may wait in an election's queue when the receiver thread reads another"),
  recovery: z
    .enum(['budgeted', 'fair'])
    .default('budgeted')
    .describe(
      'whether votes are sent again, and leaders left, by budgets alone or whenever there is need (for liveness)',
    ),
  timeouts: budget('times that an election sends its vote again for want of messages'),
  crashes: budget('crashes; a crashed server may restart'),
  restart: z
    .enum(['anyTime', 'whenSettled', 'never'])
    .default('anyTime')
    .describe(
      'whether a crashed server may start at any time, once all others have a leader that is up, or never',
    ),
  disconnects: budget('broken connections between live servers; they may be opened again'),
  giveUps: budget('times that a leader or follower looks again although nobody crashed'),
});
export type ElectionParams = DeepReadonly<z.output<typeof ElectionParams>>;

/** What the steps of an election and its messages depend on. */
export type TransportParams = Pick<
  ElectionParams,
  'servers' | 'finalizeWait' | 'inFlight' | 'queue' | 'recovery' | 'timeouts' | 'crashes' | 'disconnects'
> &
  Partial<Pick<ElectionParams, 'observers'>>;

type Ensemble = Pick<ElectionParams, 'servers' | 'observers' | 'zxids' | 'epochs' | 'weights' | 'groups'>;

export const votersOf = (p: Pick<Ensemble, 'servers'>): readonly Sid[] => range(p.servers).map((i) => i + 1);

export const allServersOf = (
  p: Pick<Ensemble, 'servers'> & Partial<Pick<Ensemble, 'observers'>>,
): readonly Sid[] => range(p.servers + (p.observers ?? 0)).map((i) => i + 1);

export function verifierOf(p: Ensemble): QuorumVerifier {
  const voters = votersOf(p);
  const weights = voters.map((sid) => ({ sid, weight: p.weights[sid - 1] ?? 1 }));
  if (p.groups.length > 0) return { kind: 'hierarchical', voters, groups: p.groups, weights };
  return p.weights.length > 0 ? { kind: 'weighted', weights } : majority(voters);
}

/** What server `sid` brings into an election. */
export const peerOf = (p: Ensemble, sid: Sid): Peer => ({
  sid,
  learnerType: sid <= p.servers ? 'PARTICIPANT' : 'OBSERVER',
  verifiers: { current: verifierOf(p) },
  lastZxid: p.zxids[sid - 1] ?? 0,
  currentEpoch: p.epochs[sid - 1] ?? 0,
});

/** The initial votes of those who may be elected: with weight and with data. */
export const candidatesOf = (p: Ensemble): readonly Vote[] =>
  votersOf(p)
    .filter((sid) => weightOf(verifierOf(p), sid) > 0)
    .map((sid) => initialVote(peerOf(p, sid)))
    .filter((vote) => vote.zxid !== NO_ZXID);

/** The vote that an undisturbed election ends with; that of server 1 when nobody may be elected. */
export const bestVote = (p: Ensemble): Vote =>
  candidatesOf(p).reduce(
    (best, vote) => (totalOrderPredicate(vote, best, verifierOf(p)) ? vote : best),
    candidatesOf(p)[0] ?? initialVote(peerOf(p, 1)),
  );
