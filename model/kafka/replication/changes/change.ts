import type { Change } from '../../../../checker/language/index.ts';
import type { ReplicationParams } from '../params.ts';
import type { ReplicationRules } from '../replication-rules.ts';

export type ReplicationChange = Change<ReplicationParams, ReplicationRules>;

/** No fault but what the controller decides. */
export const calm = { machineCrashes: 0 };
