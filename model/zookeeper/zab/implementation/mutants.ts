import { agreement } from './mutants/agreement.ts';
import { synchronisation } from './mutants/synchronisation.ts';
import type { Table } from './mutants/table.ts';
import { threads } from './mutants/threads.ts';

/** Seeded faults of ZooKeeper's broadcast: every rule is wrong in some small way. */
export const implementationMutants: Table = { ...agreement, ...synchronisation, ...threads };
