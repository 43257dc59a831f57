import type { Change } from '../../../checker/language/index.ts';
import type { LimitParams } from './params.ts';
import type { LimitRules } from './rules.ts';

/** Limits that are too small for the data or for the disk, and their remedies. */
export const limitChanges: Readonly<Record<string, Change<LimitParams, LimitRules>>> = {
  largeSnapshot: {
    about: 'The data has grown: a snapshot takes longer to send and to flush than initLimit allows',
    source: 'Leader.waitForNewLeaderAck; Leader.lead: "Perhaps the initTicks need to be increased"',
    set: { transfer: 5, flush: 2 },
    breaks: ['forms', 'joins', 'serves'],
    fixedBy: 'largerInitLimit',
  },
  largerInitLimit: {
    about: 'initLimit is raised to more than a snapshot takes from end to end',
    source: "ZooKeeper Administrator's Guide: initLimit",
    set: { initLimit: 10 },
    repairs: ['forms', 'joins', 'serves'],
    at: { transfer: 5, flush: 2 },
  },
  slowSnapshotFlush: {
    about:
      'Writing the snapshot to its own disk takes a learner longer than initLimit: it never joins the others, which serve',
    source:
      'Learner.syncWithLeader: takeSnapshot before the ACK of NEWLEADER; LearnerHandler reads that ACK with a timeout',
    set: { flush: 6 },
    breaks: ['joins'],
    keeps: ['forms'],
    at: { start: 'serving' },
  },
  leaderLoadsTwice: {
    about:
      'The elected leader reads its snapshot once more before it listens, while its followers wait for LEADERINFO',
    source: 'ZOOKEEPER-1642, repaired in 3.4.6',
    rules: { leaderLoad: ({ load }) => load },
    breaks: ['forms', 'joins', 'serves'],
    at: { load: 6 },
  },
  slowDisk: {
    about: 'Proposals come in bursts that a slow disk takes longer to acknowledge than syncLimit allows',
    source: 'LearnerHandler.SyncLimitCheck: "Closing connection to peer due to transaction timeout"',
    set: { burst: 3, slow: 1 },
    breaks: ['joins'],
    keeps: ['forms'],
    at: { start: 'serving', restarts: 0 },
    fixedBy: 'largerSyncLimit',
  },
  slowDisks: {
    about: 'The same with so many slow disks that the rest is no quorum: the leader gives up again and again',
    source: 'Leader.lead: "Not sufficient followers synced"',
    set: { burst: 3, slow: 2 },
    breaks: ['forms', 'joins'],
    at: { start: 'serving', restarts: 0 },
    fixedBy: 'largerSyncLimit',
  },
  largerSyncLimit: {
    about: 'syncLimit is raised to more than the disk needs for a burst',
    source: "ZooKeeper Administrator's Guide: syncLimit",
    set: { syncLimit: 10 },
    repairs: ['joins', 'forms'],
    at: { start: 'serving', restarts: 0, burst: 3, slow: 2 },
  },
};
