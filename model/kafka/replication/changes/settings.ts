import { zooKeeperCandidates } from '../replication-rules.ts';
import { calm, type ReplicationChange } from './change.ts';

/** Settings that trade acknowledged records for something else. */
export const settingChanges: Readonly<Record<string, ReplicationChange>> = {
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
    at: { cleanStops: 0, moves: 0 },
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
