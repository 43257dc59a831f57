import type { Sid } from '../../election/quorum-verifier.ts';
import type { Zxid } from '../../zxid.ts';
import { type EpochFiles, type Loaded, loadEpochsBehindLog } from '../epoch-files.ts';
import type { EraRules } from '../eras.ts';
import { type LearnerRules, learnerRules } from '../learner-rules.ts';
import type { DataTree, LearnerSync } from '../learner-sync.ts';
import { nextNewLeaderStep } from '../next-new-leader-step.ts';
import type { ZabRules } from '../rules.ts';
import type { StateSummary } from '../state-summary.ts';
import type { LeaderDatabase } from '../sync-decision.ts';
import { toForward } from '../to-forward.ts';
import type { History, Txn } from '../txn.ts';
import { zabRules } from '../zab-rules.ts';

/** What ZooKeeper's threads do with the rules of Zab. Where HEAD is known to be wrong, the baseline has the repair. */
export interface ImplementationRules extends ZabRules, EraRules, LearnerRules {
  /** Whether `a` beats `b` in the election; ids decide between equals. */
  readonly wins: (a: StateSummary, b: StateSummary) => boolean;
  /** Whether a follower with a more recent history loses its connection to the leader, which may then lack a quorum. */
  readonly abortsBehindFollower: boolean;
  /** What the sync decision takes for committed. Applied transactions alone are in the cache of the source (M20b). */
  readonly syncDatabase: (tree: DataTree, toBeApplied: History) => LeaderDatabase<Txn>;
  /** What a learner gets beyond its sync when forwarding to it starts. */
  readonly toForward: typeof toForward;
  readonly nextNewLeaderStep: typeof nextNewLeaderStep;
  /** Whether what a learner commits in its sync loop goes into its cache of committed transactions. */
  readonly cachesSyncedTxns: boolean;
  /** Whether TRUNC leaves the snapshot as it is that a server took of all it had when it became leader (ZOOKEEPER-1549). */
  readonly snapshotOutlivesTruncation: boolean;
  /** Whether NEWLEADER is queued when a snapshot has been written. Otherwise when forwarding starts, which is before. */
  readonly newLeaderAfterSnapshot: boolean;
  /** Acks of a proposal that is sent to learner `sid` once more. The source keeps the old one (M20). */
  readonly acksOnForwarding: (acks: readonly Sid[], sid: Sid) => readonly Sid[];
  /**
   * Whether TRUNC may name a marker (e,0), as the source does with an empty cache. No log has it, and FileTxnLog.truncate
   * then keeps the first entry behind it. Otherwise the learner gets a snapshot.
   */
  readonly truncatesToMarker: boolean;
  /** Whether nothing can be committed between the sync decision and the start of forwarding. */
  readonly decidesUnderLock: boolean;
  /** Whether the database in memory is dropped when a sync is interrupted. The source keeps it for TRUNC (M23). */
  readonly dropsDatabase: (mode: LearnerSync['mode']) => boolean;
  /** Whether it is dropped after a failed write to the log. The source keeps it, with commits that are not on disk (M24). */
  readonly dropsDatabaseOnDiskError: boolean;
  /** Acks of learner `sid` when its connection ends. */
  readonly acksOnDisconnect: (acks: readonly Sid[], sid: Sid) => readonly Sid[];
  /** Whether the handler of a closed connection still counts the acks that it has received, at any later time. */
  readonly countsLateAcks: boolean;
  /** Whether it drops all acks of its learner when it ends, which may be after that learner has joined again. */
  readonly dropsAcksLate: boolean;
  /** Whether what the leader itself proposed in this epoch is never truncated, committed or not. */
  readonly keepsOwnProposals: boolean;
  /** Whether the sync loop finds the proposal of a COMMIT also when NEWLEADER has handed it to the logging thread. */
  readonly matchesQueuedProposals: boolean;
  /** Whether a COMMIT of what a follower has in memory is passed over. The source exits, or warns where nothing is pending. */
  readonly passesOverOldCommits: boolean;
  /** With which epochs a server starts, or why it does not. The source is stricter (epochBehindLog). */
  readonly loadEpochs: (files: EpochFiles, lastZxid: Zxid) => Loaded;
  /** Whether LEADERINFO has a learner write the epoch to disk before it answers. */
  readonly acceptsOnDisk: boolean;
  /** Whether observers are told what is proposed, instead of what is committed. */
  readonly informsOfProposals: boolean;
  /** Whether a learner that acks NEWLEADER when the leader serves already hears that it is up to date. */
  readonly tellsLateLearners: boolean;
  /** Whether a follower acks a proposal when it comes, instead of when it is on disk. */
  readonly acksBeforeLogging: boolean;
}

export const implementationRules: Omit<ImplementationRules, keyof EraRules> = {
  ...zabRules,
  ...learnerRules,
  wins: zabRules.isMoreRecentThan,
  abortsBehindFollower: true,
  syncDatabase({ txns, lastProcessed }, toBeApplied) {
    const committedLog = [...txns, ...toBeApplied];
    return { lastProcessed: toBeApplied.at(-1)?.zxid ?? lastProcessed, committedLog, txnLog: null };
  },
  toForward,
  nextNewLeaderStep,
  cachesSyncedTxns: true,
  snapshotOutlivesTruncation: false,
  newLeaderAfterSnapshot: true,
  acksOnForwarding: (acks, sid) => acks.filter((other) => other !== sid),
  truncatesToMarker: false,
  decidesUnderLock: true,
  dropsDatabase: (mode) => mode !== 'DIFF',
  dropsDatabaseOnDiskError: true,
  acksOnDisconnect: (acks) => acks,
  countsLateAcks: false,
  dropsAcksLate: false,
  keepsOwnProposals: false,
  matchesQueuedProposals: false,
  passesOverOldCommits: false,
  loadEpochs: loadEpochsBehindLog,
  informsOfProposals: false,
  tellsLateLearners: true,
  acceptsOnDisk: true,
  acksBeforeLogging: false,
};
