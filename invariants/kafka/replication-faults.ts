import type { FaultTable } from '../../checker/language/index.ts';

/**
 * Which settings of a topic lose an acknowledged record, and by how little. A restart that fails (corruptIndexes) is no fault
 * of the table: it takes runs away and adds none.
 */
export const replicationFaults: FaultTable = {
  properties: ['ackedNotLost', 'ackedSomewhere'],
  loss: 'an acknowledged record: a leader does not have it, or no replica has',
  faults: {
    moves: 'leader moved',
    shrinks: 'slow follower',
    cleanStops: 'clean stop',
    processCrashes: 'process crash',
    machineCrashes: 'machine crash',
    wipes: 'disk replaced',
  },
  set: { records: 1, corruptIndexes: 0, beyondPromise: true },
  settings: {
    replicas: [
      { says: '2', set: { replicas: 2 } },
      { says: '3', set: { replicas: 3 } },
    ],
    acks: [
      { says: '1', set: { acks: '1' } },
      { says: 'all', set: { acks: 'all' } },
    ],
    'min.insync': [
      { says: '1', set: { minInsyncReplicas: 1 } },
      { says: '2', set: { minInsyncReplicas: 2 } },
      { says: '3', set: { minInsyncReplicas: 3 } },
    ],
    unclean: [
      { says: 'no', set: { uncleanLeaderElection: false } },
      { says: 'yes', set: { uncleanLeaderElection: true } },
    ],
    flush: [
      { says: 'no', set: { flushEveryRecord: false } },
      { says: 'yes', set: { flushEveryRecord: true } },
    ],
    mode: [{ says: 'KRaft, ELR' }, { says: 'ZooKeeper', changes: ['zooKeeperMode'] }],
  },
  // Flushing matters to machine crashes alone; unclean elections and new disks to brokers that have stopped.
  plain(set) {
    const flushed = set.machineCrashes === 0 ? { ...set, flushEveryRecord: false } : set;
    const nobodyStops = set.cleanStops === 0 && set.processCrashes === 0 && set.machineCrashes === 0;
    return nobodyStops ? { ...flushed, uncleanLeaderElection: false, wipes: 0 } : flushed;
  },
  // min.insync.replicas says nothing to a producer with acks=1, and cannot be more than there are replicas.
  leaveOut: ({ acks, minInsyncReplicas, replicas }) =>
    acks === '1' ? minInsyncReplicas !== 1 : Number(minInsyncReplicas) > Number(replicas),
};
