import { z } from 'zod';

/** What a follower does on NEWLEADER, one step each, since it may crash between any two. */
export const NewLeaderStep = z.enum([
  /** Snapshot of what is in memory, where the sync needs one. */
  'snapshot',
  /** currentEpoch.tmp, which is then renamed. */
  'epochTmp',
  /** currentEpoch file. */
  'epoch',
  /** acceptedEpoch file, where LEADERINFO did not have it written. */
  'acceptedEpoch',
  /** Committed transactions of the sync: to disk and into memory. */
  'logCommitted',
  /** All transactions of the sync: to disk. */
  'logAll',
  /** All transactions of the sync: into the queue of the logging thread. */
  'queueAll',
  'ack',
]);
export type NewLeaderStep = z.infer<typeof NewLeaderStep>;

/** How a follower's side of the synchronisation behaved in a range of releases. */
export interface EraRules {
  /** Whether a DIFF, too, ends with a snapshot. */
  readonly diffSnapshots: boolean;
  readonly newLeaderSteps: readonly NewLeaderStep[];
  /** What becomes of the database in memory when a server leaves its role and looks for a leader again. */
  readonly retainedDatabase: 'cleared' | 'stale' | 'fastForward';
  /** Whether leaving a role waits until the logging thread has written what it has. */
  readonly drainsOnShutdown: boolean;
}

export const Era = z.enum(['3.4.9', '3.6.2', '3.9.1', '3.9.2', 'head']);
export type Era = z.infer<typeof Era>;

/**
 * The releases by behaviour, named by the last one of each range. ZOOKEEPER-2678 dropped the snapshot after DIFF and so opened
 * 2845, 3911 and 3023; the repair of 3911 opened 4685; 4785 put the epoch last; 4712 drains.
 */
export const eras: Readonly<Record<Era, EraRules>> = {
  '3.4.9': {
    diffSnapshots: true,
    newLeaderSteps: ['snapshot', 'epoch', 'ack'],
    retainedDatabase: 'cleared',
    drainsOnShutdown: false,
  },
  '3.6.2': {
    diffSnapshots: false,
    newLeaderSteps: ['snapshot', 'epoch', 'ack'],
    retainedDatabase: 'fastForward', // stale until ZOOKEEPER-2845: 3.4.12, 3.5.4, 3.6.0
    drainsOnShutdown: false,
  },
  '3.9.1': {
    diffSnapshots: false,
    newLeaderSteps: ['snapshot', 'epoch', 'queueAll', 'ack'],
    retainedDatabase: 'fastForward',
    drainsOnShutdown: false,
  },
  '3.9.2': {
    diffSnapshots: false,
    newLeaderSteps: ['snapshot', 'logAll', 'epoch', 'ack'],
    retainedDatabase: 'fastForward',
    drainsOnShutdown: false,
  },
  head: {
    diffSnapshots: false,
    newLeaderSteps: ['snapshot', 'logCommitted', 'epoch', 'ack'],
    retainedDatabase: 'fastForward',
    drainsOnShutdown: true,
  },
};
