import type { Sid } from '../../election/quorum-verifier.ts';
import { counterOf, epochOf, type Zxid } from '../../zxid.ts';
import type { Proposal } from '../commit.ts';
import type { ZabRules } from '../rules.ts';
import { contains, type History } from '../txn.ts';
import { zabRules } from '../zab-rules.ts';

/** What a leader knows of its learners, where it sends something to some of them. */
export interface Learners {
  readonly registered: readonly Sid[];
  readonly synced: readonly Sid[];
}

/** What a leader has logged as proposals, and which of them it has not sent yet. */
export interface Proposals {
  readonly outstandingProposals: readonly Proposal[];
  readonly unsent: History;
}

/** What the paper leaves open or the public specification had to repair, besides the rules of Zab. */
export interface ProtocolRules extends ZabRules {
  /** Who gets a proposal: also a learner that has not acked NEWLEADER yet, since its history is then already on its way. */
  readonly proposeTo: (learners: Learners) => readonly Sid[];
  /** Which outstanding proposals an ACKLD of the history up to `zxid` acks. */
  readonly ackedWithHistory: (leader: Proposals, zxid: Zxid) => readonly Zxid[];
  /** What COMMITLD tells a learner to deliver: what the leader has committed by now. */
  readonly commitOnSync: (lastCommitted: Zxid, acked: Zxid) => Zxid;
  /** Whether a follower appends a proposal to a history that ends with `last`; what it has already it acks again. */
  readonly isNextZxid: (last: Zxid, zxid: Zxid) => boolean;
  /** Whether a follower passes over a COMMIT of what it does not have (FollowerZooKeeperServer.commit warns and returns). */
  readonly ignoresUnknownCommits: boolean;
  /** The history of a follower that acks NEWLEADER. */
  readonly historyOnNewLeader: (own: History, leaders: History) => History;
  /** What a restarted server knows of the epoch that it accepted. */
  readonly acceptedEpochAfterRestart: (acceptedEpoch: number, currentEpoch: number) => number;
}

export const protocolRules: ProtocolRules = {
  ...zabRules,
  proposeTo: ({ registered }) => registered,
  // What is not proposed yet is acked when its proposal comes: nobody could take a COMMIT for it before.
  ackedWithHistory: ({ outstandingProposals, unsent }, zxid) =>
    outstandingProposals
      .filter(({ txn }) => txn.zxid <= zxid && !contains(unsent, txn))
      .map(({ txn }) => txn.zxid),
  commitOnSync: (lastCommitted) => lastCommitted,
  isNextZxid: (last, zxid) => (counterOf(zxid) === 1 ? epochOf(last) < epochOf(zxid) : zxid === last + 1),
  ignoresUnknownCommits: false,
  historyOnNewLeader: (_, leaders) => leaders,
  acceptedEpochAfterRestart: (acceptedEpoch) => acceptedEpoch,
};
