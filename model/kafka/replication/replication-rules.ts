import { isrOfOfflineLeader, mayElectUncleanly } from '../partition-election/election.ts';
import { offlineLeader } from '../partition-election/election-algorithms.ts';
import { isNewLeaderEpoch } from '../partition-election/leader-epoch-fence.ts';
import { isrAfterRemoval } from '../partition-election/replica-removal.ts';
import type { FetchRequest } from './components.ts';
import { afterElection, changeIsr, electLeader } from './eligible-leader-replicas.ts';
import { type FetchPosition, type FetchValidation, type LeaderLog, validateFetchOffset } from './fetch.ts';
import { isFollowerInSync, maximalIsr, type PartitionIsr, without } from './isr.ts';
import { type EpochCache, type EpochEndOffset, endOffsetFor, truncateFromEnd } from './leader-epoch-cache.ts';
import {
  checkCurrentLeaderEpoch,
  type EpochCheck,
  type FollowerLog,
  type Truncation,
  truncateByKip279,
} from './truncation.ts';

/** Who may lead: the ISR, and since KIP-966 the eligible leader replicas. */
export interface LeaderCandidates {
  readonly isr: readonly number[];
  readonly elr: readonly number[];
}

export interface ElectionInput {
  readonly candidates: LeaderCandidates;
  readonly replicas: readonly number[];
  readonly live: readonly number[];
  readonly minIsr: number;
  readonly unclean: boolean;
}

/** Where versions of Kafka differ, and where a fault can be seeded. */
export interface ReplicationRules {
  /** When a follower cuts its log: as its fetches show it, by OffsetsForLeaderEpoch before it fetches, or at once. */
  readonly truncation: 'onFetch' | 'epochRequest' | 'highWatermark';
  readonly answerEpoch: (
    cache: EpochCache,
    epoch: number,
    logEndOffset: number,
  ) => EpochEndOffset | undefined;
  readonly truncate: (follower: FollowerLog, answer: EpochEndOffset | undefined) => Truncation;
  /** Whether a new leader epoch makes a follower check its log, given whom it followed before. */
  readonly truncatesUnder: (leader: number, followed: number | null) => boolean;
  /** What is left of the epoch cache when the log is cut from one end offset to another. */
  readonly cutEpochCache: (cache: EpochCache, from: number, to: number) => EpochCache;
  /** Whether a new leader notes its epoch at once, or with its first record. */
  readonly recordsEpochOnElection: boolean;
  readonly checkLeaderEpoch: (own: number, requested: number, kind: FetchRequest['kind']) => EpochCheck;
  readonly validateFetch: (leader: LeaderLog, fetch: FetchPosition) => FetchValidation;
  /** Whether a broker takes up what LeaderAndIsr says, given the leader epoch that it has. */
  readonly isNewLeaderEpoch: (own: number, requested: number) => boolean;
  /** Whether the leader takes the offset of a diverging fetch for one that the follower has reached. */
  readonly countsDivergingFetch: boolean;
  readonly isFollowerInSync: (end: number, highWatermark: number, epochStartOffset: number) => boolean;
  /** What else a follower needs to join an ISR that is too small: the high watermark stands still, so it says little. */
  readonly mayJoinSmallIsr: (end: number, logEndOffset: number) => boolean;
  readonly maximalIsr: (state: Pick<PartitionIsr, 'isr' | 'pendingIsr'>) => readonly number[];
  /** Below how many members of the ISR the high watermark stands still. */
  readonly strictMinIsr: (minIsr: number) => number;
  /** Who is left when a broker fails; `lost` when it is back without having stopped cleanly. */
  readonly leave: (from: LeaderCandidates, id: number, lost: boolean, minIsr: number) => LeaderCandidates;
  readonly join: (from: LeaderCandidates, isr: readonly number[], minIsr: number) => LeaderCandidates;
  readonly elect: (input: ElectionInput) => (LeaderCandidates & { readonly leader: number }) | undefined;
  /** Whether a broker refuses what the controller sent to an earlier incarnation of it (KIP-380). */
  readonly fencesOldIncarnations: boolean;
  /** Whether the controller refuses members that are another incarnation than the leader knows (KIP-903). */
  readonly checksBrokerEpochs: boolean;
  /** Whether the controller refuses members that are gone or shutting down (KIP-841). */
  readonly checksEligibility: boolean;
}

/** Kafka 4: truncate-on-fetch, AlterPartition with broker epochs, eligible leader replicas. */
export const kafkaRules: ReplicationRules = {
  truncation: 'onFetch',
  answerEpoch: endOffsetFor,
  truncate: truncateByKip279,
  truncatesUnder: () => true,
  cutEpochCache: (cache, _, to) => truncateFromEnd(cache, to),
  recordsEpochOnElection: true,
  checkLeaderEpoch: checkCurrentLeaderEpoch,
  validateFetch: validateFetchOffset,
  isNewLeaderEpoch,
  countsDivergingFetch: false,
  isFollowerInSync,
  mayJoinSmallIsr: () => true,
  maximalIsr,
  strictMinIsr: (minIsr) => minIsr,
  leave: ({ isr, elr }, id, lost, minIsr) =>
    changeIsr({ isr, elr, lastKnownElr: [] }, without(isr, [id]), minIsr, lost ? [id] : []),
  join: ({ isr, elr }, next, minIsr) => changeIsr({ isr, elr, lastKnownElr: [] }, next, minIsr),
  elect: ({ candidates, replicas, live, minIsr, unclean }) => {
    const before = { ...candidates, lastKnownElr: [] };
    const isAcceptable = (replica: number) => live.includes(replica);
    const kind = unclean ? 'UNCLEAN' : 'ONLINE';
    const elected = electLeader({ kind, replicas, leader: null, candidates: before, isAcceptable });
    return elected && { ...afterElection(before, elected, minIsr), leader: elected.leader };
  },
  fencesOldIncarnations: true,
  checksBrokerEpochs: true,
  checksEligibility: true,
};

/** The ZooKeeper era: the last member of the ISR stays in it, and leads again when it is back, whatever it has lost. */
export const zooKeeperCandidates: Pick<ReplicationRules, 'leave' | 'join' | 'elect'> = {
  leave: ({ isr }, id) => ({ isr: isrAfterRemoval(isr, id), elr: [] }),
  join: (_, isr) => ({ isr, elr: [] }),
  elect: ({ candidates: { isr }, replicas, live, unclean }) => {
    const leader = offlineLeader(replicas, isr, live, unclean && mayElectUncleanly(isr, live));
    return leader === undefined ? undefined : { leader, isr: isrOfOfflineLeader(leader, isr, live), elr: [] };
  },
};

/** ZooKeeper mode below IBP 2.7: nobody but the controller knows incarnations, and the high watermark moves with any ISR. */
export const zooKeeperEra = {
  ...zooKeeperCandidates,
  strictMinIsr: () => 1,
  checksBrokerEpochs: false,
  checksEligibility: false,
} satisfies Partial<ReplicationRules>;
