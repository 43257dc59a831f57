import { zooKeeperCandidates, zooKeeperEra } from '../replication-rules.ts';
import { calm, type ReplicationChange } from './change.ts';

/** ZooKeeper mode as it was before AlterPartition. */
const zooKeeperMode: Pick<ReplicationChange, 'source' | 'set' | 'rules'> = {
  source: 'ZooKeeper mode below IBP 2.7; KIP-903 and KIP-966 came for KRaft alone',
  set: { isrWrites: 'znode' },
  rules: zooKeeperEra,
};

/** Settings that trade acknowledged records for something else. */
export const settingChanges: Readonly<Record<string, ReplicationChange>> = {
  zooKeeperMode: {
    ...zooKeeperMode,
    about:
      'The last replica stays in the ISR, the leader writes the ISR itself, and nobody knows incarnations',
    keeps: [
      'weakIsr',
      'strongIsr',
      'ackedNotLost',
      'candidateComplete',
      'prefixToHighWatermark',
      'sameEpochMatch',
      'quorumSuperset',
      'consumedStable',
      'committedSomewhere',
      'epochCacheSound',
    ],
    at: { ...calm, processCrashes: 1 },
  },
  zooKeeperReplacedDisk: {
    ...zooKeeperMode,
    about: 'The same, when the last replica in the ISR comes back with an empty disk and leads',
    breaks: ['candidateComplete', 'ackedNotLost', 'committedSomewhere'],
    at: { ...calm, moves: 0, processCrashes: 1, wipes: 1 },
  },
  uncleanElection: {
    about: 'A replica outside the ISR may lead when nobody else is there',
    source: 'unclean.leader.election.enable',
    set: { uncleanLeaderElection: true, beyondPromise: true },
    breaks: ['candidateComplete', 'ackedNotLost', 'consumedStable', 'committedSomewhere'],
    keeps: ['sameEpochMatch', 'epochCacheSound'],
    at: { ...calm, records: 2, minInsyncReplicas: 1, moves: 0, processCrashes: 1 },
  },
  oneInSyncIsEnough: {
    about: 'acks=all with min.insync.replicas=1, in ZooKeeper mode: the leader alone acknowledges',
    source: 'min.insync.replicas',
    rules: zooKeeperCandidates,
    set: { minInsyncReplicas: 1, beyondPromise: true },
    breaks: ['candidateComplete', 'ackedNotLost', 'committedSomewhere'],
    keeps: ['sameEpochMatch', 'epochCacheSound'],
    at: { moves: 0 },
  },
  acksOne: {
    about: 'acks=1: the leader acknowledges before anybody has fetched',
    source: 'acks',
    set: { acks: '1', beyondPromise: true },
    breaks: ['ackedNotLost'],
    keeps: ['sameEpochMatch', 'candidateComplete'],
    at: { ...calm, shrinks: 0 },
  },
};
