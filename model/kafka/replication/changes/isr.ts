import { zooKeeperCandidates } from '../replication-rules.ts';
import { calm, type ReplicationChange } from './change.ts';

/** Who counts for the high watermark, and who may join. */
export const isrChanges: Readonly<Record<string, ReplicationChange>> = {
  expandBelowEpochStart: {
    about: 'A follower at the high watermark of a new leader joins the ISR, although that watermark lags',
    source: 'KAFKA-7128',
    rules: { isFollowerInSync: (end, highWatermark) => end >= highWatermark },
    breaks: ['strongIsr', 'candidateComplete'],
    at: { ...calm, replicas: 3 },
  },
  countsPendingIsrOnly: {
    about: 'The high watermark waits for the proposed ISR, as if it were decided',
    source: 'KIP-497; AsyncIsr.tla',
    rules: { maximalIsr: ({ isr, pendingIsr }) => pendingIsr ?? isr },
    breaks: ['weakIsr', 'strongIsr', 'candidateComplete', 'quorumSuperset'],
    at: { ...calm, moves: 0 },
  },
  countsCommittedIsrOnly: {
    about: 'The high watermark waits for the last known ISR, although the proposed one may be in force',
    source: 'KIP-497; AsyncIsr.tla',
    rules: { maximalIsr: ({ isr }) => isr },
    breaks: ['weakIsr', 'strongIsr', 'candidateComplete', 'quorumSuperset'],
    at: { ...calm, minInsyncReplicas: 1, moves: 0 },
  },
  replacedDiskRejoins: {
    about: 'The controller takes a member into the ISR that is another incarnation than the leader saw',
    source: 'KIP-903 (KAFKA-14139), never repaired with ZooKeeper',
    rules: { checksBrokerEpochs: false },
    breaks: ['candidateComplete'],
    at: { ...calm, replicas: 3, moves: 0, processCrashes: 1, wipes: 1 },
  },
  leavingBrokerRejoins: {
    about: 'The controller takes a member into the ISR that is about to stop',
    source: 'KIP-841 (KAFKA-13916, KAFKA-14140)',
    rules: { checksEligibility: false },
    breaks: ['noneRejoinsWhileLeaving'],
    at: { ...calm, cleanStops: 1, moves: 0 },
  },
  lastReplicaStanding: {
    about: 'The last member stays in the ISR when it crashes, and leads again with what is left of its log',
    source: 'ZooKeeper mode; KIP-966',
    rules: zooKeeperCandidates,
    breaks: ['candidateComplete', 'ackedNotLost', 'ackedSomewhere', 'committedSomewhere'],
    at: { moves: 0 },
  },
  highWatermarkBelowMinIsr: {
    about: 'The high watermark moves while the ISR is smaller than min.insync.replicas',
    source: 'Kafka before KIP-966',
    rules: { strictMinIsr: () => 1 },
    breaks: ['candidateComplete'],
    at: { ...calm, moves: 0 },
  },
  oldIncarnationObeyed: {
    about: 'A restarted broker obeys what the controller had sent to its earlier incarnation',
    source: 'KIP-380 (KAFKA-7235)',
    rules: { fencesOldIncarnations: false },
    breaks: ['candidateComplete', 'ackedNotLost', 'committedSomewhere'],
    at: { shrinks: 0 },
  },
  znodeIsrWrites: {
    about: 'The leader changes the ISR itself by a conditional write',
    source: 'before KIP-497',
    set: { isrWrites: 'znode' },
    keeps: [
      'weakIsr',
      'strongIsr',
      'candidateComplete',
      'ackedNotLost',
      'prefixToHighWatermark',
      'sameEpochMatch',
      'quorumSuperset',
      'consumedStable',
      'committedSomewhere',
      'epochCacheSound',
    ],
  },
  joinsWhenCaughtUp: {
    about: 'While the ISR is below min.insync.replicas a follower joins it only at the end of the log',
    source: 'KAFKA-19996 (open)',
    rules: { mayJoinSmallIsr: (end, logEndOffset) => end >= logEndOffset },
    repairs: ['noneJoinsToBeShrunk'],
    keeps: ['strongIsr', 'candidateComplete', 'ackedNotLost'],
    at: { ...calm, moves: 0, beyondPromise: true },
  },
};
