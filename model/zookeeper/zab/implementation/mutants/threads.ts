import { eras, type NewLeaderStep } from '../../eras.ts';
import { elected, rejoined, type Table, undisturbed } from './table.ts';

const headWithout = (left: NewLeaderStep): readonly NewLeaderStep[] =>
  eras.head.newLeaderSteps.filter((step) => step !== left);

/** Seeded faults of what threads do, and of what is left when a role ends. */
export const threads: Table = {
  acksOnForwarding: {
    dropsAll: {
      about: 'All acks of a proposal that is sent again are dropped',
      rule: () => [],
      at: { ...rejoined, crashes: 1 },
    },
    dropsOthers: {
      about: '=== for !==: all acks but that of the learner are dropped',
      rule: (acks, sid) => acks.filter((other) => other === sid),
      at: rejoined,
    },
  },
  acksOnDisconnect: {
    dropsOthers: {
      about: '=== for !==: when a connection ends, all acks but those of its learner are dropped',
      rule: (acks, sid) => acks.filter((other) => other === sid),
      at: { ...rejoined, crashes: 1 },
    },
    dropsItsOwn: {
      about: 'When a connection ends, the acks of its learner are dropped, as they are when it joins again',
      rule: (acks, sid) => acks.filter((other) => other !== sid),
      at: rejoined,
      survives: 'its learner acks again what it is sent again: either time to drop them is right',
    },
  },
  dropsDatabase: {
    always: {
      about: 'It is dropped after a DIFF, too',
      rule: () => true,
      at: rejoined,
      survives: 'reading everything from disk again is always right, only slower',
    },
  },
  dropsDatabaseOnDiskError: {
    never: {
      about: 'The database in memory is kept after a failed write',
      rule: false,
      at: { transactions: 1, crashes: 0, disconnects: 0, diskErrors: 1 },
    },
  },
  newLeaderSteps: {
    withoutSnapshot: {
      about: 'NEWLEADER without the snapshot of what SNAP and TRUNC left in memory',
      rule: headWithout('snapshot'),
      at: { start: 'fresh', transactions: 1, crashes: 0, disconnects: 1 },
    },
    withoutEpoch: {
      about: 'NEWLEADER without writing the current epoch',
      rule: headWithout('epoch'),
      at: { ...elected, crashes: 2 },
    },
    withoutLog: {
      about: 'NEWLEADER without writing what the sync has committed',
      rule: headWithout('logCommitted'),
      at: elected,
    },
  },
  diffSnapshots: {
    always: {
      about: 'A DIFF, too, ends with a snapshot',
      rule: true,
      at: elected,
      survives: 'a snapshot more is only slower: releases before 3.4.10 took it',
    },
  },
  retainedDatabase: {
    stale: {
      about: 'The database in memory is not brought up to the log when a role ends',
      rule: 'stale',
      at: rejoined,
    },
    cleared: {
      about: 'It is dropped when a role ends',
      rule: 'cleared',
      at: rejoined,
      survives: 'reading everything from disk again is always right: releases before 3.4.10 did so',
    },
  },
  drainsOnShutdown: {
    never: {
      about: 'A role ends without waiting for the logging thread',
      rule: false,
      at: rejoined,
    },
  },
  acksBeforeLogging: {
    always: {
      about: 'A follower acks a proposal when it comes',
      rule: true,
      at: undisturbed,
    },
  },
  countsLateAcks: {
    always: {
      about: 'The handler of a closed connection still counts acks',
      rule: true,
      at: rejoined,
    },
  },
};
