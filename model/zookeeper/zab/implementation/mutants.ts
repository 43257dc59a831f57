import { agreement } from './mutants/agreement.ts';
import { disk } from './mutants/disk.ts';
import { epoch } from './mutants/epoch.ts';
import { newLeader } from './mutants/new-leader.ts';
import { syncLoop } from './mutants/sync-loop.ts';
import { synchronisation } from './mutants/synchronisation.ts';
import type { Table } from './mutants/table.ts';
import { threads } from './mutants/threads.ts';

/** Seeded faults of ZooKeeper's broadcast: every rule is wrong in some small way. */
export const implementationMutants: Table = {
  ...epoch,
  ...agreement,
  ...synchronisation,
  ...syncLoop,
  ...newLeader,
  ...disk,
  ...threads,
};
